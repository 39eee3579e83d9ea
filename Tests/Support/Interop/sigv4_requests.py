"""Makes random requests and signs them with botocore; prints them with the signatures, as JSON."""

import datetime
import json
import random
import sys
from urllib.parse import quote

import botocore.auth
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

TEXTS = ["a", "b c", "+", "%", "%20", "~", "*", "(x)", "!'", "=", "&", "é", "名前", "📦", ":", "@", "$", ",", ";", "A-._"]


class FixedTime(datetime.datetime):
    """The time that requests are signed at."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 2, 28, 23, 59, 7, tzinfo=tz)

    @classmethod
    def utcnow(cls):
        return cls(2026, 2, 28, 23, 59, 7)


def text(chance, most):
    return "".join(chance.choice(TEXTS) for _ in range(chance.randint(1, most)))


def main(seed, count):
    chance = random.Random(seed)
    requests = []
    if hasattr(botocore.auth, "get_current_datetime"):
        botocore.auth.get_current_datetime = lambda remove_tzinfo=True: FixedTime.utcnow()
    botocore.auth.datetime = type("module", (), {"datetime": FixedTime})
    for _ in range(count):
        service = chance.choice(["s3", "s3", "sts"])
        token = chance.choice([None, text(chance, 4)])
        token = token and quote(token)
        path = "/" + "/".join(text(chance, 4) for _ in range(chance.randint(0, 4)))
        encoded = quote(path, safe="/-._~")
        query = [[text(chance, 3), chance.choice(["", text(chance, 3)])] for _ in range(chance.randint(0, 4))]
        encoded_query = "&".join(f"{quote(name, safe='-._~')}={quote(value, safe='-._~')}" for name, value in query)
        fields = {f"x-amz-meta-{chance.randint(0, 9)}": " a  b " for _ in range(chance.randint(0, 2))}
        method = chance.choice(["GET", "PUT", "POST", "HEAD", "DELETE"])
        body = bytes(chance.randrange(256) for _ in range(chance.randint(0, 50)))
        url = f"https://bucket.example.com{encoded}" + (f"?{encoded_query}" if query else "")
        request = AWSRequest(method=method, url=url, data=body, headers=dict(fields))
        # The hash of the payload is signed over HTTPS too.
        request.context["payload_signing_enabled"] = True
        request.context["client_config"] = None
        kind = S3SigV4Auth if service == "s3" else SigV4Auth
        signer = kind(Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token), service, "eu-west-1")
        if service == "s3":
            signer._should_sha256_sign_payload = lambda request: True
        signer.add_auth(request)
        requests.append({
            "method": method, "path": encoded, "query": query, "fields": list(map(list, fields.items())),
            "body": list(body), "service": service, "token": token,
            "authorization": request.headers["Authorization"], "date": request.headers["X-Amz-Date"]})
    json.dump(requests, sys.stdout)


main(int(sys.argv[1]), int(sys.argv[2]))
