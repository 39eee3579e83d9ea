"""What a request is, and what is answered: shared by all services of the test server."""

import email.utils
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape


class Refusal(Exception):
    """A request that is not done, as the service tells it."""

    def __init__(self, status, code, message, detail=None, headers=None):
        super().__init__(code)
        self.status, self.code, self.message, self.detail = status, code, message, detail
        self.headers = headers or {}


@dataclass
class Answer:
    """What is answered; the body is bytes, or segments of stored content with a range."""

    status: int
    headers: dict = field(default_factory=dict)
    body: object = b""


class Request:
    """A request to a storage account, with its target taken apart."""

    def __init__(self, method, target, headers, account, path, raw_path, is_datalake, is_tls, body):
        self.method, self.target, self.account = method, target, account
        self.headers = headers
        self.raw_path = raw_path
        self.is_datalake, self.is_tls = is_datalake, is_tls
        self.body = body
        self.query = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        container, _, name = path.lstrip("/").partition("/")
        self.container = unquote(container)
        self.name = unquote(name)

    def header(self, name, default=None):
        return self.headers.get(name.lower(), default)


def http_date(seconds):
    """The time in the form of HTTP."""
    return email.utils.formatdate(seconds, usegmt=True)


def blob_error(refusal, request_id, now):
    """The body of an error of the Blob service."""
    detail = f"<AuthenticationErrorDetail>{escape(refusal.detail)}</AuthenticationErrorDetail>" if refusal.detail else ""
    message = f"{refusal.message}\nRequestId:{request_id}\nTime:{now}"
    return (
        f'\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>{refusal.code}</Code>'
        f"<Message>{escape(message)}</Message>{detail}</Error>"
    ).encode()


def datalake_error(refusal, request_id, now):
    """The body of an error of Data Lake Storage."""
    import json

    message = f"{refusal.message}\nRequestId:{request_id}\nTime:{now}"
    error = {"code": refusal.code, "message": message}
    if refusal.detail:
        error["detail"] = {"AuthenticationErrorDetail": refusal.detail}
    return json.dumps({"error": error}).encode()
