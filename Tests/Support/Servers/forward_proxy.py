"""A proxy for tests: it forwards requests with whole URLs, and tunnels with CONNECT.

usage: forward_proxy.py [USER:PASSWORD [STATUS]]

Prints {"proxy": PORT} once it listens. Writes one line for each request to standard error. With credentials
it asks for them; with a status it answers so to every CONNECT.
"""

import asyncio
import base64
import json
import os
import sys

CREDENTIALS = sys.argv[1] if len(sys.argv) > 1 else ""
STATUS = int(sys.argv[2]) if len(sys.argv) > 2 else 200


async def pump(reader, writer):
    try:
        while piece := await reader.read(1 << 16):
            writer.write(piece)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def serve(reader, writer):
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        method, target, _ = lines[0].decode().split(" ")
        print(method, target, file=sys.stderr, flush=True)
        wanted = b"proxy-authorization: basic " + base64.b64encode(CREDENTIALS.encode())
        if CREDENTIALS and not any(line.lower() == wanted.lower() for line in lines):
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return writer.close()
        if method == "CONNECT" and STATUS != 200:
            writer.write(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % STATUS)
            return writer.close()
        address = target if method == "CONNECT" else target.split("/")[2]
        host, _, port = address.rpartition(":")
        other, onward = await asyncio.open_connection(host, int(port))
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        else:
            path = "/" + target.split("/", 3)[3]
            onward.write(head.replace(target.encode(), path.encode(), 1))
        await asyncio.gather(pump(reader, onward), pump(other, writer))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main():
    parent = os.getppid()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(json.dumps({"proxy": server.sockets[0].getsockname()[1]}), flush=True)
    while os.getppid() == parent:
        await asyncio.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
