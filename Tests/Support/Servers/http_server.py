"""A server for tests of HTTP clients: it answers well, slowly, wrongly, partly or not at all, as it is asked.

usage: http_server.py [CERTIFICATE KEY]

Prints {"http": PORT, "https": PORT} on one line once it listens, and ends with the process that started it.
The path says what happens; see ROUTES. Whatever came is counted: GET /counts.
"""

import asyncio
import hashlib
import json
import os
import random
import select
import socket
import ssl
import sys
from collections import Counter
from urllib.parse import parse_qs, urlsplit

BLOCK = random.Random(7).randbytes(1 << 20)
counts = Counter()
requests_by_id = Counter()


def content(length):
    """The bytes of every answer of a given length."""
    return BLOCK * (length // len(BLOCK)) + BLOCK[: length % len(BLOCK)]


class Request:
    def __init__(self, head, reader, writer, connection):
        lines = head[:-4].split(b"\r\n")
        self.method, self.target, _ = lines[0].decode("latin-1").split(" ", 2)
        self.fields = [
            (name.decode("latin-1"), value.strip().decode("utf-8", "replace"))
            for name, _, value in (line.partition(b":") for line in lines[1:])]
        parts = urlsplit(self.target)
        self.words = parts.path.strip("/").split("/")
        self.query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.reader, self.writer, self.connection = reader, writer, connection

    def field(self, name):
        return next((value for other, value in self.fields if other.lower() == name), None)

    async def chunks(self):
        """The body, piece by piece."""
        if self.field("transfer-encoding") == "chunked":
            while True:
                size = int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16)
                if size:
                    yield await self.reader.readexactly(size)
                await self.reader.readexactly(2)
                if not size:
                    return
        left = int(self.field("content-length") or 0)
        while left:
            piece = await self.reader.read(min(left, 1 << 18))
            if not piece:
                raise asyncio.IncompleteReadError(b"", left)
            left -= len(piece)
            yield piece

    async def skip(self):
        async for piece in self.chunks():
            counts["received"] += len(piece)

    async def answer(self, status, body=b"", fields=(), length=None):
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        length = len(body) if length is None else length
        head = f"HTTP/1.1 {status} Words\r\nContent-Length: {length}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
        self.writer.write(head.encode() + (b"" if self.method == "HEAD" else body))
        await self.writer.drain()

    def cut(self):
        """Ends the connection with a reset, as a machine that fails does."""
        self.writer.transport.abort()
        raise ConnectionResetError


async def echo(request):
    """/echo?pause=S: says what came: method, target, fields, and the digest of the body; reads it with pauses."""
    if "pause" in request.query:
        # What the system would take beyond this could not be told from what was read.
        request.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    digest, length, pieces = hashlib.sha256(), 0, 0
    async for piece in request.chunks():
        digest.update(piece)
        length += len(piece)
        pieces += 1
        if "pause" in request.query:
            await asyncio.sleep(float(request.query["pause"]))
    await request.answer(200, {
        "method": request.method, "target": request.target, "fields": request.fields, "length": length,
        "sha256": digest.hexdigest(), "connection": request.connection}, [("Name", "Grüße 名前")])


async def send_bytes(request):
    """/bytes/N?chunked&digest: N bytes."""
    await request.skip()
    left = int(request.words[1])
    fields = "HTTP/1.1 200 OK\r\nX-SHA256: " + hashlib.sha256(content(left)).hexdigest() + "\r\n"
    chunked = "chunked" in request.query
    fields += "Transfer-Encoding: chunked\r\n" if chunked else f"Content-Length: {left}\r\n"
    request.writer.write(fields.encode() + b"\r\n")
    while left:
        piece = BLOCK[: min(left, len(BLOCK))]
        request.writer.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
        await request.writer.drain()
        counts["sent"] += len(piece)
        left -= len(piece)
    if chunked:
        request.writer.write(b"0\r\nX-Trailer: late\r\n\r\n")
    await request.writer.drain()


async def cut_answer(request):
    """/cut/N/M: says that M bytes come, and cuts after N; /cut/head within the header; /cut/before before it."""
    await request.skip()
    if request.words[1] == "before":
        request.cut()
    if request.words[1] == "head":
        request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Len")
    elif request.words[1] == "chunk":
        request.writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\nhalf")
    else:
        request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % int(request.words[2]))
        request.writer.write(content(int(request.words[1])))
    await request.writer.drain()
    # A close, not a reset: what was written shall arrive.
    request.writer.close()
    raise ConnectionResetError


async def cut_request(request):
    """/cut-request/N: reads N bytes of the body and cuts."""
    await request.reader.readexactly(int(request.words[1]))
    request.cut()


async def stall(request):
    """/stall/N: sends N bytes of a megabyte and then nothing; /stall/head nothing at all."""
    await request.skip()
    if request.words[1] != "head":
        request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + content(int(request.words[1])))
        await request.writer.drain()
    await gone(request)


async def unread(request):
    """/unread: never reads the body."""
    await gone(request)


async def gone(request):
    """Waits until the client has hung up, without reading, and counts it."""
    counts["waiting"] += 1
    poll = select.poll()
    poll.register(request.writer.get_extra_info("socket").fileno(), select.POLLRDHUP)
    while not poll.poll(0):
        await asyncio.sleep(0.01)
    counts["hung up"] += 1
    raise ConnectionResetError


async def fail_then_succeed(request):
    """/fail/STATUS/N?id=…&after=…: the first N requests with this id get the status (0: a cut), then 200."""
    await request.skip()
    requests_by_id[request.query["id"]] += 1
    number = requests_by_id[request.query["id"]]
    if number > int(request.words[2]):
        return await request.answer(200, {"requests": number})
    status = int(request.words[1])
    if not status:
        request.cut()
    fields = [("Retry-After", request.query["after"])] if "after" in request.query else []
    await request.answer(status, {"requests": number}, fields)


async def refuse_early(request):
    """/early/STATUS: answers before the body was read, and hangs up."""
    await request.answer(int(request.words[1]), b"no", [("Connection", "close")])
    # Reads on for a moment, as servers do lest the reset overtakes the answer.
    try:
        async with asyncio.timeout(1):
            await request.skip()
    except (TimeoutError, asyncio.IncompleteReadError):
        pass
    raise ConnectionResetError


async def send_head(request):
    """/head/N: a header with a field of N bytes, in lines of at most 60,000; /head/interim after two others."""
    await request.skip()
    if request.words[1] == "interim":
        request.writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n")
        return await request.answer(200, b"whole", [("X-Folded", "one\r\n  two")])
    if request.words[1] == "none":
        request.writer.write(b"Good morning.\r\n\r\n")
        await request.writer.drain()
        raise ConnectionResetError
    left, fields = int(request.words[1]), []
    while left > 0:
        fields.append(("X-Long", "v" * min(left, 60_000)))
        left -= 60_000
    await request.answer(200, b"whole", fields)


async def answer_status(request):
    """/status/N."""
    await request.skip()
    await request.answer(int(request.words[1]), b"", [("Location", "/elsewhere")])


async def last_answer(request):
    """/last: answers, says that the connection stays, and closes it."""
    await request.skip()
    await request.answer(200, b"whole")
    raise ConnectionResetError


async def tell_counts(request):
    await request.skip()
    await request.answer(200, dict(counts) | {"ids": dict(requests_by_id)})


ROUTES = {
    "echo": echo, "bytes": send_bytes, "cut": cut_answer, "cut-request": cut_request, "stall": stall,
    "unread": unread, "fail": fail_then_succeed, "early": refuse_early, "head": send_head,
    "status": answer_status, "last": last_answer, "counts": tell_counts,
}


async def serve(reader, writer):
    counts["connections"] += 1
    connection = counts["connections"]
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            request = Request(head, reader, writer, connection)
            counts["requests"] += 1
            await ROUTES.get(request.words[0], echo)(request)
    except (asyncio.IncompleteReadError, ConnectionError, TimeoutError, ssl.SSLError):
        pass
    finally:
        counts["closed"] += 1
        writer.close()


async def main():
    parent = os.getppid()
    # A small buffer: what the server could send is then what the client has taken.
    plain = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 16, backlog=512)
    ports = {"http": plain.sockets[0].getsockname()[1]}
    if len(sys.argv) > 2:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        secure = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context, backlog=512)
        ports["https"] = secure.sockets[0].getsockname()[1]
    print(json.dumps(ports), flush=True)
    while os.getppid() == parent:
        await asyncio.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
