"""What was sent and answered: recorded between client and server, or kept beside the tests of the API's types."""

import json
import pathlib
from dataclasses import dataclass, field

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "FlowServiceAPITests"
FLOW_SERVICE = "/data/foundation/flowservice"
# The operations of the samples, by the first part of a file's name.
OPERATIONS = {
    "get-connectionSpecs-configs": ("GET", "/connectionSpecs/x/configs"),
    "get-connections": ("GET", "/connections"),
    "get-connections-test": ("GET", "/connections/x/test"),
    "post-connections": ("POST", "/connections"),
    "patch-connections": ("PATCH", "/connections/x"),
    "get-sourceConnections": ("GET", "/sourceConnections"),
    "post-sourceConnections": ("POST", "/sourceConnections"),
    "get-targetConnections": ("GET", "/targetConnections"),
    "post-targetConnections": ("POST", "/targetConnections"),
    "patch-targetConnections": ("PATCH", "/targetConnections/x"),
    "get-flows": ("GET", "/flows"),
    "post-flows": ("POST", "/flows"),
    "patch-flows": ("PATCH", "/flows/x"),
    "get-runs": ("GET", "/runs"),
    "get-sandboxes": ("GET", "/data/foundation/sandbox-management"),
    "post-adhocrun": ("POST", "/data/core/activation/disflowprovider/adhocrun"),
}


@dataclass
class Exchange:
    """A request and its answer, or one of them."""

    name: str
    method: str
    path: str
    # Whether the request is the program's, and the answer its server's.
    has_request: bool = False
    has_answer: bool = False
    # Pairs of names and values; nothing where they are not known.
    query: list = None
    # By their names in lower case; nothing where they are not known.
    fields: dict = None
    body: object = None
    status: int = 0
    answer: object = None


def samples():
    """The bodies that the client sends, of every kind of account and destination, and the answers it is tested with."""
    for folder in ("Bodies", "Answers"):
        for file in sorted((SAMPLES / folder).glob("*.json")):
            method, path = OPERATIONS[file.name.split(".")[0]]
            exchange = Exchange(file.stem, method, path if path.startswith("/data") else FLOW_SERVICE + path)
            if folder == "Bodies":
                exchange.has_request, exchange.body = True, json.loads(file.read_text())
            else:
                exchange.has_answer, exchange.answer = True, json.loads(file.read_text())
                exchange.status = 201 if method == "POST" else 200
            yield exchange


def recorded(file):
    """What the recorder has written. Of tests of the server only the answers are the program's."""
    for line in pathlib.Path(file).read_text().splitlines():
        if not line.strip():
            continue
        each = json.loads(line)
        yield Exchange(
            "recorded", each["method"], each["path"], each["side"] == "client", True, each["query"], each["fields"],
            each["body"], each["status"], each["answer"])
