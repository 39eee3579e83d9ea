#!/usr/bin/env python3
"""The wizard in terminals of many types and sizes: its frames, its escape sequences, and what it leaves behind.

Usage: terminals.py SLUICE [--term TERM…] [--size COLUMNSxROWS…] [--resizes N] [--seed N] [--short]
                    [--recordings FOLDER]

A journey through the screens is made in each, in an emulator that knows every sequence that may come. A frame has to
fit its place and to be the same on all types; nothing may ask the terminal a question; and after the end there is
nothing of the program. Then the window of each type is given sizes at random, tiny ones too.
"""
import argparse
import os
import random
import re
import sys

from emulator import Emulator, queries, unknown
from furnish import Home
from session import Session

TERMS = ["xterm-256color", "xterm-direct", "screen-256color", "linux", "vt100"]
SIZES = ["80x24", "60x16", "200x60"]
GREETING = b"$ sluice\r\n"
MINIMUM = (60, 16)
ESCAPE = b"\x1b"
# A run of digits, or an id, which may be cut in its middle.
VARYING = re.compile("[0-9a-f…-]*[0-9][0-9a-f…-]*")
TOOK = re.compile(r"  [0-9.]+ s\b.*$")


class Wrong(Exception):
    """Something is not as it should be."""


def check(condition, *words):
    if not condition:
        raise Wrong(" ".join(str(word) for word in words))


def lasting(rows):
    """Rows without what depends on the run: numbers, ids, and how long something took and how fast it was."""
    same = []
    for row in rows:
        if TOOK.search(row) or "part-" in row:
            # Times and the names of files are of many widths, and move what stands beside them.
            row = re.sub(" +", " ", VARYING.sub("0", TOOK.sub("", row)))
        same.append(VARYING.sub(lambda found: "0" * len(found[0]), row))
    return same


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


def walk(session, see, is_short=False):
    """Goes through the screens to the end of an export. `see` gets the name of a screen, and a text that is on it.

    The short way leaves out what lies beside the steps, and the export.
    """
    see("destinations", "1 destination")
    session.press("?")
    see("help", "Esc")
    session.press(ESCAPE)
    see("destinations", "1 destination")
    if not is_short:
        look_beside(session, see)
    session.press("\r")
    see("datasets", "3 of 3")
    session.press("/", "sto")
    see("datasets, found", "1 of 3")
    session.press("\r", " ")
    see("datasets, ticked", "1 selected")
    session.press(ESCAPE)
    see("datasets, all again", "3 of 3, 1 selected")
    session.press("\r")
    see("scheduling", "Start date")
    session.press("\r")
    see("review", "Enter Finish")
    session.press("q")
    see("asked", "Leave without exporting?")
    if is_short:
        session.press("y")
        return
    session.press(ESCAPE)
    see("review", "Enter Finish")
    session.press("\r")
    see("verification", "all there")
    session.press("q")


def look_beside(session, see):
    """Looks at the list of actions, and at the kinds and the form of a new destination."""
    session.press(":")
    see("palette", "Actions")
    session.press("flo")
    see("palette, searched", "Flows")
    session.press(ESCAPE)
    see("destinations", "1 destination")
    session.press("n")
    see("kinds", "Amazon S3")
    for kind in ("Azure Blob Storage", "Azure Data Lake Gen2", "Data Landing Zone"):
        session.press_key("Down")
        see(f"kinds, at {kind}", "Enter Set up")
    session.press("\r")
    see("form", "New destination: Data Landing Zone")
    session.press(ESCAPE)
    see("kinds, at Data Landing Zone", "Enter Set up")
    session.press(ESCAPE)
    see("destinations", "1 destination")


def journey(program, home, term, size, is_short=False):
    """Goes through the screens; gives the frames by their names, and the bytes that were sent."""
    frames = {}
    home.renew()
    with open_wizard(program, home.path, term, size) as session:
        def see(name, text):
            rows = session.see(text)
            if name in frames:
                rows = session.wait(f"“{name}” is there again", lambda rows: rows == frames[name])
            check_frame(rows, size, session.emulator.GARBAGE)
            frames[name] = rows

        walk(session, see, is_short)
        check(session.end() == 0, "the program ended with", session.status)
        check_end(session)
        return frames, bytes(session.emulator.recording)


def journeys(program, home, terms, sizes, folder, is_short):
    for size in sizes:
        first = None
        for term in terms:
            frames, recording = journey(program, home, term, size, is_short)
            if folder:
                with open(os.path.join(folder, f"{term}-{size[0]}x{size[1]}"), "wb") as file:
                    file.write(recording)
            first = first or frames
            for name, rows in frames.items():
                check(lasting(rows) == lasting(first[name]), name, "of", size, "is on", term,
                      "another than on", terms[0] + ":\n" + "\n".join(rows))
            print(f"{term:16} {size[0]:3}x{size[1]:<3} {len(frames)} frames, {len(recording):,} bytes, nothing left")
            sys.stdout.flush()


def resize_at_random(session, open_fresh, count, seed, often):
    """Gives the window sizes at random while the program runs, and leaves it; how many frames were compared with that of
    a new program."""
    numbers = random.Random(f"{seed} {session.term}")
    first = session.size
    before = session.see("1 destination")
    compared = 0
    for number in range(count):
        size = numbers.choice([
            (numbers.randint(60, 200), numbers.randint(16, 60)), (numbers.randint(1, 60), numbers.randint(1, 16))])
        session.resize(*size)
        # Sometimes the next size comes before the frame for this one is there.
        if numbers.random() < 0.5:
            continue
        rows = session.wait(f"the screen is one of {size}", lambda rows: is_frame(rows, size))
        check_frame(rows, size, Emulator.GARBAGE)
        if number % often == 0:
            with open_fresh(size) as fresh:
                fresh.wait("a new program shows the same", lambda rows: rows == session.rows and is_frame(rows, size))
            compared += 1
    session.resize(*first)
    session.wait("the first frame is there again", lambda rows: rows == before)
    session.press("q")
    return compared


def resizes(program, home, term, count, seed):
    def open_one(size):
        return open_wizard(program, home.path, term, size)

    home.renew()
    with open_one((80, 24)) as session:
        compared = resize_at_random(session, open_one, count, seed, often=10)
        check(session.end() == 0, "the program ended with", session.status)
        check_end(session)
    print(f"{term:16} {count} sizes (seed {seed}): every frame whole, {compared} as of a new program, nothing left")
    sys.stdout.flush()


def sizes_of(texts):
    return [tuple(int(part) for part in text.split("x")) for text in texts or SIZES]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the sluice to look at")
    parser.add_argument("--term", action="append", help="all five unless given")
    parser.add_argument("--size", action="append", help="80x24, 60x16 and 200x60 unless given")
    parser.add_argument("--resizes", type=int, default=100)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--short", action="store_true", help="only the steps, without an export")
    parser.add_argument("--recordings", metavar="FOLDER", help="where to put what was sent")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    terms = options.term or TERMS
    sizes = sizes_of(options.size)
    if options.recordings:
        os.makedirs(options.recordings, exist_ok=True)
    with Home(program) as home:
        journeys(program, home, terms, sizes, options.recordings, options.short)
        if options.resizes:
            for term in terms:
                resizes(program, home, term, options.resizes, options.seed)


if __name__ == "__main__":
    main()
