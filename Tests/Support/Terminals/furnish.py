"""Makes a home for the wizard: datasets and destinations with names of all kinds, as a platform may have them."""
import os
import shutil
import sqlite3
import subprocess
import tempfile

PLAN = """
name = "First"
datasets = ["Orders"]
[destination]
name = "Backups"
spec = "Data Landing Zone"
path = "backups"
datasetFileType = "JSON"
compression = "GZIP"
[schedule]
mode = "full"
start = 2026-01-15T06:00:00Z
"""

# A name of each kind that could do harm in a terminal; by what it is.
HOSTILE = {
    "colour": "red \x1b[31mred\x1b[0m",
    "screen": "\x1b[2J\x1b[H\x1b[?1049lgone",
    "question": "who \x1b[c\x1b[6n\x05 are you",
    "title": "\x1b]0;owned\x07title",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07clip",
    "DCS": "\x1bP+q544e\x1b\\dcs",
    "C1": "c1 \x9b31m \x9d0;owned\x9c \x90q\x9c end",
    "lines": "one\ntwo\r\nthree\x0b\x0cfour\u2028five\u2029six\x85seven",
    "tabs": "a\tb\tc",
    "back": "abc\x08\x08\x08xyz\x7f",
    "right to left": "\u202eevil\u202c \u2067abc\u2069 \u200f\u200e\u061c",
    "Hebrew": "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "Arabic": "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645",
    "joined emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\u200d\u2620\ufe0f \U0001f44d\U0001f3fd",
    "flags": "\U0001f1e9\U0001f1ea \U0001f1ef\U0001f1f5",
    "joiners alone": "a\u200db\u200cc\u200b\u2060d\ufeff",
    "many marks": "z" + "\u0301\u0316\u034f" * 60 + "algo",
    "marks alone": "\u0301\u0302\u0303",
    "jamo": "\u1112\u1161\u11ab \u1100\u1161\u1161\u1161",
    "wide": "\u6771\u4eac\u306e\u30c7\u30fc\u30bf" * 20,
    "half wide": "x" + "\u6e0b" * 60,
    "private": "\ue0a0\uf8ff\U000f0000",
    "unassigned": "\u0378\U000e0080\U000e0041",
    "variation": "\u2764\ufe0f\u2764\ufe0e",
    "ligature": "\ufdfd\u2026\ufb00",
    "long": "x" * 4000,
    "long and wide": "\u9577" * 4000,
    "blank": "\u00a0\u3000\u2003",
    "percent": "%s%n%1$s \\x1b[31m ${HOME} `id`",
}


def run(program, home, *arguments):
    subprocess.run([program, *arguments, "--home", home], check=True, capture_output=True)


def furnish(program, home):
    """Makes three datasets, a destination and a flow that has exported."""
    with tempfile.TemporaryDirectory() as folder:
        records, plan = os.path.join(folder, "records.json"), os.path.join(folder, "plan.toml")
        with open(records, "w") as file:
            file.write('{"n":1}\n' * 50)
        for name in ("Orders", "\u6771\u4eac stores", "Web events"):
            run(program, home, "datasets", "add", name, records)
        with open(plan, "w") as file:
            file.write(PLAN)
        run(program, home, "export", plan)


class Home:
    """A furnished home that can be made anew, as it was in the beginning, at the same place."""

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        self.path, self.kept = (os.path.join(self.folder.name, name) for name in ("home", "kept"))
        furnish(program, self.path)
        shutil.copytree(self.path, self.kept)

    def renew(self):
        shutil.rmtree(self.path)
        shutil.copytree(self.kept, self.path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()


def add_datasets(home, names, description=""):
    """Puts datasets of any name and number into a store, as no command would."""
    store = sqlite3.connect(os.path.join(home, "sluice.sqlite"), timeout=60)
    with store:
        for number, name in enumerate(names):
            identifier = "%024x" % (0xA000000000000000 + number)
            store.execute("insert into dataset (id, name, description, createdAt) values (?, ?, ?, 0)",
                          (identifier, name, description))
            store.execute("insert into batch (datasetID, folder, arrivedAt, files, bytes, records, malformedRecords)"
                          " values (?, ?, 0, 1, 8, ?, 0)", (identifier, f"x{number}", number))
    store.close()


def rename_everything(home, name):
    """Gives a name to the destination, its account and its flow, past all that checks names."""
    store = sqlite3.connect(os.path.join(home, "sluice.sqlite"), timeout=60)
    with store:
        for table in ("targetConnection", "baseConnection", "sourceConnection", "flow"):
            store.execute(f"update {table} set name = ?", (name,))
        store.execute("update targetConnection set description = ?", (name,))
    store.close()
