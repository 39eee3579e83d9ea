"""A program on a pseudo-terminal, with an emulator at its other end."""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

from emulator import Emulator
from screen import Screen, Waited

# What terminfo calls the keys that terminals send by sequences of their own.
KEYS = {"Down": "kcud1", "Up": "kcuu1"}


class Session(Screen):
    """A program that runs in a terminal of a type and a size."""

    def __init__(self, command, term, columns, rows, environment=None, greeting=b""):
        self.term = term
        self.size = (columns, rows)
        self.emulator = Emulator(columns, rows)
        self.emulator.feed(greeting)
        variables = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "TERM": term, "LANG": "C.UTF-8",
            "SWIFT_BACKTRACE": "enable=no", **(environment or {}),
        }
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], command, variables)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self.terminal, False)
        self.isOpen = True
        self.status = None

    def press(self, *keys):
        for key in keys:
            os.write(self.terminal, key if isinstance(key, bytes) else key.encode())

    def press_key(self, name):
        """Presses a key that is no sign, as a terminal of the type sends it."""
        self.press(subprocess.run(["tput", "-T", self.term, KEYS[name]], check=True, capture_output=True).stdout)

    @property
    def rows(self):
        return self.emulator.rows

    def resize(self, columns, rows):
        # Everything that was drawn for the old size is shown first, as a terminal has it.
        self.read(0)
        self.size = (columns, rows)
        self.emulator.resize(columns, rows)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Shows what comes within some seconds; whether something came."""
        if not self.isOpen or not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 65536)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.isOpen = False
            return False
        self.emulator.feed(data)
        return True

    def settle(self):
        """Shows everything until nothing comes any more."""
        while self.read(0.08):
            pass

    def rest(self):
        self.read(0.2)

    def end(self):
        """Waits until the program has ended; its exit status."""
        end = time.monotonic() + 180
        while self.isOpen and time.monotonic() < end:
            self.read(0.2)
        if self.isOpen:
            raise Waited("Waited in vain for the end of the program. The screen:\n" + "\n".join(self.emulator.rows))
        return self._reap()

    def close(self):
        """Ends the program if it goes on."""
        if self.status is None:
            os.kill(self.process, signal.SIGKILL)
            self._reap()
        if self.terminal is not None:
            os.close(self.terminal)
            self.terminal = None

    def _reap(self):
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return self.status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
