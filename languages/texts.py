#!/usr/bin/env python3
"""Finds the texts of the program in its sources and keeps the files of the languages complete.

Usage: texts.py update    write what is new into each languages/*.po, and take out what is gone
       texts.py check     say what is missing, left over or wrong, and fail if anything is

A text is the literal in `Text("…")`; what is between its words becomes {0}, {1}, … So are words that
are data: those of the forms of destinations (labels, descriptions, choices, ways to sign in), and what themes say of
themselves. A text that is new stands in a file without words until somebody writes them. The comment at the top of a file stays as it is.
"""
import glob
import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\", "0": "\0"}
TEXT = re.compile(r'\bText\(\s*(?=#*")')
FORMS = "Sources/ExportDomain/connection-specs.json"
HEADER = "Content-Type: text/plain; charset=UTF-8\\n"


class Source:
    """A Swift file, read sign by sign."""

    def __init__(self, path):
        self.path = path
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.at = 0

    def texts(self):
        """The patterns of all texts in the file, with the lines where they stand."""
        while self.at < len(self.text):
            if self.text.startswith("//", self.at):
                self.at = self.end_of_line()
            elif self.text.startswith("/*", self.at):
                self.at = self.text.index("*/", self.at) + 2
            elif self.text[self.at] in '"#' and self.is_string():
                yield from self.string()[1]
            else:
                marker = TEXT.match(self.text, self.at)
                if marker and (self.at == 0 or not re.match(r"[\w.]", self.text[self.at - 1])):
                    line = self.text.count("\n", 0, self.at) + 1
                    self.at = marker.end()
                    pattern, inner = self.string()
                    yield pattern, line
                    yield from inner
                else:
                    self.at += 1

    def end_of_line(self):
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def is_string(self):
        return re.compile(r'#*"').match(self.text, self.at) is not None

    def string(self):
        """Reads a literal; gives its pattern, and the texts inside of its interpolations."""
        hashes = re.compile("#*").match(self.text, self.at).group()
        self.at += len(hashes)
        quote = '"""' if re.compile(r'"""[ \t]*\n').match(self.text, self.at) else '"'
        self.at += len(quote)
        pieces, inner, gaps = [], [], 0
        while not self.text.startswith(quote + hashes, self.at):
            if self.text.startswith("\\" + hashes, self.at):
                self.at += 1 + len(hashes)
                sign = self.text[self.at]
                self.at += 1
                if sign == "(":
                    inner += self.interpolation()
                    pieces.append(("gap", gaps))
                    gaps += 1
                elif sign == "u":
                    end = self.text.index("}", self.at)
                    pieces.append(("sign", chr(int(self.text[self.at + 1:end], 16))))
                    self.at = end + 1
                elif sign == "\n":
                    pieces.append(("joined", ""))
                else:
                    pieces.append(("sign", ESCAPES[sign]))
            else:
                pieces.append(("raw", self.text[self.at]))
                self.at += 1
        self.at += len(quote + hashes)
        return self.pattern(pieces, quote == '"""'), inner

    def interpolation(self):
        """Passes over the expression between parentheses; gives the texts in it."""
        depth, inner = 1, []
        while depth:
            if self.text[self.at] in '"#' and self.is_string():
                inner += self.string()[1]
                continue
            marker = TEXT.match(self.text, self.at)
            if marker:
                line = self.text.count("\n", 0, self.at) + 1
                self.at = marker.end()
                pattern, more = self.string()
                inner += [(pattern, line)] + more
                depth += 1
                continue
            depth += {"(": 1, ")": -1}.get(self.text[self.at], 0)
            self.at += 1
        return inner

    @staticmethod
    def pattern(pieces, has_lines):
        if has_lines:
            # The first line break belongs to the quotes, and so does the indentation of the last line.
            raw = "".join(sign if kind == "raw" else "\x00" for kind, sign in pieces)
            indent = len(raw) - len(raw.rstrip(" ")) if "\n" in raw else 0
            kept, column, skipping = [], 0, indent
            for kind, sign in pieces[1:]:
                if skipping and kind == "raw" and sign == " ":
                    skipping -= 1
                    continue
                skipping = indent if kind == "joined" or kind == "raw" and sign == "\n" else 0
                kept.append((kind, sign))
            pieces = kept
            if pieces and pieces[-1] == ("raw", "\n"):
                pieces.pop()
        result = ""
        for kind, sign in pieces:
            if kind == "gap":
                result += "{%d}" % sign
            elif kind != "joined":
                result += {"{": "{{", "}": "}}"}.get(sign, sign)
        return result


def texts_of_forms():
    """The words of the destinations' forms, as far as dataset exports show them."""
    with open(os.path.join(ROOT, FORMS), encoding="utf-8") as file:
        destinations = json.load(file)["destinations"]
    for destination in destinations:
        ways = destination.get("authSpec", [])
        yield from (way["name"] for way in ways)
        for form in ways + [destination["targetSpec"]]:
            for field in form["spec"]["properties"].values():
                if field.get("conditional", {}).get("operator") == "NOT_CONTAINS":
                    continue
                yield from (field[key] for key in ("title", "description") if key in field)
                yield from (choice for choice in field.get("enum", []) if isinstance(choice, str))


def texts_of_themes():
    """What each theme says of itself, with its file."""
    for path in sorted(glob.glob(os.path.join(ROOT, "themes", "*.toml"))):
        with open(path, encoding="utf-8") as file:
            for words in re.findall(r'^description = "(.*)"$', file.read(), re.MULTILINE):
                yield words, os.path.relpath(path, ROOT)


def texts_of_sources():
    """Every pattern, in the order of the files, with the places where it stands."""
    data = [(words, FORMS) for words in texts_of_forms()] + list(texts_of_themes())
    found = {words.replace("{", "{{").replace("}", "}}"): [place] for words, place in data}
    for path in sorted(glob.glob(os.path.join(ROOT, "Sources", "**", "*.swift"), recursive=True)):
        for pattern, _ in Source(path).texts():
            places = found.setdefault(pattern, [])
            place = os.path.relpath(path, ROOT)
            if place not in places:
                places.append(place)
    return found


def comment(path):
    """What stands above the first entry of a file."""
    with open(path, encoding="utf-8") as file:
        return re.match(r"(#.*\n)*", file.read()).group()


def read(path):
    """The words of a file by their patterns; none where they are marked as uncertain, as the program takes none."""
    words, field, entry, is_fuzzy, is_marked = {}, None, {}, False, False
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            match = re.fullmatch(r'(msgid|msgstr)? ?"(.*)"', line)
            if match:
                if match.group(1) == "msgid":
                    is_fuzzy, entry = is_marked, {}
                is_marked = False
                field = match.group(1) or field
                entry[field] = entry.get(field, "") + re.sub(
                    r"\\(.)", lambda escape: ESCAPES[escape.group(1)], match.group(2))
                if field == "msgstr":
                    words[entry["msgid"]] = "" if is_fuzzy else entry["msgstr"]
            elif line.startswith("#,"):
                is_marked = "fuzzy" in line
            elif line and not line.startswith("#"):
                sys.exit(f"{path}, line {number}: not understood: {line}")
    return words


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def write(path, found, words):
    above = comment(path)
    with open(path, "w", encoding="utf-8") as file:
        file.write(above)
        file.write(f'msgid ""\nmsgstr "{HEADER}"\n')
        for pattern, places in found.items():
            file.write(f"\n#: {' '.join(places)}\n")
            if gaps(pattern):
                file.write("#, python-brace-format\n")
            file.write(f"msgid {quoted(pattern)}\nmsgstr {quoted(words.get(pattern, ''))}\n")


def gaps(text):
    return sorted(set(re.findall(r"\{(\d+)\}", text.replace("{{", "").replace("}}", ""))))


def check(path, found, words):
    problems = []
    for pattern in found:
        if not words.get(pattern):
            problems.append(f"no words for {quoted(pattern)} ({found[pattern][0]})")
        elif gaps(pattern) != gaps(words[pattern]):
            problems.append(f"other gaps than {quoted(pattern)} in {quoted(words[pattern])}")
    problems += [f"no text {quoted(pattern)} any more" for pattern in words if pattern and pattern not in found]
    return [f"{os.path.relpath(path, ROOT)}: {problem}" for problem in problems]


def without_literal():
    """Where a text is made of something else than one literal, so that it is not found here."""
    for path in sorted(glob.glob(os.path.join(ROOT, "Sources", "**", "*.swift"), recursive=True)):
        if os.path.basename(os.path.dirname(path)) == "Languages":
            continue
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if re.search(r"(?<![\w.])Text\((?!\s*#*\"|\s*$)", line.split("//")[0]):
                    yield f"{os.path.relpath(path, ROOT)}, line {number}: a text that is not one literal"


def main():
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit(__doc__)
    found = texts_of_sources()
    problems = list(without_literal())
    for path in sorted(glob.glob(os.path.join(ROOT, "languages", "*.po"))):
        words = read(path)
        if sys.argv[1] == "update":
            write(path, found, words)
            missing = sum(not words.get(pattern) for pattern in found)
            print(f"{os.path.relpath(path, ROOT)}: {len(found)} texts, {missing} without words")
        else:
            problems += check(path, found, words)
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
