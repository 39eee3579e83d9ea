"""Asks a server of this program for something, has it told to end before all of the request is there, and says what comes
of it, line by line: `refused` once new connections are, the status of the answer, `ended` when the connection is.

usage: late_request.py FILE PROCESS SIGNAL, where FILE holds what `sluice serve --json` has printed at its first start.
"""

import json
import os
import socket
import sys
import time
from urllib.parse import urlsplit

with open(sys.argv[1]) as file:
    server = json.load(file)
address = urlsplit(server["url"])
ZONE = "10440537-2a7b-4583-ac39-ed38d4b848e8"
body = json.dumps({"name": "Late", "auth": None, "connectionSpec": {"id": ZONE, "version": "1.0"}}).encode()


def connect():
    return socket.create_connection((address.hostname, address.port), timeout=120)


def receive(connection, end):
    text = b""
    while end not in text:
        part = connection.recv(4_096)
        if not part:
            sys.exit(f"the connection ended after {text}")
        text += part
    return text


waiting = connect()
waiting.sendall(
    f"POST /data/foundation/flowservice/connections HTTP/1.1\r\nHost: {address.netloc}\r\n"
    f"Authorization: Bearer {server['token']}\r\nx-api-key: {server['client']}\r\n"
    f"x-gw-ims-org-id: {server['organization']}\r\nx-sandbox-name: {server['sandboxes'][0]}\r\n"
    f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n".encode())
# Now it is being answered.
if not receive(waiting, b"\r\n\r\n").startswith(b"HTTP/1.1 100"):
    sys.exit("the body is not wanted")
os.kill(int(sys.argv[2]), int(sys.argv[3]))
while True:
    try:
        connect().close()
    except ConnectionRefusedError:
        break
    time.sleep(0.01)
print("refused")
waiting.sendall(body)
head = receive(waiting, b"\r\n\r\n")
print(head.split()[1].decode())
while waiting.recv(4_096):
    pass
print("ended")
