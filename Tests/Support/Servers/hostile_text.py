#!/usr/bin/env python3
"""Servers that say things which could steer a terminal.

Usage: hostile_text.py s3|ssh

s3 answers every request with an error of Amazon S3 whose message is hostile; ssh sends hostile lines before its
version, as RFC 4253, section 4.2, lets it, and then ends the connection with a hostile reason. The port is printed
first.
"""
import http.server
import socketserver
import sys
import threading

TEXT = "denied \x9b31m\x9d0;owned\x9c \u202eevil\u2066 \u200f" + "one&#10;two&#13;&#9;three" + "z" + "\u0301" * 60 + "x" * 4000


class S3(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        body = (f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>Access{TEXT}</Code><Message>{TEXT}</Message>'
                f"<RequestId>{TEXT}</RequestId></Error>").encode()
        self.send_response(403)
        self.send_header("Content-Type", "application/xml")
        self.send_header("x-amz-request-id", "id-\\x1b[31m-\x1b]0;owned\x07")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

    def log_message(self, *_):
        pass


class SSH(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            self.request.sendall(b"\x1b[2J\x1b]0;owned\x07 welcome \x9b31m \xff\xfe\r\n" * 3)
            self.request.sendall(b"SSH-2.0-evil\x1b[31m\x1b]0;owned\x07\r\n")
            self.request.recv(65536)
            # A packet that is none, and so an error.
            self.request.sendall(b"\x00\x00\xff\xff\x1b[31m\x1b[2J" * 8)
        except OSError:
            # The client has heard enough.
            pass


class Threaded(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def main():
    server = Threaded(("127.0.0.1", 0), {"s3": S3, "ssh": SSH}[sys.argv[1]])
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # It ends with whoever has started it.
    sys.stdin.read()


if __name__ == "__main__":
    main()
