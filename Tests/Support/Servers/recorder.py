"""Passes requests on to servers of this machine, and writes every request with its answer down.

usage: recorder.py FILE

A request for /SIDE/PORT/PATH goes to port PORT as one for /PATH; SIDE says whose it is: `client` for the program's own
client, anything else for others. FILE gets a line of JSON for each, without the values of credentials. Prints {"http": PORT}
once it listens, and ends with the process that started it.
"""

import http.client
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

# Passed on, and never written down.
CREDENTIALS = ("authorization", "x-api-key")
OF_THE_CONNECTION = ("connection", "keep-alive", "transfer-encoding", "host")


def content(body):
    """JSON as a value; anything else as text, and nothing for no body."""
    if not body:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode(errors="replace")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    file = None
    lock = threading.Lock()

    def pass_on(self):
        _, side, port, path = self.path.split("/", 3)
        path = "/" + path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fields = [(name, value) for name, value in self.headers.items() if name.lower() not in OF_THE_CONNECTION]
        connection = http.client.HTTPConnection("127.0.0.1", int(port))
        connection.putrequest(self.command, path, skip_accept_encoding=True)
        for name, value in fields:
            connection.putheader(name, value)
        connection.endheaders(body or None)
        answer = connection.getresponse()
        bytes_ = answer.read()
        self.note(side, path, fields, body, answer, bytes_)
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OF_THE_CONNECTION:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(bytes_)
        connection.close()

    def note(self, side, path, fields, body, answer, bytes_):
        parts = urlsplit(path)
        # A sign-in is a form with a secret in it, and no part of the described APIs.
        if parts.path.startswith("/ims/"):
            return
        line = json.dumps({
            "side": side, "method": self.command, "path": parts.path,
            "query": parse_qsl(parts.query, keep_blank_values=True),
            "fields": {
                name.lower(): "" if name.lower() in CREDENTIALS else value for name, value in fields},
            "body": content(body), "status": answer.status, "answer": content(bytes_)})
        with self.lock, open(self.file, "a") as file:
            file.write(line + "\n")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = pass_on

    def log_message(self, format, *arguments):
        pass


class Recorder(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, file):
        super().__init__(("127.0.0.1", 0), type("Recording", (Handler,), {"file": file}))
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    recorder = Recorder(sys.argv[1])
    parent = os.getppid()
    print(json.dumps({"http": recorder.server_address[1]}), flush=True)
    while os.getppid() == parent:
        time.sleep(0.2)
