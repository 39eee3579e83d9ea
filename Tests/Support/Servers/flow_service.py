"""A Flow Service for tests, with the identity service before it and the gateway around it.

usage: flow_service.py CONFIGURATION

CONFIGURATION is JSON: clientID, clientSecret, organization, sandboxes, specs (connection specs).
Prints {"http": PORT} on one line once it listens, and ends with the process that started it. It checks every
header of every call. What goes wrong is said by POST /-/fault, one JSON object: kind (see FAULTS), method and
contains (which requests), skip, times, status, body, fields, seconds.
"""

import json
import os
import socket
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from flow_service_entities import DATA_LAKE, Entities, Refusal, refusal

FAULTS = (
    "status",  # refused with status, body and fields; nothing is done
    "unheard",  # the connection is cut before anything is done
    "unanswered",  # done, and the connection is cut before the answer
    "failed",  # done, and answered with status all the same
    "cut",  # done, and the answer is cut in its middle
    "slow",  # done, and the answer comes after some seconds
    "body",  # done, and answered with another body
)
FLOW_SERVICE = "/data/foundation/flowservice"
COLLECTIONS = ("connectionSpecs", "flowSpecs", "connections", "sourceConnections", "targetConnections", "flows", "runs")


class Platform:
    def __init__(self, configuration):
        self.configuration = configuration
        self.lock = threading.RLock()
        self.entities = Entities(configuration["organization"])
        for spec in configuration["specs"]:
            self.entities.add("connectionSpecs", spec)
        self.tokens = {}
        self.lifetime = 86_399
        self.faults = []
        self.requests = []
        self.sign_ins = 0
        self.landing_zone_key = 1

    def fault(self, method, path):
        """The fault that strikes a request, if any."""
        for fault in self.faults:
            if fault.get("method", method) != method or fault.get("contains", "") not in path:
                continue
            if fault.get("skip", 0) > 0:
                fault["skip"] -= 1
                continue
            if fault.get("times", 1) > 0:
                fault["times"] = fault.get("times", 1) - 1
                return fault
        return None

    # The identity service

    def sign_in(self, fields, form):
        self.sign_ins += 1
        if fields.get("content-type") != "application/x-www-form-urlencoded":
            raise Refusal(400, {"error": "invalid_request", "error_description": "not a form"})
        if form.get("grant_type") != ["client_credentials"]:
            raise Refusal(400, {"error": "unsupported_grant_type"})
        if form.get("client_id") != [self.configuration["clientID"]] or form.get("client_secret") != [
                self.configuration["clientSecret"]]:
            raise Refusal(401, {"error": "invalid_client", "error_description": "invalid client_secret parameter"})
        if "openid" not in form.get("scope", [""])[0].split(","):
            raise Refusal(400, {"error": "invalid_scope", "error_description": "unknown scope"})
        token = f"eyJ{uuid.uuid4().hex}"
        self.tokens[token] = time.time() + self.lifetime
        return {"access_token": token, "token_type": "bearer", "expires_in": self.lifetime}

    # The gateway

    def check(self, method, path, fields, body):
        token = fields.get("authorization", "")
        if not token:
            raise Refusal(403, {"error_code": "403010", "message": "Oauth token is missing."})
        if self.tokens.get(token.removeprefix("Bearer "), 0) < time.time():
            raise Refusal(401, {"error_code": "401013", "message": "Oauth token is not valid"})
        if fields.get("x-api-key") != self.configuration["clientID"]:
            raise Refusal(403, {"error_code": "403003", "message": "Api Key is invalid"})
        if fields.get("x-gw-ims-org-id") != self.configuration["organization"]:
            raise Refusal(401, {
                "type": "http://ns.adobe.com/aep/errors/2001-401", "title": "Wrong organisation", "status": 401})
        if "/sandbox-management" in path:
            if "x-sandbox-name" in fields:
                raise Refusal(400, {"message": "Sandboxes are not in a sandbox."})
        elif fields.get("x-sandbox-name") not in self.configuration["sandboxes"]:
            raise Refusal(404, {"code": "2100-404", "message": "Sandbox not found"})
        has_type = fields.get("content-type") == "application/json"
        if has_type != bool(body):
            raise Refusal(400, {
                "type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError",
                "detail": "A valid content-type must be specified"})

    def call(self, method, path, query, fields, body):
        """The status and the body of an answer."""
        if path.startswith(FLOW_SERVICE + "/"):
            return self.flow_service(method, path.removeprefix(FLOW_SERVICE + "/").split("/"), query, fields, body)
        if path == "/data/foundation/sandbox-management/":
            offset, limit = int(query["offset"][0]), int(query["limit"][0])
            names = self.configuration["sandboxes"][offset:offset + limit]
            return 200, {"sandboxes": [
                {"name": name, "title": name.title(), "state": "active", "isDefault": name == "prod",
                 "type": "production" if name == "prod" else "development"} for name in names],
                "_page": {"limit": limit, "count": len(names)}}
        if path == "/data/core/activation/disflowprovider/adhocrun" and method == "POST":
            if fields.get("accept") != "application/vnd.adobe.adhoc.dataset.activation+json; version=1":
                raise Refusal(406, {"message": "Not acceptable"})
            return 200, self.entities.ad_hoc(body, "https://platform.example.com")
        if path == "/data/foundation/connectors/landingzone/credentials":
            if query.get("type") != ["dlz_destination"]:
                raise refusal(400, "Which landing zone?")
            if method == "POST" and query.get("action") == ["refresh"]:
                self.landing_zone_key += 1
            signature = f"sv=2025&sig=key{self.landing_zone_key}"
            return 200, {
                "containerName": "dlz-destination", "SASToken": signature, "storageAccountName": "acct",
                "SASUri": f"https://acct.blob.core.windows.net/dlz-destination?{signature}"}
        raise Refusal(404, {"error_code": "404000", "message": "Resource not found"})

    def flow_service(self, method, words, query, fields, body):
        entities = self.entities
        if words[0] not in COLLECTIONS:
            raise Refusal(404, {"message": "No such resource"})
        if words[0] == "connectionSpecs" and words[2:] == ["configs"] and words[1] == DATA_LAKE:
            return 200, entities.configs(query)
        if len(words) == 1:
            if method == "POST":
                return 201, entities.create(words[0], body)
            return 200, entities.list(words[0], query)
        if words[2:] == ["test"]:
            account = entities.get("connections", words[1])
            return 200, {"result": "wrong" not in json.dumps(account.get("auth", {}))}
        if words[2:] == ["action"]:
            return 200, entities.act(words[1], query["op"][0])
        if len(words) > 2:
            raise Refusal(404, {"message": "No such resource"})
        if method == "PATCH":
            return 200, entities.patch(words[0], words[1], body, fields.get("if-match"))
        if method == "DELETE":
            entities.remove(words[0], words[1])
            return 202 if words[0] != "connections" else 204, None
        return 200, {"items": [entities.shown(entities.get(words[0], words[1]))]}

    # Steering

    def control(self, path, body):
        if path == "/-/fault":
            assert body["kind"] in FAULTS
            self.faults.append(body)
        elif path == "/-/settings":
            self.lifetime = body.get("tokenLifetime", self.lifetime)
            if body.get("expireTokens"):
                self.tokens.clear()
            if body.get("endFaults"):
                self.faults.clear()
            for number in range(body.get("datasets", 0)):
                self.entities.datasets.append(
                    {"id": f"{number:024x}", "name": f"Dataset {number:05}", "aspect": "production"})
            if "flowState" in body:
                for flow in self.entities.collections["flows"].values():
                    flow["state"] = body["flowState"]
            if "touchFlows" in body:
                for flow in self.entities.collections["flows"].values():
                    self.entities.touch(flow)
        elif path == "/-/add":
            return self.entities.add(body["collection"], body["entity"])
        elif path == "/-/run":
            flow = self.entities.get("flows", body["flow"])
            return self.entities.run(flow, body.get("dataset"), **body.get("metrics", {}))
        elif path == "/-/state":
            return {
                "requests": self.requests, "signIns": self.sign_ins,
                "counts": {name: len(items) for name, items in self.entities.collections.items()},
                "accounts": list(self.entities.collections["connections"].values())}
        return {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    platform = None

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (ConnectionError, socket.timeout):
            self.close_connection = True

    def serve(self):
        parts = urlsplit(self.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        length = int(self.headers.get("Content-Length") or 0)
        bytes_ = self.rfile.read(length)
        fields = {name.lower(): value for name, value in self.headers.items()}
        platform = self.platform
        if parts.path.startswith("/-/"):
            with platform.lock:
                return self.answer(200, platform.control(parts.path, json.loads(bytes_ or b"{}")))
        with platform.lock:
            platform.requests.append({"method": self.command, "target": self.path, "fields": fields})
            fault = platform.fault(self.command, self.path) or {"kind": ""}
        if fault["kind"] == "status":
            return self.answer(fault["status"], fault.get("body", {"message": "Fault"}), fault.get("fields", {}))
        if fault["kind"] == "unheard":
            return self.cut()
        with platform.lock:
            status, body = self.outcome(parts.path, query, fields, bytes_)
        if fault["kind"] == "unanswered":
            return self.cut()
        if fault["kind"] == "slow":
            time.sleep(fault["seconds"])
        if fault["kind"] == "failed":
            status, body = fault["status"], {"message": "Fault"}
        if fault["kind"] == "body":
            body = fault["body"]
        return self.answer(status, body, is_cut=fault["kind"] == "cut")

    def outcome(self, path, query, fields, bytes_):
        try:
            if path == "/ims/token/v3":
                return 200, self.platform.sign_in(fields, parse_qs(bytes_.decode()))
            body = json.loads(bytes_) if bytes_ else None
            self.platform.check(self.command, path, fields, body)
            return self.platform.call(self.command, path, query, fields, body)
        except Refusal as error:
            return error.status, error.body

    def answer(self, status, body, fields=None, is_cut=False):
        bytes_ = b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("x-request-id", f"request-{uuid.uuid4().hex[:8]}")
        self.send_header("Content-Length", str(len(bytes_)))
        for name, value in (fields or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(bytes_[: len(bytes_) // 2] if is_cut else bytes_)
        if is_cut:
            self.cut()

    def cut(self):
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_POST = do_PATCH = do_DELETE = serve

    def log_message(self, format, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(0)


if __name__ == "__main__":
    Handler.platform = Platform(json.loads(sys.argv[1]))
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    print(json.dumps({"http": server.server_address[1]}), flush=True)
    server.serve_forever()
