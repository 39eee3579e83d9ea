#!/usr/bin/env python3
"""Measures the wizard in a pseudo-terminal: time and bytes to the first paint, per key, and idle CPU.

Usage: terminal.py PROGRAM
"""
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time


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


def start(program, home, columns, rows):
    """Starts the program on a pseudo-terminal; gives its process, the terminal and the moment."""
    begin = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", SLUICE_HOME=home)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execv(program, [program])
    return process, terminal, begin


def read_until_quiet(terminal, quiet):
    """Reads what the program writes; gives the bytes and the moments of the first and the last of them."""
    count, first, last = 0, None, None
    while select.select([terminal], [], [], quiet)[0]:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        last = time.perf_counter()
        first = first or last
        count += len(data)
    return count, first, last


def cpu_seconds(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_megabytes(process):
    with open(f"/proc/{process}/status") as file:
        line = next(line for line in file if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


def end(process, terminal):
    os.write(terminal, b"\x03\x03")
    read_until_quiet(terminal, 0.3)
    os.close(terminal)
    os.waitpid(process, 0)


def measure_paint(program, home, columns, rows):
    times, sizes = [], []
    for _ in range(15):
        process, terminal, begin = start(program, home, columns, rows)
        count, first, _ = read_until_quiet(terminal, 0.3)
        times.append((first - begin) * 1000)
        sizes.append(count)
        end(process, terminal)
    print(f"first paint at {columns}x{rows}: median {statistics.median(times):.1f} ms "
          f"(min {min(times):.1f}, max {max(times):.1f}); {statistics.median(sizes):.0f} bytes "
          "until all destinations are listed")


def measure_keys(program, home, columns, rows):
    process, terminal, _ = start(program, home, columns, rows)
    read_until_quiet(terminal, 0.5)
    for name, keys in (("cursor key", [b"\x1b[B"] * 8), ("help opened", [b"?"]), ("help closed", [b"\x1b"]),
                       ("next screen", [b"\r"]), ("search letter", [b"1", b"2"])):
        if name == "search letter":
            os.write(terminal, b"/")
            read_until_quiet(terminal, 0.2)
        times, counts = [], []
        for key in keys:
            begin = time.perf_counter()
            os.write(terminal, key)
            count, _, last = read_until_quiet(terminal, 0.15)
            times.append((last - begin) * 1000 if last else 0)
            counts.append(count)
        print(f"{name}: median {statistics.median(counts):.0f} bytes, {statistics.median(times):.1f} ms")
    before = cpu_seconds(process)
    time.sleep(10)
    print(f"idle for 10 s: {cpu_seconds(process) - before:.2f} s of CPU, "
          f"{read_until_quiet(terminal, 0.05)[0]} bytes written; peak memory {memory_megabytes(process):.0f} MB")
    end(process, terminal)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as home:
        furnish(program, home)
        for columns, rows in ((80, 24), (200, 60)):
            measure_paint(program, home, columns, rows)
        measure_keys(program, home, 80, 24)


main()
