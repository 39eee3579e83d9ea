#!/usr/bin/env python3
"""Names and messages that could steer a terminal, in every place of the program where they can come from outside.

Usage: hostile.py SLUICE

Commands are run with them, their outputs for people looked through for anything but text, and those for machines read
as JSON; the wizard is taken through its screens, in the strict emulator.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

from emulator import queries, unknown
from furnish import HOSTILE, add_datasets, furnish, rename_everything
from session import Session
from terminals import check, check_end, check_frame

HERE = os.path.dirname(os.path.abspath(__file__))
# What a terminal may obey, or what turns text round.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e-\u200f\u2028-\u202e\u2066-\u2069]")
# That, and what joins or hides text, which no line for people has.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def command(program, home, *arguments, expect=(0,), secret=None):
    environment = {**os.environ, "SLUICE_HOME": home}
    if secret:
        environment["THE_SECRET"] = secret
    done = subprocess.run([program, *arguments], capture_output=True, env=environment, stdin=subprocess.DEVNULL,
                          timeout=300)
    check(done.returncode in expect, arguments, "ended with", done.returncode, done.stderr[:2000])
    return done


def check_text(output, what, unwanted=OBEYED):
    """What people read is text, and nothing else."""
    text = output.decode()
    found = unwanted.search(text)
    check(not found, what, "has", ascii(text[max(0, found.start() - 40):found.end() + 40]) if found else "")
    return text


def check_command(program, home, *arguments, expect=(0,), lines=None, **others):
    """A command for people, and the same for machines."""
    done = command(program, home, *arguments, expect=expect, **others)
    text = check_text(done.stdout, arguments) + check_text(done.stderr, arguments)
    if lines is not None:
        check(len(done.stdout.splitlines()) == lines, arguments, "printed", len(done.stdout.splitlines()), "lines")
    return text


def check_json(program, home, *arguments, expect=(0,)):
    done = command(program, home, *arguments, "--json", expect=expect)
    check_text(done.stdout, arguments, STEERING)
    return json.loads(done.stdout)


def check_names(program, home):
    """Datasets, destinations and flows of every name, in commands and logs."""
    count = len(HOSTILE) + 3
    check_command(program, home, "datasets", lines=count + 1)
    listed = check_json(program, home, "datasets")
    lost = set(HOSTILE.values()) - {one["name"] for one in listed}
    check(not lost, "names are other in JSON:", ascii(lost))
    for number, (kind, name) in enumerate(HOSTILE.items()):
        identifier = "%024x" % (0xA000000000000000 + number)
        check_command(program, home, "datasets", "show", identifier, lines=4)
        check(check_json(program, home, "datasets", "show", identifier)["name"] == name, kind)
    for kind, name in HOSTILE.items():
        rename_everything(home, name)
        for words in (["destinations"], ["flows"]):
            check_command(program, home, *words, lines=2)
            check(check_json(program, home, *words)[0]["name"] == name, kind)
    for kind in ("screen", "C1", "lines", "right to left"):
        rename_everything(home, HOSTILE[kind])
        flow = check_json(program, home, "flows")[0]["id"]
        target = check_json(program, home, "destinations")[0]["id"]
        check_command(program, home, "flows", "show", flow)
        check_command(program, home, "destinations", "show", target)
        run = check_json(program, home, "runs")[0]["id"]
        check_command(program, home, "runs", "show", run)
        check_command(program, home, "verify", flow)
        for form in ("text", "json"):
            log = command(program, home, "runs", "start", flow, "--log-format", form, expect=(0, 1)).stderr
            check_text(log, "the log as " + form)
            if form == "json":
                for line in log.splitlines():
                    if line.startswith(b"{"):
                        json.loads(line)
        check_command(program, home, "flows", "show", HOSTILE[kind] + "!", expect=(1, 2))
        check_command(program, home, "flows", "pause", flow)
        check_command(program, home, "flows", "resume", flow)
    print(f"{len(HOSTILE)} names in commands: only text for people, and JSON for machines")


def check_files(program, home):
    """Files and folders of every name that a file system takes, also such as are no text."""
    with tempfile.TemporaryDirectory() as folder:
        folder = os.fsencode(folder)
        names = [name.encode()[:200] for name in HOSTILE.values() if "\0" not in name and "/" not in name]
        names = [name.decode(errors="ignore").encode() for name in names]
        names += [b"-rf", b" "]
        made = 0
        for name in names:
            below = os.path.join(folder, b"a" + name)
            os.makedirs(below)
            with open(os.path.join(below, b"b" + name + b".json"), "wb") as file:
                file.write(b'{"n":1}\nnot json \x1b[31m \x9b\n')
            made += 1
        done = subprocess.run([program, "datasets", "add", "Files of every name", folder, "--home", home],
                              capture_output=True, timeout=300)
        check(done.returncode == 0, "datasets add ended with", done.returncode, done.stderr[:2000])
        check_text(done.stdout + done.stderr, "datasets add")
        found = check_json(program, home, "datasets", "show", "Files of every name")
        check(sum(batch["files"] if isinstance(batch["files"], int) else len(batch["files"])
                  for batch in found["batches"]) == made, found["batches"])
        for name in (b"not \xff\xfe text \x9b31m", b"\xc3\x28"):
            below = os.path.join(folder, b"c" + name)
            os.makedirs(below)
            done = subprocess.run([program, "datasets", "add", "No text", folder, "--home", home],
                                  capture_output=True, timeout=300)
            check(done.returncode == 1 and b"not text in UTF-8" in done.stderr, done.stderr[:500])
            check_text(done.stdout + done.stderr, "datasets add of names that are no text")
            os.rmdir(below)
        for name in names[:6] + names[-2:]:
            path = os.path.join(folder, b"a" + name, b"b" + name + b".json")
            for arguments in (["inspect", path], ["inspect", path, "--json"]):
                done = subprocess.run([program, *arguments, "--home", home], capture_output=True, timeout=300)
                check(done.returncode in (0, 1, 2), arguments, done.returncode, done.stderr[:500])
                check_text(done.stdout + done.stderr, arguments, STEERING if "--json" in arguments else OBEYED)
        missing = os.path.join(folder, b"gone \x1b[31m \xff.json")
        done = subprocess.run([program, "datasets", "add", b"x \x1b[2J \xff", missing, "--home", home],
                              capture_output=True, timeout=300)
        check(done.returncode != 0, "a file that is not there was added")
        check_text(done.stdout + done.stderr, "datasets add of what is not there")
    print(f"{made} folders and files with such names: taken, and shown as text")


def check_servers(program, home):
    """What servers say when they refuse."""
    for kind in ("s3", "ssh"):
        server = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "..", "Servers", "hostile_text.py"), kind],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            port = int(server.stdout.readline())
            if kind == "s3":
                fields = ["s3", "--name", "Bad", "bucketName=evil", "path=x", f"endpoint=http://127.0.0.1:{port}",
                          "datasetFileType=JSON", "compression=GZIP", "region=eu-west-1", "s3AccessKey=AKIAIOSFODNN7EXAMPLE", "s3SecretKey=env:THE_SECRET"]
            else:
                fields = ["sftp", "--name", "Bad", "domain=127.0.0.1", f"port={port}", "username=me",
                          "password=env:THE_SECRET", "remotePath=/x", "datasetFileType=JSON", "compression=GZIP"]
            text = check_command(program, home, "destinations", "add", *fields, expect=(1,), secret="not a secret")
            check(len(text) > 40, "nothing is said of", kind)
            # What a server says is no line of its own.
            check(not any(line.startswith(("two", "three")) for line in text.splitlines()), text[:2000])
        finally:
            server.stdin.close()
            server.wait()
    print("errors of an S3 store and of an SSH server: shown as text")


# The names that go through all screens; the others are shown on two of them.
WORST = {"screen": ("xterm-256color", (80, 24)), "C1": ("linux", (60, 16)), "lines": ("vt100", (80, 24)),
         "right to left": ("xterm-direct", (60, 16)), "many marks": ("screen-256color", (80, 24)),
         "long and wide": ("xterm-256color", (60, 16))}


class Looking:
    """A session of which every frame is checked."""

    def __init__(self, session):
        self.session = session

    def wait(self, what, condition):
        check_frame(self.session.wait(what, condition), self.session.size, self.session.emulator.GARBAGE)

    def see(self, text):
        self.wait(f"“{text}” is shown", lambda rows: any(text in row for row in rows))


def check_all_screens(session):
    looking = Looking(session)
    session.press("\r")
    looking.see(f"{len(HOSTILE) + 3} of")
    for _ in range(2):
        rows = session.emulator.rows
        session.press(b"\x1b[6~")
        looking.wait("the next page is shown", lambda now: now != rows)
    session.press("/", "o")
    looking.wait("something is found", lambda rows: any("Search o" in row for row in rows))
    session.press(b"\x1b", "a")
    looking.see("selected")
    session.press("\r")
    looking.see("Start date")
    session.press("\r")
    looking.see("Enter Finish")
    session.press(b"\x1b", b"\x1b", b"\x1b")
    looking.see("1 destination")


def check_screens(program, home):
    """The wizard, with such names on every screen."""
    for kind, name in HOSTILE.items():
        rename_everything(home, name)
        term, size = WORST.get(kind, ("xterm-256color", (80, 24)))
        with Session([program], term, *size, {"SLUICE_HOME": home, "HOME": home}) as session:
            looking = Looking(session)
            looking.see("1 destination")
            if kind in WORST:
                check_all_screens(session)
            session.press("f")
            looking.see("Enter Verify")
            session.press("\r")
            looking.wait("the runs are shown", lambda rows: any("run" in row for row in rows[3:-2]))
            session.press("q")
            session.wait("the end, or a question", lambda rows: not session.isOpen or any("Leave" in row for row in rows))
            if session.isOpen:
                session.press("y")
            session.end()
            check_end(session)
    print(f"{len(HOSTILE)} names on the screens: no frame is broken, nothing is asked, nothing is left")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--only", choices=["names", "files", "servers", "screens"])
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    parts = {"names": check_names, "files": check_files, "servers": check_servers, "screens": check_screens}
    for name, part in parts.items():
        if options.only in (None, name):
            with tempfile.TemporaryDirectory() as home:
                furnish(program, home)
                if part in (check_names, check_screens):
                    add_datasets(home, HOSTILE.values(), description="".join(HOSTILE.values())[:3000])
                part(program, home)


if __name__ == "__main__":
    main()
