"""A service that takes notifications, as chat programs do.

usage: webhook_server.py FILE

A POST to /hook is taken: FILE gets its body in a line. /busy refuses the first of its requests for now and takes the
next; every other path is refused. Prints {"http": PORT} once it listens, and ends with the process that started it.
"""

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    busy = 1

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status = 404
        if self.path.startswith("/busy") and Handler.busy > 0:
            Handler.busy -= 1
            status = 503
        elif self.path.startswith(("/hook", "/busy")) and self.headers.get("Content-Type") == "application/json":
            with open(sys.argv[1], "a") as file:
                file.write(json.dumps(json.loads(body), sort_keys=True) + "\n")
            status = 200
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(0)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
print(json.dumps({"http": server.server_port}), flush=True)
server.serve_forever()
