"""The token endpoint of Microsoft Entra ID, for service principals."""

import json
import secrets
import uuid
from dataclasses import dataclass
from urllib.parse import parse_qsl

from .answers import Answer


@dataclass
class Principal:
    tenant: str
    id: str
    secret: str
    role: str


@dataclass
class Token:
    role: str
    expires: float


class Tokens:
    """The principals that are known, and the tokens that were handed out."""

    def __init__(self, principals):
        self.principals = principals
        self.lifetime = 3600
        self.issued = {}
        self.requests = 0

    def find(self, token):
        return self.issued.get(token)

    def change_secret(self, id, secret):
        for principal in self.principals:
            if principal.id == id:
                principal.secret = secret
        self.expire()

    def expire(self):
        for token in self.issued.values():
            token.expires = 0


SUFFIXES = ("/oauth2/v2.0/token", "/v2.0/.well-known/openid-configuration")


def is_token_request(path):
    return path.endswith(SUFFIXES)


def answer(tokens, method, path, body, base, now):
    """Answers a request to the authority."""
    tenant = path.strip("/").split("/")[0]
    if not any(principal.tenant == tenant for principal in tokens.principals):
        return refusal(400, "invalid_request", 90002,
                       f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are "
                       "signing into the correct cloud.")
    if path.endswith(SUFFIXES[1]):
        return Answer(200, {"Content-Type": "application/json"}, json.dumps({
            "issuer": f"{base}/{tenant}/v2.0", "token_endpoint": f"{base}/{tenant}/oauth2/v2.0/token",
            "authorization_endpoint": f"{base}/{tenant}/oauth2/v2.0/authorize", "tenant_region_scope": "EU",
            "cloud_instance_name": "microsoftonline.com"}).encode())
    tokens.requests += 1
    form = dict(parse_qsl(body.decode()))
    if method != "POST" or form.get("grant_type") != "client_credentials":
        return refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
    if form.get("scope") != "https://storage.azure.com/.default":
        return refusal(400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.")
    known = [principal for principal in tokens.principals
             if principal.tenant == tenant and principal.id == form.get("client_id")]
    if not known:
        return refusal(400, "unauthorized_client", 700016,
                       f"Application with identifier '{form.get('client_id')}' was not found in the directory 'Test'.")
    secret = form.get("client_secret")
    if secret == "expired":
        return refusal(401, "invalid_client", 7000222, "The provided client secret keys for app are expired.")
    if known[0].secret != secret:
        return refusal(401, "invalid_client", 7000215, "Invalid client secret provided.")
    token = "token-" + secrets.token_urlsafe(32)
    tokens.issued[token] = Token(known[0].role, now + tokens.lifetime)
    return Answer(200, {"Content-Type": "application/json", "Cache-Control": "no-store"}, json.dumps({
        "token_type": "Bearer", "expires_in": tokens.lifetime, "ext_expires_in": tokens.lifetime,
        "access_token": token}).encode())


def refusal(status, error, code, words):
    trace = str(uuid.uuid4())
    return Answer(status, {"Content-Type": "application/json"}, json.dumps({
        "error": error,
        "error_description": f"AADSTS{code}: {words} Trace ID: {trace} Correlation ID: {trace} Timestamp: now",
        "error_codes": [code], "trace_id": trace, "correlation_id": trace}).encode())
