"""Holds exchanges against descriptions: what is covered, and what disagrees."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from documents import rule


@dataclass(frozen=True)
class Finding:
    """A disagreement, whatever its place in a list and its value."""

    operation: str
    # `request` or `answer`.
    part: str
    document: str
    where: str
    message: str
    # `recorded`, or `samples`.
    source: str
    # Whether the description's own examples disagree with it in the same way.
    is_in_examples: bool = False


@dataclass(frozen=True)
class Known:
    """Disagreements that are the description's, or meant: why, and which. All but the reason are patterns."""

    reason: str
    operation: str
    words: str
    part: str = ""
    document: str = ""
    source: str = ""

    def explains(self, finding):
        return (
            re.search(self.operation, finding.operation) and re.search(self.document, finding.document)
            and re.search(self.part, finding.part) and re.search(self.source, finding.source)
            and re.search(self.words, f"{finding.where}: {finding.message}"))


class Check:
    def __init__(self, documents, known):
        self.documents, self.known = documents, known
        # By operation: of each document, requests, and answers with their status.
        self.published = defaultdict(set)
        self.requests, self.answers = Counter(), defaultdict(Counter)
        # Each finding, with the first value that shows it and how often it was found.
        self.findings, self.shown = Counter(), {}
        # Requests for what nobody publishes, and that were refused.
        self.strays = 0
        self._own = {}

    def add(self, exchange):
        matches = [
            (document, *match) for document in self.documents
            if (match := document.operation(exchange.method, exchange.path))]
        if not matches and exchange.status >= 400:
            self.strays += 1
            return
        path = matches[0][1] if matches else re.sub(r"/[^/]*\d[^/]*(?=/|$)", "/{}", exchange.path.rstrip("/"))
        name = f"{exchange.method} {path}"
        if exchange.has_request:
            self.requests[name] += 1
        if exchange.has_answer:
            self.answers[name][exchange.status] += 1
        for document, path, operation in matches:
            self.published[name].add(document.name)
            # What the server takes for wrong is wrong by intention.
            if exchange.has_request and exchange.status not in (400, 422):
                for finding in self.request(document, operation, exchange):
                    self.note(name, "request", document, exchange, *finding)
            if exchange.has_answer:
                for finding in self.answer(document, operation, exchange):
                    self.note(name, "answer", document, exchange, *finding)

    def request(self, document, operation, exchange):
        if exchange.fields is not None:
            for name, parameter in document.parameters(operation, "header").items():
                if parameter.get("required") and name not in exchange.fields:
                    yield "", f"the header {name} is required", False
        if exchange.query is not None:
            parameters = document.parameters(operation, "query")
            for name, parameter in parameters.items():
                if parameter.get("required") and name not in {key.lower() for key, _ in exchange.query}:
                    yield "", f"the query {name} is required", False
            for name in sorted({key for key, _ in exchange.query}):
                parameter = parameters.get(name.lower())
                if parameter is None:
                    yield "", f"the query {name} is not published", False
                    continue
                schema = parameter.get("schema") or {}
                values = [typed(value) for key, value in exchange.query if key == name]
                if (document.resolve(schema) or {}).get("type") == "array":
                    values = [values]
                for value in values:
                    for where, message in document.problems(schema, value):
                        yield f"?{name}", message, False
        content = document.body(operation)
        if exchange.body is not None:
            if not content:
                yield "", "a body is not published", False
            yield from self.content(document, content, exchange.body)

    def answer(self, document, operation, exchange):
        is_published, content = document.answer(operation, exchange.status)
        if not is_published:
            yield "", f"the status {exchange.status} is not published", False
        elif exchange.answer is not None:
            for where, message, is_own in self.content(document, content, exchange.answer):
                yield where, f"{message} (status {exchange.status})" if exchange.status >= 300 else message, is_own

    def content(self, document, content, value):
        schema = document.schema(content)
        if schema is None:
            return
        key = id(schema)
        if key not in self._own:
            self._own[key] = {
                rule(*problem) for example in document.examples(content)
                for problem in document.problems(schema, example)}
        for where, message in document.problems(schema, value):
            yield where, message, rule(where, message) in self._own[key]

    def note(self, operation, part, document, exchange, where, message, is_own):
        its_where, its_rule = rule(where, message)
        source = "recorded" if exchange.name == "recorded" else "samples"
        finding = Finding(operation, part, document.name, its_where, its_rule, source, is_own)
        self.findings[finding] += 1
        self.shown.setdefault(finding, (exchange.name, message))

    def reason(self, finding):
        for known in self.known:
            if known.explains(finding):
                return known.reason
        return "Its own examples disagree with it in the same way" if finding.is_in_examples else None

    def report(self):
        """Prints the table and the disagreements; whether all of them have a reason."""
        open_findings = Counter()
        for finding in self.findings:
            open_findings[finding.operation] += self.reason(finding) is None
        names = sorted(set(self.requests) | set(self.answers), key=lambda name: tuple(reversed(name.split(" "))))
        print(table([("operation", "published in", "requests", "answers", "disagreements")] + [
            (short(name), ", ".join(sorted(self.published[name])) or "-", str(self.requests[name] or "-"),
             ", ".join(f"{count}×{status}" for status, count in sorted(self.answers[name].items())) or "-",
             summary([f for f in self.findings if f.operation == name], open_findings[name],
                     self.published[name]))
            for name in names]))
        covered = sum(1 for name in names if self.published[name])
        print(f"\n{covered} published operations are covered, {len(names) - covered} others have no description; "
              f"{self.strays} requests for anything else were refused.")
        print("\nPublished and not covered:")
        for document in self.documents:
            missing = sorted(
                f"{method} {path}" for method, path in document.operations if f"{method} {path}" not in names)
            print(f"  {document.name}: {', '.join(map(short, missing)) or 'none'}")
        for document in self.documents:
            if document.dangling:
                print(f"\n{document.name} refers to what it does not have: {', '.join(sorted(document.dangling))}")
        reasons = defaultdict(list)
        for finding in self.findings:
            reasons[self.reason(finding) or ""].append(finding)
        print(f"\nDisagreements ({len(self.findings)}):")
        for reason, findings in sorted(reasons.items()):
            print(f"  {reason or 'WITHOUT A REASON'}:")
            for finding in sorted(findings, key=lambda f: (f.operation, f.part, f.document, f.where, f.message)):
                name, message = self.shown[finding]
                print(f"    {self.findings[finding]}× {short(finding.operation)}, {finding.part}, "
                      f"{finding.document}, {name}: {finding.where or '(whole)'}: {message[:160]}")
        unused = [known.reason for known in self.known if not any(map(known.explains, self.findings))]
        if unused:
            print("\nReasons that nothing needs any more:", *unused, sep="\n  ")
        return not reasons[""]


def typed(value):
    """A value of a query, as a schema sees it."""
    if re.fullmatch(r"-?\d{1,18}", value):
        return int(value)
    return {"true": True, "false": False}.get(value, value)


def short(name):
    return name.replace("/data/foundation/flowservice", "")


def summary(findings, unexplained, published):
    if not published:
        return "not published"
    if not findings:
        return "none"
    return f"{len(findings)}, {unexplained} without a reason" if unexplained else f"{len(findings)} with a reason"


def table(rows):
    width = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text.ljust(size) for text, size in zip(row, width)).rstrip() for row in rows)
