#!/usr/bin/env python3
"""The wizard in terminals of many types and sizes: its frames, its escape sequences, and what it leaves behind.

Usage: terminals.py SLUICE [--term TERM…] [--size COLUMNSxROWS…] [--resizes N] [--seed N] [--recordings FOLDER]

A journey through the screens is made in each, in an emulator that knows every sequence that may come. A frame has to
fit its place and to be the same on all types; nothing may ask the terminal a question; and after the end there is
nothing of the program. Then the window of each type is given sizes at random, tiny ones too.
"""
import argparse
import os
import random
import re
import sys
import tempfile

from emulator import queries, unknown
from furnish import furnish
from session import Session

TERMS = ["xterm-256color", "xterm-direct", "screen-256color", "linux", "vt100"]
SIZES = ["80x24", "60x16", "200x60"]
GREETING = b"$ sluice\r\n"
MINIMUM = (60, 16)


class Wrong(Exception):
    """Something is not as it should be."""


def check(condition, *words):
    if not condition:
        raise Wrong(" ".join(str(word) for word in words))


def without_digits(rows):
    """Rows without what depends on the time of the run."""
    return [re.sub(r"\d", "0", row) for row in rows]


def is_frame(rows, size):
    """Whether rows are a whole frame of the wizard, title to hints."""
    columns, count = size
    if columns < MINIMUM[0] or count < MINIMUM[1]:
        # As much of the sentence as there is room for, wrapped wherever it has to be.
        sentence = (f"The window is too small: {MINIMUM[0]} columns and {MINIMUM[1]} rows are needed, "
                    f"it has {columns} and {count}.")
        shown = "".join(rows).replace(" ", "")
        return shown != "" and sentence.replace(" ", "").startswith(shown)
    return rows[0].startswith(" Sluice  ") and rows[-1].startswith(" ") and len(rows[-1]) > 10


def check_frame(rows, size, garbage):
    check(is_frame(rows, size), "no whole frame of", size, "but\n" + "\n".join(rows))
    check(not any(garbage in row for row in rows), "a part of the screen of", size, "was not drawn\n" + "\n".join(rows))


def check_end(session):
    """What is left of a program that has ended."""
    emulator = session.emulator
    problems = emulator.problems_after_exit()
    check(not problems, "after the end:", "; ".join(problems))
    asked = queries(emulator.recording)
    check(not asked, "the terminal was asked for", ", ".join(asked))
    strange = unknown(bytes(emulator.recording))
    check(strange is None, "an unknown sequence:", strange)
    rows = [row for row in emulator.rows if row]
    check(rows in ([], ["$ sluice"]), "there is something left on the screen:\n" + "\n".join(rows))


def open_wizard(program, home, term, size, *arguments):
    session = Session([program, *arguments], term, *size, {"SLUICE_HOME": home, "HOME": home}, GREETING)
    return session


def journey(program, home, term, size):
    """Goes through the screens; gives the frames by their names, and the bytes that were sent."""
    frames = {}
    with open_wizard(program, home, term, size) as session:
        def see(name, text):
            frames[name] = session.see(text)
            check_frame(frames[name], size, session.emulator.GARBAGE)

        see("destinations", "1 destination")
        session.press("?")
        see("help", "Esc")
        session.press(b"\x1b")
        session.wait("help is closed", lambda rows: rows == frames["destinations"])
        session.press("\r")
        see("datasets", "3 of 3")
        session.press("/", "sto")
        see("found", "1 of 3")
        session.press("\r", " ")
        see("ticked", "1 selected")
        session.press(b"\x1b")
        see("all again", "3 of 3, 1 selected")
        session.press("\r")
        see("scheduling", "Start date")
        session.press("\r")
        see("review", "Enter Finish")
        session.press("q")
        see("asked", "Leave without exporting?")
        session.press("y")
        check(session.end() == 0, "the program ended with", session.status)
        check_end(session)
        return frames, bytes(session.emulator.recording)


def journeys(program, home, terms, sizes, folder):
    for size in sizes:
        first = None
        for term in terms:
            frames, recording = journey(program, home, term, size)
            if folder:
                with open(os.path.join(folder, f"{term}-{size[0]}x{size[1]}"), "wb") as file:
                    file.write(recording)
            first = first or frames
            for name, rows in frames.items():
                check(without_digits(rows) == without_digits(first[name]), name, "of", size, "is on", term,
                      "another than on", terms[0] + ":\n" + "\n".join(rows))
            print(f"{term:16} {size[0]:3}x{size[1]:<3} {len(frames)} frames, {len(recording):,} bytes, nothing left")
            sys.stdout.flush()


def resizes(program, home, term, count, seed):
    """Gives the window sizes at random while the program runs."""
    numbers = random.Random(f"{seed} {term}")
    with open_wizard(program, home, term, (80, 24)) as session:
        before = session.see("1 destination")
        for number in range(count):
            size = numbers.choice([
                (numbers.randint(60, 200), numbers.randint(16, 60)), (numbers.randint(1, 60), numbers.randint(1, 16))])
            session.resize(*size)
            # Sometimes the next size comes before the frame for this one is there.
            if numbers.random() < 0.5:
                continue
            rows = session.wait(f"the screen is one of {size}", lambda rows: is_frame(rows, size))
            check_frame(rows, size, session.emulator.GARBAGE)
            if number % 10 == 0:
                with open_wizard(program, home, term, size) as fresh:
                    shown = fresh.wait("a frame is shown", lambda rows: rows == session.emulator.rows)
                    check(shown == rows, "a new program shows another frame")
        session.resize(80, 24)
        session.wait("the first frame is there again", lambda rows: rows == before)
        session.press("q")
        check(session.end() == 0, "the program ended with", session.status)
        check_end(session)
    print(f"{term:16} {count} sizes (seed {seed}): every frame whole, nothing left")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the sluice to look at")
    parser.add_argument("--term", action="append", help="all five unless given")
    parser.add_argument("--size", action="append", help="80x24, 60x16 and 200x60 unless given")
    parser.add_argument("--resizes", type=int, default=100)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--recordings", metavar="FOLDER", help="where to put what was sent")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    terms = options.term or TERMS
    sizes = [tuple(int(part) for part in size.split("x")) for size in options.size or SIZES]
    if options.recordings:
        os.makedirs(options.recordings, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        furnish(program, home)
        journeys(program, home, terms, sizes, options.recordings)
        if options.resizes:
            for term in terms:
                resizes(program, home, term, options.resizes, options.seed)


if __name__ == "__main__":
    main()
