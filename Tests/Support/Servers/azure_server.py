"""A server of Azure Blob Storage, Data Lake Storage Gen2 and the token endpoint of Microsoft Entra ID, for tests.

    python azure_server.py FOLDER CERTIFICATE KEY CONFIGURATION

FOLDER takes the content. CONFIGURATION is JSON: {"keys": {account: key}, "principals": [[tenant, id, secret, role]]}.
It writes one line of JSON to standard output when it can be used, {"http": port, "https": port}, and ends with
the process that started it; FOLDER goes then too. Accounts are addressed by host (`account.blob.localhost`, `account.dfs.localhost`)
or by path (`/account/container/…`). `/-/…` steers it: see `Handler.control`.
"""

import datetime
import http.server
import json
import os
import shutil
import socket
import ssl
import sys
import threading
import time
import uuid
from urllib.parse import unquote, urlsplit

sys.dont_write_bytecode = True  # What is compiled of the modules beside this one is nothing to keep.

from azure.storage.blob import generate_container_sas

from azure_service import answers, authorization, blob, datalake, tokens
from azure_service.answers import Answer, Refusal
from azure_service.store import Container, Store
from azure_service.tokens import Principal, Tokens
from faults import Fault, Faults

CHUNK = 1 << 20


class Cut(Exception):
    """The connection is to be closed without another word."""


class Body:
    """The body of a request, read once."""

    def __init__(self, stream, length):
        self.stream, self.left = stream, length
        self.cut_after = None

    def chunks(self):
        while self.left > 0:
            count = min(CHUNK, self.left)
            if self.cut_after is not None:
                if self.cut_after == 0:
                    raise Cut
                count = min(count, self.cut_after)
                self.cut_after -= count
            chunk = self.stream.read(count)
            if not chunk:
                raise Cut
            self.left -= len(chunk)
            yield chunk

    def discard(self):
        self.cut_after = None
        for _ in self.chunks():
            pass


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Windows-Azure-Blob/1.0"
    disable_nagle_algorithm = True

    def setup(self):
        if self.server.tls:
            # Here and not when connections are taken: a client that does not speak would hold up all others.
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def log_message(self, *arguments):
        pass

    def date_time_string(self, timestamp=None):
        return answers.http_date(self.server.state.now())

    def do(self):
        state = self.server.state
        self.is_datalake = False
        self.cut_answer = None
        self.lower = {name.lower(): value for name, value in self.headers.items()}
        self.body = Body(self.rfile, int(self.lower.get("content-length", "0")))
        try:
            if self.path.startswith("/-/"):
                return self.send(self.control())
            state.note(self.command, self.path)
            fault = state.faults.take(self.command, self.path, self.lower)
            answer = self.faulty(fault) if fault else self.serve()
            self.send(answer)
        except (Cut, BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True
            self.shut()

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = do_PATCH = do

    def shut(self):
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def faulty(self, fault):
        if fault.kind == "status":
            headers = {"Retry-After": fault.retryAfter} if fault.retryAfter else {}
            return self.refused(Refusal(fault.status, fault.code, "Injected by the test.", headers=headers))
        if fault.kind == "cutRequest":
            self.body.cut_after = fault.after
            self.serve()
            raise Cut
        if fault.kind == "dropAnswer":
            self.serve()
            raise Cut
        if fault.kind == "cutAnswer":
            self.cut_answer = fault.after
        if fault.kind == "delay":
            time.sleep(fault.seconds)
        return self.serve()

    def serve(self):
        state = self.server.state
        path = urlsplit(self.path).path
        if tokens.is_token_request(path):
            base = f"https://{self.lower.get('host', '')}"
            body = b"".join(self.body.chunks())
            return tokens.answer(state.tokens, self.command, path, body, base, state.now())
        try:
            request = self.storage_request(path)
            authorization.authorize(
                request, state.keys, state.tokens, state.now(), lambda: self.exists(request))
            if "content-length" not in self.lower and self.command in ("PUT", "PATCH"):
                raise Refusal(411, "MissingContentLengthHeader", "The content length must be provided.")
            service = datalake if request.is_datalake else blob
            return service.serve(state, request, state.now())
        except Refusal as refusal:
            return self.refused(refusal)

    def storage_request(self, path):
        host = self.lower.get("host", "").partition(":")[0]
        labels = host.split(".")
        if len(labels) == 3 and labels[1] in ("blob", "dfs"):
            account, rest, is_datalake = labels[0], path, labels[1] == "dfs"
        else:
            account, _, rest = path.lstrip("/").partition("/")
            account = unquote(account)
            query = urlsplit(self.path).query
            is_datalake = any(mark in query for mark in ("resource=", "action=", "recursive=")) or (
                "x-ms-rename-source" in self.lower) or self.lower.get("authorization", "").startswith("Bearer ")
        self.is_datalake = is_datalake
        return answers.Request(
            self.command, self.path, self.lower, account, rest, path, is_datalake, bool(self.server.tls), self.body)

    def exists(self, request):
        container = self.server.state.store.container(request.account, request.container)
        return container is not None and request.name in container.blobs

    def refused(self, refusal):
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        request_id = str(uuid.uuid4())
        body = (answers.datalake_error if self.is_datalake else answers.blob_error)(refusal, request_id, now)
        headers = {
            "x-ms-error-code": refusal.code, "x-ms-request-id": request_id,
            "Content-Type": "application/json" if self.is_datalake else "application/xml", **refusal.headers}
        return Answer(refusal.status, headers, body)

    def send(self, answer):
        self.body.discard()
        self.send_response(answer.status)
        answer.headers.setdefault("x-ms-request-id", str(uuid.uuid4()))
        answer.headers.setdefault("x-ms-version", self.lower.get("x-ms-version", "2021-12-02"))
        body = answer.body
        length = len(body) if isinstance(body, bytes) else body[2] - body[1]
        answer.headers.setdefault("Content-Length", str(length))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if self.command == "HEAD":
            return self.end_headers()
        if isinstance(body, bytes):
            self._headers_buffer.append(b"\r\n" + (body if self.cut_answer is None else body[:self.cut_answer]))
            self.flush_headers()
            if self.cut_answer is not None:
                raise Cut
            return
        self.end_headers()
        self.send_segments(*body)

    def send_segments(self, segments, first, end):
        position = 0
        for segment in segments:
            start, stop = max(first, position), min(end, position + segment.length)
            if start < stop:
                with open(segment.path, "rb", buffering=0) as file:
                    file.seek(start - position)
                    self.copy(file, stop - start)
            position += segment.length

    def copy(self, file, count):
        while count > 0:
            chunk = file.read(min(CHUNK, count))
            if self.cut_answer is not None and self.cut_answer < len(chunk):
                self.wfile.write(chunk[:self.cut_answer])
                raise Cut
            if self.cut_answer is not None:
                self.cut_answer -= len(chunk)
            self.wfile.write(chunk)
            count -= len(chunk)

    def control(self):
        """Steers the server.

        POST /-/container/ACCOUNT/NAME makes a container. POST /-/fault adds a fault. POST /-/settings takes pageSize,
        clock (seconds that the server's clock is ahead), tokenLifetime and expireTokens. POST /-/signature/ACCOUNT/NAME
        makes a shared access signature of permissions and seconds. POST /-/key/ACCOUNT and POST /-/secret/PRINCIPAL take
        a new value for them; what was made by the former, signatures and tokens, holds no longer.
        GET /-/state/ACCOUNT/NAME tells of the requests, the token requests, and what is in the container.
        """
        state = self.server.state
        parts = self.path.split("/")[2:]
        body = b"".join(self.body.chunks())
        value = json.loads(body) if body else {}
        if parts[0] == "container":
            state.store.containers(parts[1])[parts[2]] = Container(state.now())
        elif parts[0] == "fault":
            state.faults.add(Fault(**value))
        elif parts[0] == "settings":
            state.page_size = value.get("pageSize", state.page_size)
            state.clock = value.get("clock", state.clock)
            state.tokens.lifetime = value.get("tokenLifetime", state.tokens.lifetime)
            if value.get("expireTokens"):
                state.tokens.expire()
        elif parts[0] == "signature":
            expiry = datetime.datetime.fromtimestamp(time.time() + value["seconds"], datetime.timezone.utc)
            signature = generate_container_sas(
                parts[1], parts[2], account_key=value.get("key", state.keys[parts[1]]),
                permission=value["permissions"], expiry=expiry)
            return Answer(200, {"Content-Type": "text/plain"}, signature.encode())
        elif parts[0] == "key":
            state.keys[parts[1]] = value["key"]
        elif parts[0] == "secret":
            state.tokens.change_secret(parts[1], value["secret"])
        elif parts[0] == "state":
            return Answer(200, {"Content-Type": "application/json"}, json.dumps(state.describe(*parts[1:])).encode())
        else:
            return Answer(404)
        return Answer(200)


class State:
    """Everything that the connections share."""

    def __init__(self, folder, configuration):
        self.store = Store(folder)
        self.keys = configuration["keys"]
        self.tokens = Tokens([Principal(*values) for values in configuration.get("principals", [])])
        self.faults = Faults()
        self.page_size = 5000
        self.clock = 0
        self.requests = []
        self.lock = threading.Lock()

    def now(self):
        return time.time() + self.clock

    def note(self, method, target):
        with self.lock:
            self.requests.append(f"{method} {target}")
            del self.requests[:-10_000]

    def describe(self, account=None, name=None):
        container = self.store.container(account, name) if account else None
        with self.lock:
            described = {"requests": list(self.requests), "tokenRequests": self.tokens.requests}
        if container:
            with container.lock:
                described["uncommitted"] = [key for key in container.uncommitted if key not in container.blobs]
                described["blobs"] = list(container.names())
                described["blocks"] = {name: len(blocks) for name, blocks in container.uncommitted.items()}
        return described


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, state, tls=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.state, self.tls = state, tls
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if not isinstance(error, (OSError, ValueError)):
            super().handle_error(request, client_address)


def end_with_parent(parent, folder):
    # Not PR_SET_PDEATHSIG: that follows the thread that started this process, and threads of a pool come and go.
    while os.getppid() == parent:
        time.sleep(0.5)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main(folder, certificate, key, configuration):
    parent = os.getppid()
    state = State(folder, json.loads(configuration))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    servers = [Server(state), Server(state, tls)]
    print(json.dumps({"http": servers[0].server_port, "https": servers[1].server_port}), flush=True)
    end_with_parent(parent, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
