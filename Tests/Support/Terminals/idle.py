#!/usr/bin/env python3
"""What the wizard writes while nobody does anything.

Usage: idle.py SLUICE [--only idle|waiting|quiet]

`idle`: the list is there; nothing is written, and where Swift's libraries are part of the program, nothing wakes it.
`waiting`: a platform does not answer; a sign turns, a few bytes each time. `quiet`: the same with --quiet-ui; nothing
is written.
"""
import argparse
import os
import socket
import tempfile
import threading
import time

from furnish import furnish
from session import Session
from terminals import check, check_end, open_wizard

SECONDS = 5


def wake_ups(process):
    """How often the threads of a process were given a processor (the third figure of Linux's `schedstat`)."""
    threads = f"/proc/{process}/task"
    return sum(int(open(f"{threads}/{thread}/schedstat").read().split()[2]) for thread in os.listdir(threads))


def has_shared_libraries(process):
    """Whether Swift's libraries are shared, as in a build for debugging: theirs is then a timer that wakes the program."""
    with open(f"/proc/{process}/maps") as file:
        return "libdispatch.so" in file.read()


def written(session, seconds):
    """The bytes that come within some seconds."""
    session.settle()
    before = len(session.emulator.recording)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        session.read(0.1)
    return bytes(session.emulator.recording[before:])


def idle(program):
    with tempfile.TemporaryDirectory() as home:
        furnish(program, home)
        with open_wizard(program, home, "xterm-256color", (80, 24)) as session:
            for keys, text in ((b"", "1 destination"), (b"\r", "3 of 3"), (b"a\r", "Start date"),
                               (b"\r", "Folders of the first run")):
                session.press(keys)
                session.see(text)
                data = written(session, SECONDS)
                check(data == b"", "while nothing changes, there is written", data)
                if keys == b"" and not has_shared_libraries(session.process):
                    check_rest(session)
            session.press("q", "y")
            session.end()
            check_end(session)
    print("nothing is written while nothing changes")


def check_rest(session):
    """Nothing wakes the program once the threads that have worked for it are gone."""
    written(session, 8)
    before = wake_ups(session.process)
    written(session, SECONDS)
    check(wake_ups(session.process) == before, "while nothing changes, it is woken")


def silent():
    """A server that takes connections and never answers; its port."""
    server = socket.create_server(("127.0.0.1", 0))
    connections = []

    def accept():
        while True:
            connections.append(server.accept())

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


def waiting(program, is_quiet):
    """The test of a destination that does not answer."""
    port = silent()
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "SLUICE_HOME": home, "HOME": home, "SLUICE_CLIENT_ID": "client", "SLUICE_CLIENT_SECRET": "secret",
            "SLUICE_ORGANIZATION": "0000000000000000000000AA@AdobeOrg",
            "SLUICE_GATEWAY": f"http://127.0.0.1:{port}", "SLUICE_IDENTITY_SERVICE": f"http://127.0.0.1:{port}",
        }
        options = ["--quiet-ui"] if is_quiet else []
        with Session([program, *options], "xterm-256color", 80, 24, environment) as session:
            session.see("Loading destinations")
            if not is_quiet:
                session.wait("the sign turns", lambda rows: rows[0][0] in "|/-\\")
            began = time.monotonic()
            data = written(session, SECONDS)
            # Four frames a second at most, whatever the machine does; each is a sign and the way there and back.
            frames = 4 * (time.monotonic() - began) + 2
            most = 0 if is_quiet else frames * 40
            check(len(data) <= most, len(data), "bytes were written, and no more than", most, "are wanted:", data[:200])
            check(is_quiet or data, "nothing turns")
            session.press("q")
            session.end()
            check_end(session)
    print(f"{'nothing is' if is_quiet else f'{len(data)} bytes in {SECONDS} s are'} written while a platform "
          f"does not answer{', with --quiet-ui' if is_quiet else ''}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--only", choices=["idle", "waiting", "quiet"])
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    for name, part in (("idle", lambda: idle(program)), ("waiting", lambda: waiting(program, False)),
                       ("quiet", lambda: waiting(program, True))):
        if options.only in (None, name):
            part()


if __name__ == "__main__":
    main()
