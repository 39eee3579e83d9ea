#!/usr/bin/env python3
"""Measures the wizard in a pseudo-terminal beside fzf, dialog, mc, htop and tig, where they do the same: time and bytes
to the first paint, of a cursor key and of a letter of a search, loading many datasets, idle CPU and memory.

Usage: terminal.py SLUICE [--items 100000,1000000] [--idle SECONDS] [--rounds N]

All run in the same pseudo-terminal of 80x24 as xterm-256color. "ms" is from the key to the last byte that comes of it;
"first results" from the letter to the first frame in which the list is another, by what an emulator of the terminal
shows. An hour of htop and mc is not idle by their own nature: they look at what changes.
"""
import argparse
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Support", "Terminals"))
from emulator import Emulator  # noqa: E402

COLUMNS, ROWS = 80, 24
WORDS = ["web", "mobile", "email", "orders", "customer", "profile", "snapshot", "export", "daily", "weekly", "loyalty",
         "members", "events", "clicks", "returns", "stock", "prices", "stores", "audience", "consent"]
SEARCHED = "webev"

PLAN = """
name = "Export {number}"
datasets = ["Dataset 0"]
[destination]
name = "Destination {number}"
spec = "Data Landing Zone"
path = "exports/{number}"
datasetFileType = "JSON"
compression = "GZIP"
[schedule]
mode = "full"
start = 2026-01-15T06:00:00Z
"""


def names(count):
    for number in range(count):
        first, second = WORDS[number * 7 % len(WORDS)], WORDS[number * 13 // 20 % len(WORDS)]
        yield f"{first}_{second}_{number}" if number % 3 == 0 else f"{first.capitalize()} {second} {number}"


def furnish(program, home):
    """Makes a home with some datasets and destinations, as a person has after a while."""
    def run(*arguments):
        subprocess.run([program, *arguments, "--home", home], check=True, capture_output=True)

    with tempfile.TemporaryDirectory() as folder:
        records, plan = os.path.join(folder, "records.json"), os.path.join(folder, "plan.toml")
        with open(records, "w") as file:
            file.write('{"a":1}\n' * 1000)
        for number in range(20):
            run("datasets", "add", f"Dataset {number}", records)
        for number in range(12):
            with open(plan, "w") as file:
                file.write(PLAN.format(number=number))
            run("export", plan)


def add_datasets(home, count):
    store = sqlite3.connect(os.path.join(home, "sluice.sqlite"))
    with store:
        store.executemany("insert into dataset (id, name, description, createdAt) values (?, ?, '', 0)",
                          (("%024x" % (number + (1 << 64)), name) for number, name in enumerate(names(count))))
        store.executemany("insert into batch (datasetID, folder, arrivedAt, files, bytes, records, malformedRecords)"
                          " values (?, ?, 0, 1, 8, ?, 0)",
                          (("%024x" % (number + (1 << 64)), f"x{number}", number) for number in range(count)))
    store.close()


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, command, folder, **variables):
        self.begin = time.perf_counter()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", HOME=folder, **variables)
            os.environ.pop("COLORTERM", None)
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvp(command[0], command)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, quiet, most=60):
        """What comes until nothing has for `quiet` seconds, each piece with its moment."""
        pieces, end = [], time.perf_counter() + most
        while time.perf_counter() < end and select.select([self.terminal], [], [], quiet)[0]:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                break
            if not data:
                break
            pieces.append((time.perf_counter(), data))
        return pieces

    def press(self, key, quiet=0.2):
        """Presses a key; gives milliseconds to the last byte that comes of it, and the bytes."""
        begin = time.perf_counter()
        os.write(self.terminal, key)
        pieces = self.read(quiet)
        return (pieces[-1][0] - begin) * 1000 if pieces else 0.0, sum(len(data) for _, data in pieces)

    def processes(self):
        """The program, and what it has started."""
        found = [self.process]
        for parent in found:
            try:
                with open(f"/proc/{parent}/task/{parent}/children") as file:
                    found += [int(word) for word in file.read().split()]
            except OSError:
                pass
        return found

    def cpu_times(self):
        """Seconds of each thread, as the scheduler counts them, which is finer than the clock of accounting."""
        times = {}
        for process in self.processes():
            for thread in os.listdir(f"/proc/{process}/task"):
                try:
                    with open(f"/proc/{process}/task/{thread}/schedstat") as file:
                        times[thread] = int(file.read().split()[0]) / 1e9
                except OSError:
                    pass
        return times

    def memory(self, what="VmHWM"):
        """Megabytes: the most that all of it took (VmHWM), or takes now (VmRSS)."""
        total = 0
        for process in self.processes():
            with open(f"/proc/{process}/status") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith(what + ":"))
        return total / 1000

    def close(self):
        for process in reversed(self.processes()):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        os.waitpid(self.process, 0)
        os.close(self.terminal)


def verdict(value, target, unit):
    return f"(target: {target:,} {unit}, {'met' if value <= target else 'MISSED'})"


def programs(program, home, folder):
    """What is measured: command, and variables."""
    menu = [word for number in range(20) for word in (f"Dataset{number}", f"{number * 1000} records")]
    list_file = os.path.join(folder, "list")
    with open(list_file, "w") as file:
        file.write("\n".join(f"Dataset {number}" for number in range(20)) + "\n")
    repository = os.path.join(folder, "repository")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-C", repository]
    os.makedirs(repository)
    subprocess.run([*git, "init", "-q"], check=True, stderr=subprocess.DEVNULL)
    for number in range(30):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", f"Change {number}"], check=True)
    return [
        ("sluice", [program], {"SLUICE_HOME": home}, folder),
        ("fzf", ["sh", "-c", f"exec fzf < '{list_file}'"], {}, folder),
        ("dialog", ["dialog", "--menu", "Datasets", "22", "76", "14", *menu], {}, folder),
        ("mc", ["mc", "--nosubshell"], {}, folder),
        ("htop", ["htop"], {}, folder),
        ("tig", ["tig"], {}, repository),
    ]


def measure_paint(name, command, variables, folder, rounds):
    first, whole, sizes = [], [], []
    for _ in range(rounds):
        terminal = Terminal(command, folder, **variables)
        pieces = terminal.read(0.4, most=3)
        first.append((pieces[0][0] - terminal.begin) * 1000)
        whole.append((pieces[-1][0] - terminal.begin) * 1000)
        sizes.append(sum(len(data) for _, data in pieces))
        terminal.close()
    line = (f"  {name:8} first bytes after {statistics.median(first):6.1f} ms, all after "
            f"{statistics.median(whole):7.1f} ms, {statistics.median(sizes):6,.0f} bytes")
    if name == "sluice":
        line += (f" {verdict(statistics.median(first), 30, 'ms')} {verdict(statistics.median(whole), 30, 'ms')}"
                 f" {verdict(statistics.median(sizes), 6000, 'bytes')}")
    print(line)


def measure_cursor(name, command, variables, folder):
    terminal = Terminal(command, folder, **variables)
    terminal.read(0.5, most=3)
    down = b"\x1b[A" if name == "fzf" else b"\x1b[B"
    # Some speak the cursor keys of programs, some the others: the first of which something comes.
    keys = [down, down.replace(b"[", b"O")]
    key = next((key for key in keys if terminal.press(key)[1]), down)
    results = [terminal.press(key) for _ in range(8)]
    terminal.close()
    milliseconds, size = (statistics.median(result[place] for result in results) for place in (0, 1))
    line = f"  {name:8} {size:5.0f} bytes, {milliseconds:6.1f} ms"
    if name == "sluice":
        line += f" {verdict(size, 120, 'bytes')} {verdict(milliseconds, 5, 'ms')}"
    print(line)


def measure_keys(command, variables, folder):
    """Other keys of the wizard."""
    terminal = Terminal(command, folder, **variables)
    terminal.read(0.5)
    for name, key in (("help opened", b"?"), ("help closed", b"\x1b"), ("next screen", b"\r"),
                      ("cursor key in datasets", b"\x1b[B"), ("search opened", b"/"), ("search letter", b"1")):
        milliseconds, size = terminal.press(key)
        line = f"  {name:24} {size:5,} bytes, {milliseconds:6.1f} ms"
        if name.startswith("cursor"):
            line += f" {verdict(size, 120, 'bytes')} {verdict(milliseconds, 5, 'ms')}"
        print(line)
    terminal.close()


def measure_idle(name, command, variables, folder, seconds):
    terminal = Terminal(command, folder, **variables)
    # Threads that have worked leave after some seconds without work.
    terminal.read(8, most=8)
    before = terminal.cpu_times()
    end = time.perf_counter() + seconds
    size = 0
    while time.perf_counter() < end:
        size += sum(len(data) for _, data in terminal.read(min(1, max(0.01, end - time.perf_counter())), most=1))
    used = sum(time - before.get(thread, 0) for thread, time in terminal.cpu_times().items())
    line = (f"  {name:8} {used * 1000:6.1f} ms of CPU, {size:7,} bytes in {seconds} s; at most "
            f"{terminal.memory():5.1f} MB")
    if name == "sluice":
        line += f" {verdict(used * 1000, 0, 'ms')} {verdict(size, 0, 'bytes')}"
    print(line)
    terminal.close()


def shown_list(emulator, rows):
    return tuple(emulator.rows[row] for row in rows)


def measure_search(name, command, variables, folder, items, rows, ready, keys):
    """Loads many names, and types a word into the search of them."""
    terminal = Terminal(command, folder, **variables)
    emulator = Emulator(COLUMNS, ROWS)

    def read(quiet, most=120):
        pieces = terminal.read(quiet, most)
        for _, data in pieces:
            emulator.feed(data)
        return pieces

    read(0.3, most=3)
    begin = time.perf_counter()
    if keys:
        os.write(terminal.terminal, keys)
    first = last = None
    while time.perf_counter() - begin < 300:
        pieces = terminal.read(0.05, most=0.5)
        for moment, data in pieces:
            emulator.feed(data)
            first, last = first or moment, moment
        if any(re.search(ready, row) for row in emulator.rows):
            break
    loaded = ((last or begin) - begin) * 1000
    memory = terminal.memory()
    if name == "sluice":
        os.write(terminal.terminal, b"/")
        read(0.2)
    results = []
    for letter in SEARCHED:
        before = shown_list(emulator, rows)
        begin = time.perf_counter()
        os.write(terminal.terminal, letter.encode())
        size, changed, last = 0, None, begin
        for moment, data in terminal.read(0.4, most=20):
            emulator.feed(data)
            size, last = size + len(data), moment
            if changed is None and shown_list(emulator, rows) != before:
                changed = moment
        results.append(((changed or last) - begin, last - begin, size))
    first_results = [result[0] * 1000 for result in results]
    whole = [result[1] * 1000 for result in results]
    size = statistics.median(result[2] for result in results)
    line = (f"  {name:8} loaded in {loaded:7.0f} ms; a letter: first results after {statistics.median(first_results):6.1f} ms"
            f" (at most {max(first_results):.1f}), all after {statistics.median(whole):6.1f} ms, {size:5.0f} bytes;"
            f" {memory:5.1f} MB when loaded, {terminal.memory():5.1f} at most")
    if name == "sluice":
        line += " " + verdict(max(first_results), 50, "ms to first results")
        if items == 100_000:
            line += " " + verdict(memory, 40, "MB with 100,000 datasets")
    print(line)
    sys.stdout.flush()
    terminal.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the sluice to measure")
    parser.add_argument("--items", default="100000,1000000")
    parser.add_argument("--idle", type=int, default=60, metavar="SECONDS")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as folder:
        home = os.path.join(folder, "home")
        os.makedirs(home)
        furnish(program, home)
        every = programs(program, home, folder)
        contestants = [one for one in every if os.path.isabs(one[1][0]) or shutil.which(one[0])]
        missing = [one[0] for one in every if one not in contestants]
        if missing:
            print("not installed, and left out: " + ", ".join(missing))
        print(f"\nFirst paint at {COLUMNS}x{ROWS}, the median of {options.rounds}")
        for name, command, variables, place in contestants:
            measure_paint(name, command, variables, place, options.rounds)
        print("\nA cursor key, the median of 8")
        for name, command, variables, place in contestants:
            measure_cursor(name, command, variables, place)
        print("\nOther keys of sluice")
        measure_keys(*contestants[0][1:])
        print("\nIdle")
        for name, command, variables, place in contestants:
            measure_idle(name, command, variables, place, options.idle)
        for items in [int(word) for word in options.items.split(",")]:
            print(f"\nSearching {items:,} names, typed letter by letter: {SEARCHED}")
            many = os.path.join(folder, f"home-{items}")
            shutil.copytree(home, many)
            add_datasets(many, items)
            total = f"{items + 20:,}"
            measure_search("sluice", [program], {"SLUICE_HOME": many}, folder, items, range(6, 21),
                           f"{total} of {total}(?!, loading)", b"\r")
            if any(one[0] == "fzf" for one in contestants):
                listed = os.path.join(folder, f"names-{items}")
                with open(listed, "w") as file:
                    file.writelines(name + "\n" for name in names(items))
                measure_search("fzf", ["sh", "-c", f"exec fzf < '{listed}'"], {}, folder, items, range(0, 22),
                               f"{items}/{items}", b"")
            shutil.rmtree(many)


if __name__ == "__main__":
    main()
