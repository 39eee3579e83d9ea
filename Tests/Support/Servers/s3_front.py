"""A front before SeaweedFS that checks what it does not: the region, the hash of the payload, that all `x-amz-`
fields are signed, the clock. Signatures are computed by botocore. It also plays the token service, translates
Google's condition, and makes faults on command (POST /-/faults)."""

import datetime
import hashlib
import http.client
import http.server
import json
import re
import secrets
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit
from xml.sax.saxutils import escape

import s3_listing
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from faults import Fault, Faults

ALGORITHM = "AWS4-HMAC-SHA256"
# A role whose keys hold for an hour, for fewer seconds, or for fewer than the token service says.
ROLE = re.compile(r"arn:aws:iam::123456789012:role/export(-revoked-after|-for)?(?:-(\d+)-seconds)?")
# The keys of the key management service: one that may be used, and one that may not.
KMS_KEY = "arn:aws:kms:eu-central-1:123456789012:key/export"
KMS_KEY_OF_OTHERS = "arn:aws:kms:eu-central-1:123456789012:key/others"


@dataclass
class Refusal(Exception):
    """An answer of S3's that is an error."""

    status: int
    code: str
    message: str = ""
    region: str = ""
    region_header: str = ""
    endpoint: str = ""


class Front:
    """What all requests share: users, faults, the server behind."""

    def __init__(self, users, region, backend, hides_region=False, prefixes=None):
        self.users = dict(users)
        self.tokens = {}
        self.ends = {}
        self.region = region
        self.backend = backend
        self.hides_region = hides_region
        self.prefixes = prefixes or {}
        self.lock = threading.Lock()
        self.faults = Faults()
        self.seen = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    front = None

    def log_message(self, *_):
        pass

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.path.startswith("/-/"):
            return self.control(body)
        self.cut_after = None
        fault = self.front.faults.take(self.command, self.path, self.headers)
        kind = fault.kind if fault else ""
        if kind == "delay":
            time.sleep(fault.seconds)
        if kind == "cutRequest":
            return self.hang_up()
        try:
            if kind == "status":
                self.retry_after = fault.retryAfter
                raise Refusal(fault.status, fault.code, "Please reduce your request rate.")
            if kind == "redirect":
                raise Refusal(
                    fault.status, fault.code, "Please send all future requests to this endpoint.",
                    region_header=fault.region, endpoint=fault.endpoint)
            who = self.check(body)
            self.check_kms(who["headers"])
            if kind == "errorInside":
                return self.answer(200, self.error_text(Refusal(500, "InternalError", "Try again.")))
            if who["service"] == "sts":
                return self.assume_role(body, who)
            self.cut_after = fault.after if kind == "cutAnswer" else None
            if kind == "pageParts":
                self.path += f"&max-parts={fault.after}"
            if "list-type=2" in self.path and self.command == "GET":
                return self.list(who)
            self.pass_on(body, who, drops=kind == "dropAnswer")
        except Refusal as refusal:
            self.region_header = refusal.region_header
            self.answer(refusal.status, self.error_text(refusal))

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_any

    # Control by the tests.

    def control(self, body):
        front = self.front
        if self.path == "/-/faults":
            front.faults.add(Fault(**json.loads(body)))
        elif self.path == "/-/clear":
            front.faults.clear()
            with front.lock:
                front.seen.clear()
        elif self.path == "/-/seen":
            with front.lock:
                return self.answer(200, json.dumps(front.seen).encode(), "application/json")
        self.answer(200, b"")

    # The checks.

    def check(self, body):
        headers = {name.lower(): value for name, value in self.headers.items()}
        authorization = headers.get("authorization", "")
        if not authorization.startswith(ALGORITHM + " "):
            raise Refusal(403, "AccessDenied", "No signature.")
        fields = dict(part.strip().split("=", 1) for part in authorization[len(ALGORITHM):].split(","))
        key_id, day, region, service, _ = fields["Credential"].split("/")
        signed = fields["SignedHeaders"].split(";")
        secret = self.front.users.get(key_id)
        if secret is None:
            raise Refusal(403, "InvalidAccessKeyId", "The key does not exist.")
        if self.front.tokens.get(key_id) != headers.get("x-amz-security-token"):
            raise Refusal(400, "InvalidToken", "The token is malformed.")
        if self.front.ends.get(key_id, time.time() + 1) <= time.time():
            raise Refusal(400, "ExpiredToken", "The provided token has expired.")
        if region != self.front.region:
            raise Refusal(
                400, "AuthorizationHeaderMalformed", f"the region '{region}' is wrong",
                "" if self.front.hides_region else self.front.region)
        stamp = datetime.datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ")
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        if abs((now - stamp).total_seconds()) > 900:
            raise Refusal(403, "RequestTimeTooSkewed", "The difference is too large.")
        must = {name for name in headers if name.startswith(("x-amz-", "x-goog-"))} | {"host"}
        if not must <= set(signed):
            raise Refusal(403, "AccessDenied", "There were headers present which were not signed.")
        content_hash = hashlib.sha256(body).hexdigest()
        declared = headers.get("x-amz-content-sha256", content_hash)
        if service == "s3" and "x-amz-content-sha256" not in headers:
            raise Refusal(400, "MissingSecurityHeader", "x-amz-content-sha256")
        if fields["Signature"] != self.signature(headers, signed, declared, key_id, secret, service):
            raise Refusal(403, "SignatureDoesNotMatch", "The signature does not match.")
        if declared != content_hash:
            raise Refusal(400, "XAmzContentSHA256Mismatch", "The hash does not match.")
        self.check_prefix(key_id)
        with self.front.lock:
            self.seen = {"method": self.command, "path": self.path, "key": key_id, "headers": headers,
                         "status": None}
            self.front.seen.append(self.seen)
        return {"key": key_id, "service": service, "signed": signed, "hash": declared, "headers": headers}

    def signature(self, headers, signed, payload_hash, key_id, secret, service):
        kind = S3SigV4Auth if service == "s3" else SigV4Auth
        signer = kind(Credentials(key_id, secret), service, self.front.region)
        request = AWSRequest(method=self.command, url="http://" + headers["host"] + self.path)
        for name in signed:
            request.headers[name] = " ".join(headers[name].split())
        request.context["timestamp"] = headers["x-amz-date"]
        signer.headers_to_sign = lambda request: request.headers
        canonical = "\n".join([
            self.command, urlsplit(self.path).path, signer._canonical_query_string_url(urlsplit(request.url)),
            signer.canonical_headers(request.headers) + "\n", ";".join(signed), payload_hash])
        return signer.signature(signer.string_to_sign(request, canonical), request)

    def check_prefix(self, key_id):
        """A user who has rights below one prefix only."""
        prefix = self.front.prefixes.get(key_id)
        if prefix is None:
            return
        parts = urlsplit(self.path)
        if parts.path == "/":
            raise Refusal(
                403, "AccessDenied", "User: arn:aws:iam::123456789012:user/tenant is not authorized to perform: "
                "s3:ListAllMyBuckets because no identity-based policy allows it")
        key = parts.path.split("/", 2)[2:]
        named = key[0] if key and key[0] else parse_qs(parts.query).get("prefix", [""])[0]
        if not named.startswith(prefix):
            raise Refusal(403, "AccessDenied", "Access Denied")

    def check_kms(self, headers):
        key = headers.get("x-amz-server-side-encryption-aws-kms-key-id", KMS_KEY)
        if headers.get("x-amz-server-side-encryption") != "aws:kms" or key == KMS_KEY:
            return
        if key == KMS_KEY_OF_OTHERS:
            raise Refusal(
                403, "AccessDenied", "User: arn:aws:iam::123456789012:user/export is not authorized to perform: "
                f"kms:GenerateDataKey on resource: {key} because no identity-based policy allows it")
        raise Refusal(400, "KMS.NotFoundException", f"Key '{key}' does not exist")

    # The answers.

    def pass_on(self, body, who, drops):
        headers = dict(who["headers"])
        headers.pop("connection", None)
        headers.pop("expect", None)
        if headers.get("x-goog-if-generation-match") == "0":
            headers["if-none-match"] = "*"
        self.path = self.path.replace("%5C", quote(s3_listing.BACKSLASH))
        # What SeaweedFS has no keys for.
        is_encrypted = headers.get("x-amz-server-side-encryption") == "aws:kms"
        if is_encrypted:
            headers = {name: value for name, value in headers.items() if "server-side-encryption" not in name}
        is_changed = is_encrypted or self.path != self.seen["path"]
        if is_changed or who["key"] in self.front.tokens or who["key"] in self.front.prefixes:
            headers = self.signed_by_admin(headers, who["hash"])
        backend = self.backend()
        backend.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            backend.putheader(name, value)
        backend.endheaders(body)
        reply = backend.getresponse()
        self.seen["status"] = reply.status
        if drops:
            reply.read()
            return self.hang_up()
        length = reply.headers.get("content-length")
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            if name.lower() not in ("connection", "transfer-encoding"):
                self.send_header(name, value)
        if is_encrypted:
            self.send_header("x-amz-server-side-encryption", "aws:kms")
            self.send_header("x-amz-server-side-encryption-aws-kms-key-id", KMS_KEY)
        is_bare = self.command == "HEAD" or reply.status in (204, 304)
        if length is None and not is_bare:
            whole = reply.read()
            self.send_header("content-length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)
            return
        self.end_headers()
        left = self.cut_after
        while not is_bare and (chunk := reply.read(1 << 18)):
            if left is not None and len(chunk) >= left:
                self.wfile.write(chunk[:left])
                self.wfile.flush()
                reply.close()
                self.server.forget(threading.get_ident())
                return self.hang_up()
            left = None if left is None else left - len(chunk)
            self.wfile.write(chunk)
        reply.read()

    def fetch(self, path, who):
        self.path = path
        headers = self.signed_by_admin({"host": who["headers"]["host"]}, hashlib.sha256(b"").hexdigest())
        backend = self.backend()
        backend.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            backend.putheader(name, value)
        backend.endheaders()
        reply = backend.getresponse()
        return reply.status, reply.read()

    def list(self, who):
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        bucket = parts.path.strip("/")

        status, found = s3_listing.everything(lambda path: self.fetch(path, who), bucket, query.get("prefix", ""))
        body = s3_listing.page(found, query) if status == 200 else found
        if self.cut_after is None:
            return self.answer(status, body)
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:self.cut_after])
        self.hang_up()

    def signed_by_admin(self, headers, payload_hash):
        key_id, secret = next(iter(self.front.users.items()))
        kept = {
            name: value for name, value in headers.items()
            if name not in ("authorization", "x-amz-security-token", "x-amz-date")}
        headers = {**kept, "x-amz-content-sha256": payload_hash, "x-amz-date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")}
        signed = sorted(name for name in headers if name.startswith("x-amz-") or name == "host")
        signature = self.signature(headers, signed, payload_hash, key_id, secret, "s3")
        scope = f"{headers['x-amz-date'][:8]}/{self.front.region}/s3/aws4_request"
        headers["authorization"] = (
            f"{ALGORITHM} Credential={key_id}/{scope}, SignedHeaders={';'.join(signed)}, Signature={signature}")
        return headers

    def assume_role(self, body, who):
        form = dict(parse_qsl(body.decode()))
        with self.front.lock:
            self.seen["path"] = f"/?role-session={form.get('RoleSessionName')}"
        role = ROLE.fullmatch(form.get("RoleArn", ""))
        if not role or form.get("ExternalId", "sluice") != "sluice":
            raise Refusal(403, "AccessDenied", "User is not authorized to perform: sts:AssumeRole")
        key_id, secret, token = "ASIA" + secrets.token_hex(8).upper(), secrets.token_hex(20), secrets.token_hex(64)
        self.front.users[key_id] = secret
        self.front.tokens[key_id] = token
        seconds = int(role[2] or 3600)
        self.front.ends[key_id] = time.time() + seconds
        told = 3600 if role[1] == "-revoked-after" else seconds
        expires = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=told)
        self.answer(200, f"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
            <Credentials><AccessKeyId>{key_id}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>
            <SessionToken>{token}</SessionToken><Expiration>{expires:%Y-%m-%dT%H:%M:%SZ}</Expiration></Credentials>
            </AssumeRoleResult></AssumeRoleResponse>""".encode())

    def error_text(self, refusal):
        region = f"<Region>{refusal.region}</Region>" if refusal.region else ""
        endpoint = f"<Endpoint>{refusal.endpoint}</Endpoint>" if refusal.endpoint else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{refusal.code}</Code>'
            f"<Message>{escape(refusal.message)}</Message>{region}{endpoint}<RequestId>4F2A</RequestId></Error>").encode()

    def answer(self, status, body, kind="application/xml"):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if getattr(self, "retry_after", ""):
            self.send_header("retry-after", self.retry_after)
            self.retry_after = ""
        if getattr(self, "region_header", ""):
            self.send_header("x-amz-bucket-region", self.region_header)
            self.region_header = ""
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def hang_up(self):
        self.close_connection = True
        try:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def backend(self):
        return self.server.connection_of(threading.get_ident(), self.front.backend)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, front, certificate=None):
        super().__init__(("127.0.0.1", 0), type("FrontHandler", (Handler,), {"front": front}))
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.backends = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        if self.context:
            request = self.context.wrap_socket(request, server_side=True)
        try:
            super().finish_request(request, client_address)
        finally:
            self.forget(threading.get_ident())

    def connection_of(self, thread, backend):
        if thread not in self.backends:
            connection = http.client.HTTPConnection(*backend)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.backends[thread] = connection
        return self.backends[thread]

    def forget(self, thread):
        connection = self.backends.pop(thread, None)
        if connection:
            connection.close()

    def handle_error(self, request, client_address):
        pass
