"""Signs requests to Azure Storage with Microsoft's SDK: one Authorization header a line.

    python azure_signatures.py REQUESTS.json
"""

import json
import sys
from types import SimpleNamespace
from urllib.parse import urlsplit

from azure.storage.blob._shared.authentication import SharedKeyCredentialPolicy

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
policy = SharedKeyCredentialPolicy(given["account"], given["key"])
for request in given["requests"]:
    target = urlsplit(request["target"])
    headers = request["headers"]
    policy.on_request(SimpleNamespace(
        http_request=SimpleNamespace(
            method=request["method"], url="https://x" + target.path, headers=headers,
            query={name: value for name, _, value in (item.partition("=") for item in target.query.split("&")) if name}),
        context=SimpleNamespace(transport=None)))
    print(headers["Authorization"])
