"""Holds what the program sends, and the answers that it is tested with, against Adobe's published description.

usage: validate.py FOLDER

FOLDER has destinations.yaml, flow-service.yaml and sandbox.yaml of the repository
AdobeDocs/experience-platform-apis (static/swagger-specs). The bodies are those of
Tests/FlowServiceAPITests/Bodies, the answers those of Tests/FlowServiceAPITests/Answers; each file is named
after its operation. Prints a table of the operations, then every disagreement; ends with 1 where there is one
that neither the description's own examples share nor anything below explains.
"""

import json
import pathlib
import re
import sys

import yaml
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

TESTS = pathlib.Path(__file__).resolve().parents[2] / "FlowServiceAPITests"
DOCUMENTS = ["destinations", "flow-service", "sandbox"]

# The operations, by the first part of a file's name.
OPERATIONS = {
    "get-connectionSpecs-configs": ("get", "/connectionSpecs/{}/configs"),
    "get-connectionSpecs": ("get", "/connectionSpecs"),
    "get-flowSpecs": ("get", "/flowSpecs"),
    "get-connections": ("get", "/connections"),
    "get-connections-test": ("get", "/connections/{}/test"),
    "post-connections": ("post", "/connections"),
    "patch-connections": ("patch", "/connections/{}"),
    "get-sourceConnections": ("get", "/sourceConnections"),
    "post-sourceConnections": ("post", "/sourceConnections"),
    "get-targetConnections": ("get", "/targetConnections"),
    "post-targetConnections": ("post", "/targetConnections"),
    "patch-targetConnections": ("patch", "/targetConnections/{}"),
    "get-flows": ("get", "/flows"),
    "post-flows": ("post", "/flows"),
    "patch-flows": ("patch", "/flows/{}"),
    "get-runs": ("get", "/runs"),
    "get-sandboxes": ("get", "/sandbox-management"),
    "post-adhocrun": ("post", "/data/core/activation/disflowprovider/adhocrun"),
}
# What the program also does, without a body.
WITHOUT_BODY = [
    ("get", "/connections/{}"), ("get", "/sourceConnections/{}"), ("get", "/targetConnections/{}"),
    ("get", "/flows/{}"), ("get", "/runs/{}"), ("get", "/connectionSpecs/{}"), ("get", "/flowSpecs/{}"),
    ("delete", "/connections/{}"), ("delete", "/sourceConnections/{}"), ("delete", "/targetConnections/{}"),
    ("delete", "/flows/{}"), ("post", "/flows/{}/action"),
]

# Disagreements that are the description's, though none of its own examples shows them: why, in which files and
# document, and what the message says.
KNOWN = [
    ("Of accounts and destinations it describes those of S3 access keys and SFTP alone",
     r"^post-(target)?[cC]onnections\.(s3-role|blob|adls|gcs|landing-zone)", "destinations", r""),
    ("It describes sources of data, which copy from a format (data) and write intervals as texts",
     r"^(post|get)-(source|target)Connections|^(post|get)-flows", "flow-service", r"'data' is a|interval: .* 'string'"),
    ("Once is interval 0, as its own words say beside the list of intervals",
     r"^post-flows\.once", "destinations", r""),
    ("A change is a list of operations, as everywhere else",
     r"^patch-connections", "*", r"is not of type 'object'"),
    ("Names and ids are no objects, what is removed has no value, and operations are in lower case in all examples",
     r"^patch-", "*", r"value: .* 'object'|op: '(replace|remove)'|'value' is a required"),
    ("States between enabled and disabled are real; so are old flows that lack most fields",
     r"^get-flows", "destinations", r"state: |items/1: .* required"),
]


def normal(path):
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/") or "/"


def absolute(value):
    """The value with references that name the document, so that a part of it can stand alone."""
    if isinstance(value, list):
        return [absolute(item) for item in value]
    if isinstance(value, dict):
        return {
            key: "urn:document" + item if key == "$ref" and str(item).startswith("#") else absolute(item)
            for key, item in value.items()}
    return value


class Document:
    def __init__(self, name, folder):
        self.name = name
        self.content = yaml.safe_load((folder / f"{name}.yaml").read_text())
        self.registry = Registry().with_resource(
            "urn:document", DRAFT202012.create_resource(absolute(self.content)))
        self.operations = {
            (method, normal(path)): operation
            for path, item in self.content["paths"].items()
            for method, operation in (item or {}).items()
            if method in ("get", "post", "put", "patch", "delete") and operation}

    def resolve(self, value):
        while isinstance(value, dict) and "$ref" in value:
            target = self.content
            for key in value["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            value = target
        return value

    def schema(self, operation, is_answer):
        """The schema of a body or of the answer of success; nothing where the document has none."""
        if is_answer:
            answers = operation.get("responses", {})
            holder = next((answers[key] for key in ("200", "201", 200, 201) if key in answers), None)
        else:
            holder = operation.get("requestBody")
        for content in (self.resolve(holder) or {}).get("content", {}).values():
            if "schema" in content:
                return content["schema"]
        return None

    def examples(self, operation, is_answer):
        """What the document itself gives for a body or an answer of success."""
        if is_answer:
            holders = [value for key, value in operation.get("responses", {}).items() if str(key).startswith("2")]
        else:
            holders = [operation.get("requestBody")]
        for holder in holders:
            for content in (self.resolve(holder) or {}).get("content", {}).values():
                if "example" in content:
                    yield content["example"]
                for example in content.get("examples", {}).values():
                    yield self.resolve(example).get("value")

    def problems(self, schema, value):
        for error in OAS30Validator(absolute(schema), registry=self.registry).iter_errors(value):
            yield from leaves(error)


def leaves(error):
    """The disagreements beneath one: of alternatives, those of the one that comes nearest."""
    if not error.context:
        yield "/".join(map(str, error.absolute_path)), error.message
        return
    branches = {}
    for child in error.context:
        branches.setdefault(child.schema_path[0], []).append(child)
    nearest = min(branches.values(), key=lambda errors: (
        any(child.validator == "enum" and "pec" in str(child.absolute_path) for child in errors), len(errors)))
    for child in nearest:
        yield from leaves(child)


def rule(path, message):
    """What is disagreed about, whatever the index and the value."""
    return re.sub(r"/?\b\d+\b", "", path), re.sub(r"^.*?(?= is (a|not|valid)| does not)", "", message) \
        if "required property" not in message else message


def explanation(file, document, path, message):
    for why, files, where, words in KNOWN:
        if re.search(files, file) and where in ("*", document) and re.search(words, f"{path}: {message}"):
            return why
    return None


def main(folder):
    documents = [Document(name, pathlib.Path(folder)) for name in DOCUMENTS]
    rows, findings, used = [], [], set()
    for kind in ("Bodies", "Answers"):
        for file in sorted((TESTS / kind).glob("*.json")):
            method, path = OPERATIONS[file.name.split(".")[0]]
            value = json.loads(file.read_text())
            for document in documents:
                operation = document.operations.get((method, path))
                if operation is None:
                    continue
                used.add((document.name, method, path))
                schema = document.schema(operation, kind == "Answers")
                found = sorted(set(document.problems(schema, value))) if schema else []
                own = {
                    rule(*problem) for example in document.examples(operation, kind == "Answers") if schema
                    for problem in document.problems(schema, example)}
                said = "no schema" if not schema else f"{len(found)} disagreements" if found else "agrees"
                rows.append((f"{method.upper()} {path}", kind[:-3] + "y" if kind == "Bodies" else "answer",
                             file.stem, document.name, said))
                findings += [
                    (file.name, document.name, where, message,
                     "Its own examples disagree with it in the same way" if rule(where, message) in own
                     else explanation(file.name, document.name, where, message))
                    for where, message in found]
            if not any(path_ == path and method_ == method for _, method_, path_ in used):
                rows.append((f"{method.upper()} {path}", kind, file.stem, "-", "not published"))
    width = [max(len(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        print("  ".join(text.ljust(size) for text, size in zip(row, width)).rstrip())

    print("\nOperations of the program without a body:")
    for method, path in WITHOUT_BODY:
        places = [d.name for d in documents if (method, path) in d.operations]
        print(f"  {method.upper()} {path}: {', '.join(places) or 'not published'}")
    print("\nPublished operations that the program does not use:")
    for document in documents:
        others = [
            f"{method.upper()} {path}" for method, path in document.operations
            if (document.name, method, path) not in used and (method, path) not in WITHOUT_BODY]
        print(f"  {document.name}: {', '.join(others) or 'none'}")

    print(f"\nDisagreements ({len(findings)}):")
    for why in sorted({finding[4] or "" for finding in findings}):
        print(f"  {why or 'NEW: nobody has explained these yet'}:")
        for file, document, where, message, reason in findings:
            if (reason or "") == why:
                print(f"    {file} / {document}: {where or '(whole)'}: {message[:160]}")
    return 1 if any(finding[4] is None for finding in findings) else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
