"""A proxy for TCP that stands before any server and cuts connections, a given number of times.

usage: cutting_proxy.py HOST:PORT [--cuts N] [--after-bytes N[,N…]] [--after-seconds S[,S…]]
                        [--direction up|down|both] [--close]

Prints {"proxy": PORT, "control": PORT} once it listens, and ends with the process that started it.

A connection is cut when as many bytes have passed through it (in the direction that counts), or as many
seconds have passed since it began; of several numbers each cut uses the next. After N cuts everything
passes. A cut is a reset on both sides; --close ends them orderly instead.

Each line sent to the control port is answered by one line of JSON with what was counted:
  cut      cuts all connections now (not counted against N)
  refuse   from now on no connection is taken: each is cut at once; pass takes it back
  hold     from now on no byte passes; pass takes it back
  pass     from now on everything passes, without cuts
  counts   only counts
"""

import argparse
import asyncio
import json
import os
import socket
import struct


class Cutter:
    def __init__(self, options):
        host, _, self.port = options.server.rpartition(":")
        self.host = host.strip("[]")
        self.left = options.cuts
        self.bytes = options.after_bytes
        self.seconds = options.after_seconds
        self.direction = options.direction
        self.close = options.close
        self.connections = {}
        self.counts = {"connections": 0, "cuts": 0, "refused": 0, "up": 0, "down": 0}
        self.refuses = False
        self.passing = asyncio.Event()
        self.passing.set()

    def limit(self, numbers):
        """The number at which the next connection is cut, if it is."""
        return numbers[self.counts["cuts"] % len(numbers)] if numbers and self.left > 0 else None

    def cut(self, connection):
        writers = self.connections.pop(connection, ())
        for writer in writers:
            if self.close:
                writer.close()
            else:
                # Lingering for no time makes the close a reset.
                try:
                    with_socket = writer.get_extra_info("socket")
                    with_socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                except OSError:
                    pass  # The other side has closed it just before.
                writer.transport.abort()
        return bool(writers)

    def cut_counted(self, connection):
        if self.left > 0 and self.cut(connection):
            self.left -= 1
            self.counts["cuts"] += 1

    async def serve(self, reader, writer):
        self.counts["connections"] += 1
        connection = self.counts["connections"]
        self.connections[connection] = (writer,)
        if self.refuses:
            self.counts["refused"] += 1
            self.cut(connection)
            return
        try:
            other, onward = await asyncio.open_connection(self.host, int(self.port))
        except OSError:
            self.cut(connection)
            return
        self.connections[connection] = (writer, onward)
        timer = None
        if (seconds := self.limit(self.seconds)) is not None:
            timer = asyncio.get_running_loop().call_later(seconds, self.cut_counted, connection)
        passed = {"up": 0, "down": 0}
        await asyncio.gather(
            self.pump(reader, onward, "up", connection, passed),
            self.pump(other, writer, "down", connection, passed))
        if timer:
            timer.cancel()
        self.connections.pop(connection, None)

    async def pump(self, reader, writer, direction, connection, passed):
        try:
            while piece := await reader.read(1 << 16):
                await self.passing.wait()
                limit = self.limit(self.bytes)
                counted = passed["up"] + passed["down"] if self.direction == "both" else passed[self.direction]
                if limit is not None and self.direction in (direction, "both") and counted + len(piece) >= limit:
                    piece = piece[: max(0, limit - counted)]
                    writer.write(piece)
                    await writer.drain()
                    self.cut_counted(connection)
                    return
                passed[direction] += len(piece)
                self.counts[direction] += len(piece)
                writer.write(piece)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()
        except (ConnectionError, OSError):
            self.cut(connection)

    async def control(self, reader, writer):
        while line := (await reader.readline()).decode().strip():
            if line == "cut":
                self.counts["cuts"] += sum(self.cut(connection) for connection in list(self.connections))
            elif line == "refuse":
                self.refuses = True
            elif line == "hold":
                self.passing.clear()
            elif line == "pass":
                self.left, self.refuses = 0, False
                self.passing.set()
            writer.write(json.dumps(self.counts).encode() + b"\n")
            await writer.drain()
        writer.close()


def numbers(kind):
    return lambda text: [kind(number) for number in text.split(",")]


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("server")
    parser.add_argument("--cuts", type=int, default=0)
    parser.add_argument("--after-bytes", type=numbers(int), default=[])
    parser.add_argument("--after-seconds", type=numbers(float), default=[])
    parser.add_argument("--direction", choices=["up", "down", "both"], default="both")
    parser.add_argument("--close", action="store_true")
    parent = os.getppid()
    cutter = Cutter(parser.parse_args())
    proxy = await asyncio.start_server(cutter.serve, "127.0.0.1", 0, backlog=512)
    control = await asyncio.start_server(cutter.control, "127.0.0.1", 0)
    print(json.dumps({
        "proxy": proxy.sockets[0].getsockname()[1],
        "control": control.sockets[0].getsockname()[1]}), flush=True)
    while os.getppid() == parent:
        await asyncio.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
