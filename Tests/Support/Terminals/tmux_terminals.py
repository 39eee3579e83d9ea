#!/usr/bin/env python3
"""The wizard in tmux, with each type of terminal: its frames, while the window is resized too, and what it leaves.

Usage: tmux_terminals.py SLUICE [--term TERM…] [--size COLUMNSxROWS…] [--resizes N] [--seed N]

A shell in a pane of a tmux of its own starts the program, which is taken through its screens to the end of an export.
Every frame has to be the one that the strict emulator shows. Then the window gets sizes at random, and every frame has
to be that of a program that was started at that size. Each time the shell gets its pane back as it was: its text, its
modes, its keys. A type without a screen apart (vt100) leaves a blank one, and the cursor in its last row; what such a
terminal clears, tmux keeps above the screen, whoever has drawn it.

tmux 3.3a knows everything that comes but two things, of which it shows nothing: the size of the cursor of Linux's
console (CSI ? 0 c and CSI ? 1 c), and the last number of xterm's stack of titles (CSI 22 ; 0 ; 0 t).
"""
import argparse
import contextlib
import os
import subprocess
import sys
import tempfile

from furnish import Home
from terminals import TERMS, check, journey, lasting, resize_at_random, sizes_of, walk
from tmux import Pane, Server

BEFORE = ["$ echo before", "before", "$ sluice", "$"]
# What an ordinary pane is like, and has to be again.
ORDINARY = {"alternate_on": "0", "cursor_flag": "1", "mouse_any_flag": "0", "mouse_sgr_flag": "0",
            "bracket_paste_flag": "0", "keypad_flag": "0", "keypad_cursor_flag": "0", "insert_flag": "0",
            "origin_flag": "0", "wrap_flag": "1", "scroll_region_upper": "0", "pane_current_command": "sh"}


def has_other_screen(term):
    """Whether programs have a screen of their own on terminals of a type."""
    return subprocess.run(["tput", "-T", term, "smcup"], capture_output=True).returncode == 0


class Shell:
    """A shell that starts the program and takes its pane back."""

    def __init__(self, pane, program, folder):
        self.pane, self.program, self.folder = pane, program, folder

    def say(self, line):
        self.pane.press(line + "\r")

    def begin(self):
        pane = self.pane
        pane.wait("there is a shell", lambda rows: rows[0] == "$")
        # Not by its path, which may be longer than the window is wide.
        self.say(f'alias sluice="{self.program}"; stty -g >"{self.folder}/before"; clear')
        pane.wait("the shell is ready", lambda rows: [row for row in rows if row] == ["$"])
        pane.server.run("clear-history", "-t", pane.name)
        self.say("echo before")
        pane.see("before")
        pane.wait("the shell has said it", lambda rows: [row for row in rows if row] == [*BEFORE[:2], "$"])
        self.title = pane.states()["pane_title"]
        self.say("sluice")

    def check_end(self):
        """What is there when the program has ended."""
        pane = self.pane
        height = pane.size[1]
        apart = has_other_screen(pane.term)
        wanted = BEFORE + [""] * (height - len(BEFORE)) if apart else [""] * (height - 1) + ["$"]
        pane.wait("the pane is the shell's again", lambda rows: rows == wanted)
        states = pane.states()
        cursor = (2, len(BEFORE) - 1 if apart else height - 1)
        check((int(states["cursor_x"]), int(states["cursor_y"])) == cursor, "the cursor is at", states)
        ordinary = {**ORDINARY, "scroll_region_lower": str(height - 1), "pane_title": self.title}
        for name, text in ordinary.items():
            check(states.get(name, text) == text, "after the end,", name, "is", states.get(name))
        check(pane.capture("-e") == pane.capture(), "text looks otherwise than before:", pane.capture("-e"))
        if apart:
            check(states["history_size"] == "0", "there is something above the screen:", pane.capture("-S", "-"))
        self.say(f'echo $? >"{self.folder}/status"; stty -g >"{self.folder}/after"; cat >"{self.folder}/pasted"; echo done')
        pane.wait("a paste is waited for", lambda _: os.path.exists(f"{self.folder}/pasted"))
        pane.paste("pasted\n")
        pane.press(b"\x04")
        pane.wait("the shell goes on", lambda rows: "done" in rows)
        found = {name: self.read(name) for name in ("status", "before", "after", "pasted")}
        check(found["status"] == "0\n", "the program ended with", found["status"])
        check(found["after"] == found["before"], "the modes are other than before:", found)
        check(found["pasted"] == "pasted\n", "what is pasted comes as", ascii(found["pasted"]))

    def read(self, name):
        with open(f"{self.folder}/{name}") as file:
            return file.read()


@contextlib.contextmanager
def wizard(server, program, home, term, size):
    """The wizard, started by a shell in a pane; when it has been left, what is there is checked."""
    home.renew()
    with tempfile.TemporaryDirectory() as folder, Pane(server, term, *size, variables(home)) as pane:
        shell = Shell(pane, program, folder)
        shell.begin()
        yield pane
        shell.check_end()


def variables(home):
    return {"SLUICE_HOME": home.path, "HOME": home.path}


def journeys(server, program, home, terms, sizes):
    for size in sizes:
        frames, _ = journey(program, home, TERMS[0], size)
        wanted = {name: lasting(rows) for name, rows in frames.items()}
        for term in terms:
            with wizard(server, program, home, term, size) as pane:
                def see(name, _):
                    pane.wait(f"“{name}” is shown as\n" + "\n".join(frames[name]) + "\n",
                              lambda rows: lasting(rows) == wanted[name], seconds=60)

                walk(pane, see)
            print(f"{term:16} {size[0]:3}x{size[1]:<3} in tmux {len(frames)} frames as in the emulator, nothing left")
            sys.stdout.flush()


def resizes(server, program, home, term, count, seed):
    def open_one(size):
        return Pane(server, term, *size, variables(home), [program])

    with wizard(server, program, home, term, (80, 24)) as pane:
        compared = resize_at_random(pane, open_one, count, seed, often=1)
    print(f"{term:16} {count} sizes (seed {seed}) in tmux: {compared} frames as of a new program, nothing left")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the sluice to look at")
    parser.add_argument("--term", action="append", help="all five unless given")
    parser.add_argument("--size", action="append", help="80x24, 60x16 and 200x60 unless given")
    parser.add_argument("--resizes", type=int, default=100)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    terms = options.term or TERMS
    with Home(program) as home, Server() as server:
        journeys(server, program, home, terms, sizes_of(options.size))
        if options.resizes:
            for term in terms:
                resizes(server, program, home, term, options.resizes, options.seed)


if __name__ == "__main__":
    main()
