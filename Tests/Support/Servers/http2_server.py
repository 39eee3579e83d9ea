"""A server of HTTP/2 over TLS, for tests of HTTP clients: h2 speaks the protocol, the path says what happens.

usage: http2_server.py CERTIFICATE KEY

Prints {"https": PORT} on one line once it listens, and ends with the process that started it. A client that
does not offer HTTP/2 is served by the routes of http_server.py. Whatever came is counted: GET /counts. The bytes
of a body are taken from the client's window only as they are read.
"""

import asyncio
import hashlib
import json
import os
import ssl
import sys
from urllib.parse import parse_qs, urlsplit

sys.dont_write_bytecode = True  # What is compiled of the module beside this one is nothing to keep.

import http_server
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated, DataReceived, RemoteSettingsChanged, RequestReceived, StreamEnded, StreamReset,
    WindowUpdated)
from h2.exceptions import ProtocolError, StreamClosedError

counts = http_server.counts
requests_by_id = http_server.requests_by_id


class Stream:
    """One request, and the way to its answer."""

    def __init__(self, connection, number, fields):
        self.connection, self.number = connection, number
        self.fields = [(name, value) for name, value in fields if not name.startswith(":")]
        pseudo = dict(fields)
        self.method, self.target = pseudo[":method"], pseudo[":path"]
        parts = urlsplit(self.target)
        self.words = parts.path.strip("/").split("/")
        self.query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.body = asyncio.Queue()

    async def chunks(self):
        """The body, piece by piece; the client may send as much more as was read."""
        while (piece := await self.body.get()) is not None:
            data, taken = piece
            yield data
            self.connection.h2.acknowledge_received_data(taken, self.number)
            await self.connection.flush()

    async def skip(self):
        async for piece in self.chunks():
            counts["received"] += len(piece)

    async def begin(self, status, fields=(), ends=False):
        self.connection.h2.send_headers(self.number, [(":status", str(status)), *fields], end_stream=ends)
        await self.connection.flush()

    async def send(self, data):
        """Sends as the client's windows allow."""
        h2 = self.connection.h2
        while data:
            room = min(h2.local_flow_control_window(self.number), h2.max_outbound_frame_size)
            if room <= 0:
                await self.connection.has_moved()
                continue
            h2.send_data(self.number, data[:room])
            counts["sent"] += len(data[:room])
            data = data[room:]
            await self.connection.flush()

    async def end(self):
        self.connection.h2.end_stream(self.number)
        await self.connection.flush()

    async def reset(self, code):
        self.connection.h2.reset_stream(self.number, code)
        await self.connection.flush()

    async def answer(self, status, body=b"", fields=()):
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        await self.begin(status, [("content-length", str(len(body))), *fields])
        await self.send(body)
        await self.end()


async def echo(stream):
    """/echo?pause=SECONDS: says what came, and over what; rests after each piece."""
    digest, length = hashlib.sha256(), 0
    async for piece in stream.chunks():
        digest.update(piece)
        length += len(piece)
        if "pause" in stream.query:
            await asyncio.sleep(float(stream.query["pause"]))
    await stream.answer(200, {
        "method": stream.method, "target": stream.target, "fields": stream.fields, "length": length,
        "sha256": digest.hexdigest(), "connection": stream.connection.number})


async def send_bytes(stream):
    """/bytes/N?unannounced: N bytes, with their digest; without their number if wanted."""
    await stream.skip()
    data = http_server.content(int(stream.words[1]))
    fields = [("x-sha256", hashlib.sha256(data).hexdigest())]
    if "unannounced" not in stream.query:
        fields.append(("content-length", str(len(data))))
    await stream.begin(200, fields)
    for start in range(0, len(data), 1 << 18):
        await stream.send(data[start:start + (1 << 18)])
    await stream.end()


async def drip(stream):
    """/drip: a byte every few milliseconds, for as long as somebody reads."""
    await stream.skip()
    await stream.begin(200)
    while True:
        await stream.send(b".")
        await asyncio.sleep(0.005)


async def break_off(stream):
    """/break/HOW/N?announced=M: N bytes of an answer, and then what `HOW` says; N = -1: before the answer."""
    await stream.skip()
    how, count = stream.words[1], int(stream.words[2])
    if count >= 0:
        announced = [("content-length", stream.query["announced"])] if "announced" in stream.query else []
        await stream.begin(200, announced)
        await stream.send(http_server.content(count))
    await stop(stream, how)


async def break_request(stream):
    """/break-request/HOW/N: reads N bytes of the body, and then what `HOW` says."""
    left = int(stream.words[2])
    async for piece in stream.chunks():
        left -= len(piece)
        if left <= 0:
            break
    await stop(stream, stream.words[1])


async def stop(stream, how):
    connection = stream.connection
    if how == "reset":
        return await stream.reset(ErrorCodes.INTERNAL_ERROR)
    if how == "refuse":
        return await stream.reset(ErrorCodes.REFUSED_STREAM)
    if how == "leave":
        # All streams, this one too, are said not to have been looked at.
        connection.h2.close_connection(last_stream_id=0)
        await connection.flush()
    if how == "die":
        connection.writer.transport.abort()
    if how in ("leave", "close"):
        connection.writer.close()
    connection.is_closed = True


async def fail_then_succeed(stream):
    """/fail/HOW/N?id=…: the first N requests with this id end as `HOW` says, then 200."""
    await stream.skip()
    requests_by_id[stream.query["id"]] += 1
    number = requests_by_id[stream.query["id"]]
    if number > int(stream.words[2]):
        return await stream.answer(200, {"requests": number})
    await stop(stream, stream.words[1])


async def last_answer(stream):
    """/last: answers, and says that no further stream of the connection will be."""
    await stream.skip()
    await stream.answer(200, {"connection": stream.connection.number})
    stream.connection.h2.close_connection(last_stream_id=stream.number)
    await stream.connection.flush()


async def stall(stream):
    """/stall/N: N bytes of a megabyte and then nothing; /stall/head nothing at all; /stall/unread does not read."""
    if stream.words[1] != "unread":
        await stream.skip()
    if stream.words[1].isdigit():
        await stream.begin(200, [("content-length", "1000000")])
        await stream.send(http_server.content(int(stream.words[1])))
    counts["waiting"] += 1
    await asyncio.Event().wait()


async def tell_counts(stream):
    await stream.skip()
    await stream.answer(200, dict(counts) | {"ids": dict(requests_by_id)})


ROUTES = {
    "echo": echo, "bytes": send_bytes, "drip": drip, "break": break_off, "break-request": break_request,
    "fail": fail_then_succeed, "last": last_answer, "stall": stall, "counts": tell_counts,
}


class Connection:
    """A connection and its streams."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.streams, self.tasks = {}, {}
        self.movement = asyncio.Event()
        self.is_closed = False
        counts["HTTP/2 connections"] += 1
        self.number = counts["HTTP/2 connections"]

    async def has_moved(self):
        await self.movement.wait()

    async def flush(self):
        data = self.h2.data_to_send()
        if data and not self.is_closed:
            self.writer.write(data)
            await self.writer.drain()

    async def serve(self):
        self.h2.initiate_connection()
        await self.flush()
        try:
            while not self.is_closed and (data := await self.reader.read(1 << 16)):
                for event in self.h2.receive_data(data):
                    self.act(event)
                await self.flush()
        except (ConnectionError, ssl.SSLError, ProtocolError):
            pass
        finally:
            counts["HTTP/2 closed"] += 1
            for task in self.tasks.values():
                task.cancel()
            self.writer.close()

    def act(self, event):
        if isinstance(event, RequestReceived):
            counts["requests"] += 1
            stream = Stream(self, event.stream_id, event.headers)
            self.streams[event.stream_id] = stream
            self.tasks[event.stream_id] = asyncio.create_task(self.answer(stream))
        elif isinstance(event, DataReceived):
            self.streams[event.stream_id].body.put_nowait((event.data, event.flow_controlled_length))
        elif isinstance(event, StreamEnded):
            self.streams[event.stream_id].body.put_nowait(None)
        elif isinstance(event, StreamReset):
            counts["reset by the client"] += 1
            self.tasks[event.stream_id].cancel()
        elif isinstance(event, (WindowUpdated, RemoteSettingsChanged)):
            self.movement.set()
            self.movement = asyncio.Event()
        elif isinstance(event, ConnectionTerminated):
            self.is_closed = True

    async def answer(self, stream):
        try:
            await ROUTES[stream.words[0]](stream)
        except (ConnectionError, ssl.SSLError, StreamClosedError, ProtocolError):
            pass


async def serve(reader, writer):
    if writer.get_extra_info("ssl_object").selected_alpn_protocol() == "h2":
        await Connection(reader, writer).serve()
    else:
        await http_server.serve(reader, writer)


async def main():
    parent = os.getppid()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    context.set_alpn_protocols(["h2", "http/1.1"])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context, backlog=512)
    print(json.dumps({"https": server.sockets[0].getsockname()[1]}), flush=True)
    while os.getppid() == parent:
        await asyncio.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
