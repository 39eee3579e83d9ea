#!/usr/bin/env python3
"""A slow line between a terminal and a program: what is typed and what is shown take their time.

Usage: slow_line.py [--delay SECONDS] [--baud BAUD] [--log FILE] [--] COMMAND…

Everything is under way for --delay seconds each way, and no more than BAUD / 10 bytes a second pass (a start and a stop
bit go with each). --log gets the bytes each way, and how long the line was busy, when the command has ended. The exit
status is that of the command.
"""
import argparse
import collections
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import tty


class Way:
    """One direction of the line."""

    # So many bytes wait in what sends: a modem has little room, and the program waits for it.
    ROOM = 512

    def __init__(self, delay, rate):
        self.delay, self.rate = delay, rate
        self.free = 0.0
        self.waiting = collections.deque()
        self.count = 0
        self.busy = 0.0

    def put(self, data, now):
        self.count += len(data)
        for byte in data:
            start = max(self.free, now)
            self.free = start + 1 / self.rate
            self.busy += 1 / self.rate
            self.waiting.append((self.free + self.delay, byte))

    def has_room(self, now):
        return (self.free - now) * self.rate < self.ROOM

    def take(self, now):
        data = bytearray()
        while self.waiting and self.waiting[0][0] <= now:
            data.append(self.waiting.popleft()[1])
        return bytes(data)

    def next(self):
        return self.waiting[0][0] if self.waiting else None


def copy_size(terminal):
    try:
        size = fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
    except OSError:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))


def relay(terminal, there, back):
    """Carries bytes both ways until the command has ended and all that it said has come."""
    is_open, has_keyboard = True, True
    while is_open or back.waiting:
        now = time.monotonic()
        times = [way.next() for way in (there, back) if way.waiting]
        if is_open and not back.has_room(now):
            times.append(now + 0.05)
        patience = max(0.0, min(times) - now) if times else 1.0
        sources = ([0] if has_keyboard else []) + ([terminal] if is_open and back.has_room(now) else [])
        try:
            ready = select.select(sources, [], [], patience)[0]
        except InterruptedError:
            continue
        now = time.monotonic()
        if 0 in ready:
            data = os.read(0, 4096)
            has_keyboard = bool(data)
            there.put(data, now)
        if terminal in ready:
            try:
                data = os.read(terminal, 256)
            except OSError:
                data = b""
            is_open = bool(data)
            back.put(data, now)
        if is_open and (data := there.take(now)):
            try:
                os.write(terminal, data)
            except OSError:
                is_open = False
        if data := back.take(now):
            os.write(1, data)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--delay", type=float, default=0.3)
    parser.add_argument("--baud", type=int, default=9600)
    parser.add_argument("--log")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(options.command[0], options.command)
    copy_size(terminal)
    signal.signal(signal.SIGWINCH, lambda *_: copy_size(terminal))
    there, back = (Way(options.delay, options.baud / 10) for _ in range(2))
    modes = termios.tcgetattr(0) if os.isatty(0) else None
    try:
        if modes:
            # What was typed before stays.
            tty.setraw(0, termios.TCSADRAIN)
        relay(terminal, there, back)
    finally:
        if modes:
            termios.tcsetattr(0, termios.TCSADRAIN, modes)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if options.log:
        with open(options.log, "w") as file:
            file.write(f"{there.count} {back.count} {back.busy:.1f}\n")
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
