"""Published descriptions of an API (OpenAPI 3.0), and what is wrong with values by them."""

import re
from urllib.parse import urlsplit

import yaml
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

METHODS = ("get", "post", "put", "patch", "delete")
# Where the parts of a document can be found by a reference.
PLACE = "urn:document"


class Document:
    """One description. What it refers to and does not have is taken for “anything”, and noted in `dangling`."""

    def __init__(self, name, text):
        self.name = name
        self.dangling = set()
        content = yaml.safe_load(text)
        self.content = self._without_dangling(content, content)
        self.registry = Registry().with_resource(PLACE, DRAFT202012.create_resource(absolute(self.content)))
        servers = self.content.get("servers") or [{"url": ""}]
        self.base = urlsplit(re.sub(r"\{[^}]*\}", "x", servers[0]["url"])).path.rstrip("/")
        self.operations = {
            (method.upper(), self.base + template(path)): operation
            for path, item in self.content["paths"].items()
            for method, operation in (item or {}).items()
            if method in METHODS and operation}
        self._validators = {}

    def operation(self, method, path):
        """The path as it is published, and the operation; nothing where it is not published."""
        words = path.strip("/").split("/")
        best = None
        for (its_method, its_path), operation in self.operations.items():
            its_words = its_path.strip("/").split("/")
            if its_method == method and len(its_words) == len(words) and all(
                    own in ("{}", word) for own, word in zip(its_words, words)):
                if best is None or its_path.count("{}") < best[0].count("{}"):
                    best = its_path, operation
        return best

    def resolve(self, value):
        while isinstance(value, dict) and "$ref" in value:
            value = self._target(value["$ref"], self.content)
        return value

    def parameters(self, operation, place):
        """The parameters of a place (`query`, `header`), by their names in lower case."""
        resolved = (self.resolve(each) or {} for each in operation.get("parameters", []))
        return {each["name"].lower(): each for each in resolved if each.get("in") == place}

    def body(self, operation):
        """What describes the body of a request; nothing where there is none."""
        return self._content(operation.get("requestBody"))

    def answer(self, operation, status):
        """What describes the answers of a status: whether they are published, and their content."""
        answers = {str(key): value for key, value in operation.get("responses", {}).items()}
        for key in (str(status), f"{str(status)[0]}XX", "default"):
            if key in answers:
                return True, self._content(answers[key])
        return False, None

    def examples(self, content):
        """What the document itself gives for a content."""
        for media in (content or {}).values():
            if "example" in media:
                yield media["example"]
            for example in (media.get("examples") or {}).values():
                if "value" in (self.resolve(example) or {}):
                    yield self.resolve(example)["value"]

    def schema(self, content):
        """The schema of a content; nothing where it has none."""
        return next((media["schema"] for media in (content or {}).values() if media.get("schema")), None)

    def problems(self, schema, value):
        """What is wrong with a value: where, and what."""
        validator = self._validators.get(id(schema))
        if validator is None:
            # Together with the schema, so that its id stays its own.
            validator = OAS30Validator(absolute(schema), registry=self.registry), schema
            self._validators[id(schema)] = validator
        return sorted({problem for error in validator[0].iter_errors(value) for problem in leaves(error)})

    def _content(self, holder):
        return (self.resolve(holder) or {}).get("content") or {}

    def _target(self, reference, content):
        """What a reference means; a `KeyError` where it leads nowhere."""
        if not reference.startswith("#/"):
            raise KeyError(reference)
        for key in reference.removeprefix("#/").split("/"):
            key = key.replace("~1", "/").replace("~0", "~")
            if not isinstance(content, dict) or key not in content:
                raise KeyError(reference)
            content = content[key]
        return content

    def _without_dangling(self, value, content):
        if isinstance(value, list):
            return [self._without_dangling(item, content) for item in value]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("$ref"), str):
            try:
                self._target(value["$ref"], content)
            except KeyError:
                self.dangling.add(value["$ref"])
                return {}
        return {key: self._without_dangling(item, content) for key, item in value.items()}


def template(path):
    """A path in which every parameter is `{}`."""
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/") or "/"


def absolute(value):
    """The value with references that name the document, so that a part of it can stand alone."""
    if isinstance(value, list):
        return [absolute(item) for item in value]
    if isinstance(value, dict):
        return {
            key: PLACE + item if key == "$ref" and str(item).startswith("#") else absolute(item)
            for key, item in value.items()}
    return value


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


def rule(where, message):
    """What is disagreed about, whatever the index and the value."""
    where = re.sub(r"/?\b\d+\b", "", where)
    if "required property" in message or message.startswith(("the ", "a body ")):
        return where, message
    return where, re.sub(r"^.*?(?= is (a|not|valid)\b| does not| should not)", "", message, flags=re.S)
