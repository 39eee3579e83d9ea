"""Who may do what. Every signature is computed anew with Microsoft's own SDK, so that the server and the program
that it tests cannot share a mistake."""

import datetime
import email.utils
from types import SimpleNamespace
from urllib.parse import urlsplit

from azure.storage.blob._shared.authentication import SharedKeyCredentialPolicy
from azure.storage.blob._shared.shared_access_signature import _SharedAccessHelper
from azure.storage.blob._shared_access_signature import _BlobSharedAccessHelper

from .answers import Refusal, http_date

ALLOWED_SKEW = 15 * 60
UNAUTHENTICATED = (
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly "
    "including the signature."
)
MISMATCH = "This request is not authorized to perform this operation using this permission."


def unauthenticated(detail):
    return Refusal(403, "AuthenticationFailed", UNAUTHENTICATED, detail)


def authorize(request, keys, tokens, now, exists):
    """Refuses a request that its credentials do not allow.

    `exists` says whether the blob is there: the right to create does not suffice to replace.
    """
    authorization = request.header("authorization", "")
    if authorization.startswith("SharedKey "):
        check_shared_key(request, authorization, keys, now)
    elif authorization.startswith("Bearer "):
        check_token(request, authorization[7:], tokens, now)
    elif "sig" in request.query:
        check_shared_access(request, keys, now, exists)
    else:
        raise Refusal(
            401, "NoAuthenticationInformation",
            "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.",
            headers={"WWW-Authenticate": "Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize"})


def check_shared_key(request, authorization, keys, now):
    account = authorization[10:].partition(":")[0]
    key = keys.get(account)
    if key is None or account != request.account:
        raise unauthenticated(f"The account {account} is not the one that is addressed.")
    check_date(request, now)
    headers = {name: value for name, value in request.headers.items() if name != "authorization"}
    signed = SimpleNamespace(
        http_request=SimpleNamespace(
            method=request.method, url="http://x" + request.raw_path, headers=headers,
            query=encoded_query(request.target)),
        context=SimpleNamespace(transport=None))
    SharedKeyCredentialPolicy(account, key).on_request(signed)
    if headers["Authorization"] != authorization:
        raise unauthenticated(
            "The MAC signature found in the HTTP request is not the same as any computed signature.")


def encoded_query(target):
    """The query as Microsoft's requests have it: values as they were sent."""
    items = [item.partition("=") for item in urlsplit(target).query.split("&") if item]
    return {name: value for name, _, value in items}


def check_date(request, now):
    text = request.header("x-ms-date") or request.header("date")
    if not text:
        raise unauthenticated("The Date header is missing.")
    try:
        seconds = email.utils.parsedate_to_datetime(text).timestamp()
    except ValueError:
        raise unauthenticated(f"The Date header is not a date: '{text}'")
    if now - seconds > ALLOWED_SKEW:
        raise unauthenticated(f"Request date header too old: '{text}'")
    if seconds - now > ALLOWED_SKEW:
        raise unauthenticated(f"Request date header too new: '{text}'")


def check_token(request, token, tokens, now):
    def invalid(detail):
        return Refusal(
            401, "InvalidAuthenticationInfo", "Server failed to authenticate the request.", detail,
            headers={"WWW-Authenticate": "Bearer authorization_uri=https://login.microsoftonline.com/x/oauth2/authorize"})

    known = tokens.find(token)
    if known is None:
        raise invalid("IDX12741: JWT must have three segments (JWS) or five segments (JWE).")
    if known.expires <= now:
        raise invalid("Lifetime validation failed. The token is expired.")
    wanted = needed_right(request, lambda: False)
    allowed = {"contributor": "rwcdlam", "reader": "rl", "none": ""}[known.role]
    if not set(wanted) & set(allowed):
        raise Refusal(403, "AuthorizationPermissionMismatch", MISMATCH)


def check_shared_access(request, keys, now, exists):
    query = request.query
    parameters = {
        name: value for name, value in query.items()
        if name in {"sv", "ss", "srt", "sr", "sp", "st", "se", "sip", "spr", "si", "ses", "sdd", "rscc", "rscd",
                    "rsce", "rscl", "rsct", "snapshot"}}
    key = keys.get(request.account)
    if key is None:
        raise unauthenticated(f"The account {request.account} is not known.")
    if "srt" in query:
        helper = _SharedAccessHelper()
        helper.query_dict = dict(parameters)
        helper.add_account_signature(request.account, key)
    else:
        helper = _BlobSharedAccessHelper()
        helper.query_dict = dict(parameters)
        helper.add_resource_signature(request.account, key, signed_resource(request))
    if helper.query_dict["sig"] != query["sig"]:
        raise unauthenticated("Signature did not match. String to sign used was " + helper.string_to_sign)
    check_period(query, now)
    if query.get("spr") == "https" and not request.is_tls:
        raise Refusal(403, "AuthorizationProtocolMismatch",
                      "This request is not authorized to perform this operation using this protocol.")
    if query.get("sip") not in (None, "127.0.0.1"):
        raise Refusal(403, "AuthorizationSourceIPMismatch",
                      "This request is not authorized to perform this operation using this source IP.")
    wanted = needed_right(request, exists)
    if wanted == "account" and "srt" not in query:
        raise Refusal(403, "AuthorizationResourceTypeMismatch",
                      "This request is not authorized to perform this operation using this resource type.")
    if wanted != "account" and not set(wanted) & set(query.get("sp", "")):
        raise Refusal(403, "AuthorizationPermissionMismatch", MISMATCH)


def signed_resource(request):
    kind = request.query.get("sr")
    if kind == "c":
        return "/" + request.container
    if kind == "d":
        depth = int(request.query.get("sdd", "0"))
        return "/".join(["", request.container] + request.name.split("/")[:depth])
    return f"/{request.container}/{request.name}"


def check_period(query, now):
    def seconds(name):
        text = query.get(name)
        if not text:
            return None
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()

    start, expiry = seconds("st"), seconds("se")
    if (expiry is not None and expiry <= now) or (start is not None and start > now):
        bounds = f"Start [{http_date(start)}] - " if start is not None else ""
        raise unauthenticated(
            "Signature not valid in the specified time frame: "
            f"{bounds}Expiry [{http_date(expiry)}] - Current [{http_date(now)}]")


def needed_right(request, exists):
    """The rights of which one suffices, by the letters of a shared access signature."""
    method, query = request.method, request.query
    is_list_of_containers = query.get("comp") == "list" or query.get("resource") == "account"
    if not request.container and method == "GET" and is_list_of_containers:
        # Which containers there are: a right on the whole account.
        return "account" if "sig" in query and "srt" not in query else "l"
    if not request.container or (not request.name and method in ("PUT", "DELETE", "PATCH")):
        return "account"
    if not request.name:
        is_listing = query.get("comp") == "list" or (query.get("resource") == "filesystem" and method == "GET")
        return "l" if is_listing else "account" if "srt" in query else "r"
    if method == "DELETE":
        return "d"
    if method in ("GET", "HEAD"):
        return "r"
    if query.get("action") == "append":
        return "aw"
    if query.get("comp") == "block":
        return "wc"
    return "w" if exists() else "wc"
