#!/usr/bin/env python3
"""The verification pane of a run of ten thousand files: how long a key waits for its picture.

Usage: verification.py SLUICE [--files N] [--seconds SECONDS]

The program adds so many small files to its lake and exports them. Then the pane is open at 80x24, and keys are pressed
that move, turn pages, fold, filter and search: while nothing else happens, while everything is listed anew again and
again, while that finds each time that another file is gone or has come back, and while another run writes as many
files. The milliseconds are those from a key to the last byte that changes its picture. What the program does beside its
main thread tells whether a key was pressed during a refresh.
"""
import argparse
import os
import random
import re
import select
import statistics
import sys
import tempfile
import time

from furnish import run
from screen import Waited
from session import Session
from terminals import check, check_end, check_frame

SIZE = (80, 24)
# A key that waits longer is felt.
FELT = 50
# A frame is whole when so many seconds nothing of it has come.
QUIET = 0.04
DOWN, UP, PAGE_DOWN, PAGE_UP = "j", "k", b"\x1b[6~", b"\x1b[5~"
ESCAPE = b"\x1b"

# What is pressed, by what it does, from the first of the files on.
KEYS = [
    ("cursor", [DOWN, DOWN, DOWN, UP, UP, UP]),
    ("page", [PAGE_DOWN, PAGE_DOWN, PAGE_DOWN, PAGE_UP, PAGE_UP, PAGE_UP]),
    ("fold", ["h", "h", "l", "l"]),
    ("filter", ["d", "d"]),
    ("search", ["/", "0", "9", "9", ESCAPE]),
]

PLAN = """
name = "Nightly"
datasets = ["Events"]
[destination]
name = "Zone"
spec = "Data Landing Zone"
path = "out"
datasetFileType = "JSON"
compression = "GZIP"
includeFileManifest = true
[schedule]
mode = "full"
start = 2026-01-15T06:00:00Z
"""


def furnish(program, home, count):
    """Makes a flow that has written so many files; their folder."""
    with tempfile.TemporaryDirectory() as folder:
        lake = os.path.join(folder, "lake")
        os.mkdir(lake)
        for number in range(count):
            with open(os.path.join(lake, f"{number:05}.json"), "w") as file:
                file.write(f'{{"n":{number}}}\n')
        plan = os.path.join(folder, "plan.toml")
        with open(plan, "w") as file:
            file.write(PLAN)
        run(program, home, "datasets", "add", "Events", lake)
        run(program, home, "export", plan)
    for place, _, files in os.walk(os.path.join(home, "landing-zone")):
        if len(files) >= count:
            return place
    raise Waited(f"The run has not written {count} files")


class Process:
    """What a process takes of the machine."""

    def __init__(self, number):
        self.number = number

    def seconds(self):
        """Seconds of all processors, also of threads that have ended."""
        with open(f"/proc/{self.number}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def beside_main(self):
        """What each thread but the main one has taken, in nanoseconds."""
        taken = {}
        for thread in os.listdir(f"/proc/{self.number}/task"):
            try:
                with open(f"/proc/{self.number}/task/{thread}/schedstat") as file:
                    taken[thread] = int(file.read().split()[0])
            except OSError:
                pass
        taken.pop(str(self.number), None)
        return taken

    def is_busy_since(self, before):
        """Whether something was done beside the main thread since `beside_main` gave `before`."""
        return sum(taken - before.get(thread, 0) for thread, taken in self.beside_main().items()) > 500_000

    def settle(self, seconds=180):
        """Waits until nothing is done any more."""
        end = time.monotonic() + seconds
        before = self.seconds()
        while time.monotonic() < end:
            time.sleep(0.5)
            now = self.seconds()
            if now == before:
                return
            before = now
        raise Waited("The program does not come to rest")

    def megabytes(self, what):
        with open(f"/proc/{self.number}/status") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith(what + ":")) / 1000


class Pane:
    """The pane in a terminal, with a person who presses keys."""

    def __init__(self, session):
        self.session = session
        self.process = Process(session.process)
        self.numbers = random.Random(1)

    def picture(self):
        """What every key of the measurement changes, and no refresh: the cursor, and the files that are in sight."""
        emulator = self.session.emulator
        return emulator.cursor, re.findall(r"part-\d{5}", "\n".join(emulator.rows[6:]))

    def press(self, key, most=60):
        """Presses a key and waits for its picture; milliseconds to the last byte that changes it.

        A frame comes in several pieces. What is left of the one before must not count for this one, and the next key
        must not be pressed before this one is seen: the program would draw both at once.
        """
        while self.session.read(0):
            pass
        first = shown = self.picture()
        begin = last = time.perf_counter()
        self.session.press(key)
        while True:
            quiet = QUIET if shown != first else most
            if not select.select([self.session.terminal], [], [], max(0, last + quiet - time.perf_counter()))[0]:
                if shown != first:
                    return (last - begin) * 1000
                raise Waited(f"Nothing comes of {key!r}. The screen:\n" + "\n".join(self.session.emulator.rows))
            moment = time.perf_counter()
            self.session.read(0)
            now = self.picture()
            if now != shown:
                shown, last = now, moment

    def measure(self, seconds, refresh=None):
        """Presses all keys again and again for some seconds; milliseconds by what the keys do.

        With `refresh`, that is done whenever the last one is over, and only keys that were pressed meanwhile count.
        """
        times = {name: [] for name, _ in KEYS}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.session.press("g", *[DOWN] * 5)
            self.session.settle()
            for name, keys in KEYS:
                for key in keys:
                    if refresh:
                        refresh()
                    time.sleep(self.numbers.uniform(0, 0.02))
                    before = self.process.beside_main()
                    waited = self.press(key)
                    if not refresh or self.process.is_busy_since(before):
                        times[name].append(waited)
        return times


class Refreshing:
    """Presses the key that lists everything anew, whenever the last time is over."""

    def __init__(self, pane, change=None):
        self.pane = pane
        self.change = change
        self.before = {}
        self.count = 0

    def __call__(self):
        process = self.pane.process
        if not process.is_busy_since(self.before):
            if self.change:
                self.change(self.count)
            # Where something is searched for, the letter would belong to that.
            self.pane.session.press(b"\x12")
            self.count += 1
        self.before = process.beside_main()


def gone_and_back(folder):
    """Takes a file away that is not in sight, and puts it back the next time."""
    name = sorted(name for name in os.listdir(folder) if name.startswith("part-"))[-2]
    place, elsewhere = os.path.join(folder, name), os.path.join(folder, "..", "taken-away")

    def change(count):
        if count % 2 == 0:
            os.rename(place, elsewhere)
        else:
            os.rename(elsewhere, place)
    return change


def tell(what, times):
    every = [waited for kind in times.values() for waited in kind]
    if not every:
        return print(f"{what}: no key")
    worst = max(every)
    kinds = ", ".join(f"{name} {statistics.median(kind):.1f}/{max(kind):.1f}" for name, kind in times.items() if kind)
    print(f"{what}: {len(every)} keys, median {statistics.median(every):.1f} ms, worst {worst:.1f} ms "
          f"({'not felt' if worst <= FELT else 'FELT'}); {kinds}")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=20, help="how long keys are pressed in each case")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as temporary:
        home = os.path.join(temporary, "home")
        begin = time.monotonic()
        folder = furnish(program, home, options.files)
        print(f"{options.files:,} files exported in {time.monotonic() - begin:.0f} s")
        sys.stdout.flush()
        environment = {"SLUICE_HOME": home, "HOME": temporary}
        with Session([program], "xterm-256color", *SIZE, environment) as session:
            watch(Pane(session), folder, options)


def watch(pane, folder, options):
    session, process = pane.session, pane.process
    session.see("1 destination")
    session.press("f")
    session.see("Nightly")
    session.press("\r")
    rows = session.see("all there")
    check_frame(rows, SIZE, session.emulator.GARBAGE)
    check(any(f"{options.files + 1:,} files" in row for row in rows), "other files are shown:\n" + "\n".join(rows))
    process.settle()
    session.settle()

    # An open pane whose runs are over.
    begin, written = process.seconds(), len(session.emulator.recording)
    time.sleep(5)
    session.settle()
    came = bytes(session.emulator.recording[written:])
    check(came == b"", "while nothing changes, there is written", came)
    print(f"idle for 5 s: {process.seconds() - begin:.2f} s of CPU, nothing written")

    tell("at rest", pane.measure(options.seconds))

    taken = []
    for _ in range(5):
        process.settle()
        begin = process.seconds()
        session.press("r")
        session.settle()
        process.settle()
        taken.append(process.seconds() - begin)
    print(f"a refresh: {statistics.median(taken):.2f} s of CPU")

    unchanged = Refreshing(pane)
    tell("during refreshes", pane.measure(options.seconds, unchanged))
    process.settle()
    changed = Refreshing(pane, gone_and_back(folder))
    tell("during refreshes that change something", pane.measure(options.seconds, changed))
    if changed.count % 2:
        changed.change(1)
    check(unchanged.count > 1 and changed.count > 1, "there was no refresh")
    print(f"{unchanged.count} and {changed.count} refreshes; resident {process.megabytes('VmRSS'):.0f} MB, "
          f"at most {process.megabytes('VmHWM'):.0f} MB")

    session.press(ESCAPE)
    session.see("Destination ")
    session.press("s")
    session.see("at once")
    session.press("y")
    session.see("under way")
    session.wait("files have come", lambda rows: sum("part-" in row for row in rows) > 5)
    session.press("G", "k")
    session.settle()
    tell("while a run writes as many", pane.measure(options.seconds, lambda: None))
    print(f"resident {process.megabytes('VmRSS'):.0f} MB, at most {process.megabytes('VmHWM'):.0f} MB")
    session.press("q", "y")
    session.end()
    check_end(session)


if __name__ == "__main__":
    main()
