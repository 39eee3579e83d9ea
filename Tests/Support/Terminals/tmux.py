"""Shells in the panes of a tmux of its own, where programs are started and left as people do it."""
import os
import subprocess
import tempfile
import time

from screen import Screen, Waited

# What a pane may be besides its text, by tmux's names. Older ones know less, and say nothing of it.
STATES = ["alternate_on", "cursor_flag", "mouse_any_flag", "mouse_sgr_flag", "bracket_paste_flag", "keypad_flag",
          "keypad_cursor_flag", "insert_flag", "origin_flag", "wrap_flag", "scroll_region_upper",
          "scroll_region_lower", "cursor_x", "cursor_y", "history_size", "pane_title", "pane_current_command"]


class Server:
    """A tmux that nobody else uses and that reads no configuration; it ends with its folder."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.count = 0
        self.run("start-server", ";", "set-option", "-s", "exit-empty", "off", ";",
                 "set-option", "-g", "status", "off")

    def run(self, *arguments, data=None):
        done = subprocess.run(
            ["tmux", "-S", os.path.join(self.folder.name, "socket"), "-u", "-f", "/dev/null", *arguments],
            input=data, capture_output=True,
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "HOME": self.folder.name})
        if done.returncode != 0:
            raise Waited(f"tmux {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run("kill-server")
        self.folder.cleanup()


class Pane(Screen):
    """A program in a pane, with `TERM` set to a type; a shell where none is named."""

    PROMPT = "$"

    def __init__(self, server, term, columns, rows, variables, command=None):
        self.server, self.term, self.size, self.isOpen = server, term, (columns, rows), True
        server.count += 1
        self.name = f"pane{server.count}"
        variables = {"TERM": term, "PS1": self.PROMPT + " ", "SWIFT_BACKTRACE": "enable=no", **variables}
        server.run("new-session", "-d", "-s", self.name, "-x", str(columns), "-y", str(rows),
                   "env", *(f"{name}={value}" for name, value in variables.items()), *(command or ["sh", "-i"]))

    def press(self, *keys):
        for key in keys:
            data = key if isinstance(key, bytes) else key.encode()
            self.server.run("send-keys", "-t", self.name, "-H", *(f"{byte:02x}" for byte in data))

    def press_key(self, name):
        """Presses a key that is no sign, as tmux sends it to a program that has asked for it its way."""
        self.server.run("send-keys", "-t", self.name, name)

    def paste(self, text):
        """Pastes a text, between marks if the program has asked for them."""
        self.server.run("load-buffer", "-", ";", "paste-buffer", "-d", "-p", "-r", "-t", self.name, data=text.encode())

    def resize(self, columns, rows):
        self.size = (columns, rows)
        self.server.run("resize-window", "-t", self.name, "-x", str(columns), "-y", str(rows))

    @property
    def rows(self):
        return self.capture()

    def capture(self, *options):
        text = self.server.run("capture-pane", "-p", "-t", self.name, *options)
        return [row.rstrip() for row in text.split("\n")[:-1]]

    def settle(self):
        """Waits until two looks at the screen see the same."""
        before = self.capture()
        for _ in range(20):
            time.sleep(0.05)
            now = self.capture()
            if now == before:
                return
            before = now

    def rest(self):
        time.sleep(0.02)

    def states(self):
        """What the pane is like besides its text; without what this tmux does not know."""
        texts = self.server.run("display-message", "-p", "-t", self.name,
                                "\t".join(f"#{{{name}}}" for name in STATES)).rstrip("\n").split("\t")
        return {name: text for name, text in zip(STATES, texts) if text != ""}

    def close(self):
        self.server.run("kill-session", "-t", self.name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
