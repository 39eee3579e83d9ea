#!/usr/bin/env python3
"""Measures the wizard in a pseudo-terminal: time and bytes to the first paint, per key, and idle CPU.

Usage: terminal.py PROGRAM HOME [COLUMNS ROWS]
"""
import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import termios
import time


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


def main():
    program, home = os.path.abspath(sys.argv[1]), sys.argv[2]
    columns, rows = (int(number) for number in sys.argv[3:5] or (80, 24))
    paints, sizes = [], []
    for _ in range(11):
        process, terminal, begin = start(program, home, columns, rows)
        count, first, _ = read_until_quiet(terminal, 0.4)
        paints.append((first - begin) * 1000)
        sizes.append(count)
        end(process, terminal)
    print(f"first paint at {columns}x{rows}: median {statistics.median(paints):.1f} ms "
          f"(min {min(paints):.1f}, max {max(paints):.1f}), {statistics.median(sizes):.0f} bytes "
          "with the list of destinations")

    process, terminal, _ = start(program, home, columns, rows)
    read_until_quiet(terminal, 0.5)
    for name, key in (("cursor key", b"\x1b[B"), ("help on and off", b"?"), ("help on and off", b"\x1b")):
        times, counts = [], []
        for _ in range(10):
            begin = time.perf_counter()
            os.write(terminal, key)
            count, _, last = read_until_quiet(terminal, 0.08)
            if last:
                times.append((last - begin) * 1000)
                counts.append(count)
            if name != "cursor key":
                break
            key = b"\x1b[A" if key == b"\x1b[B" else b"\x1b[B"
        if times:
            print(f"{name}: median {statistics.median(counts):.0f} bytes, {statistics.median(times):.1f} ms")
    before = cpu_seconds(process)
    time.sleep(10)
    print(f"idle for 10 s: {cpu_seconds(process) - before:.2f} s of CPU, "
          f"{read_until_quiet(terminal, 0.05)[0]} bytes written, peak memory {memory_megabytes(process):.0f} MB")
    end(process, terminal)


main()
