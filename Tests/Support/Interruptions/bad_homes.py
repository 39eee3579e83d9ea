"""Proves that a bad home folder loses nothing: one whose disk is full or cannot be written to, one of a newer version,
one with a damaged database, one whose data is gone; and a destination whose disk is full. Each command says so in a
sentence and ends; when all is well again, the export is whole.

usage: bad_homes.py --sluice PROGRAM [--case NAME]… [--folder FOLDER]

File systems are mounted for it, by root or in a user namespace of its own; it ends with status 2 where neither is
allowed.
"""

import argparse
import os
import pty
import random
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import count
from backup import Backup, Ended
from destinations import Folder

OWN_NAMESPACE = "SLUICE_TEST_NAMESPACE"
# Longer than any command needs, on the slowest machine.
PATIENCE = 120


def enter_namespace():
    """Starts this program again where it may mount file systems that nobody else sees."""
    if os.environ.get(OWN_NAMESPACE):
        return
    os.environ[OWN_NAMESPACE] = "1"
    rights = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *rights, "--mount", "--propagation", "private"]
    if subprocess.run([*command, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode != 0:
        print("A disk that is full needs a mount: run this as root, or allow user namespaces.", file=sys.stderr)
        sys.exit(2)
    os.execvp("unshare", [*command, sys.executable, *sys.argv])


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def unmount(path):
    subprocess.run(["umount", path], check=True)


class Said:
    """What a command said, and how it ended."""

    def __init__(self, name, status, text):
        self.name, self.status = name, status
        self.lines = [line for line in text.replace("\r", "").splitlines() if line.strip()]

    def problems(self, words, statuses=(1,)):
        """What is wrong with it, where it has to say these words and nothing else."""
        if self.status not in statuses:
            yield f"{self.name}: status {self.status}: {self.lines}"
        elif self.status in (0, 3):
            return
        elif not self.lines or not all(line.startswith("sluice: ") for line in self.lines) or len(self.lines) > 2:
            yield f"{self.name}: not a sentence: {self.lines}"
        elif not any(word in self.lines[0] for word in words):
            yield f"{self.name}: nothing of {words}: {self.lines}"


class Home(Backup):
    """A home folder with an export that is whole, and a batch that is still to be exported."""

    def __init__(self, program, folder, space=None):
        self.disk = f"{folder}/home"
        os.mkdir(self.disk)
        if space:
            mount("-t", "tmpfs", "-o", f"size={space}", "none", self.disk)
        super().__init__(program, None, folder, Folder(folder), "JSON", random.Random(1), True)
        self.add_batch()
        self.export(True)
        self.add_batch()
        self.may_fail = True

    def export(self, is_first=False):
        self.run(*(["export", self.plan] if is_first else self.command))

    def say(self, *command, limits=(), patience=PATIENCE):
        """A command that is expected to say something."""
        def prepare():
            for limit, value in limits:
                resource.setrlimit(limit, (value, value))
            # Python ignores it, and what it starts would too.
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

        ran = subprocess.run(
            [self.program, *command], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, preexec_fn=prepare, timeout=patience)
        return Said(command[0], ran.returncode, ran.stderr)

    def open_wizard(self):
        """The wizard in a terminal; where it comes to its screen, it is left again."""
        process, terminal = pty.fork()
        if process == 0:
            os.execve(self.program, [self.program], self.environment | {"TERM": "xterm"})
        text, end = b"", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                try:
                    text += os.read(terminal, 65_536)
                except OSError:
                    break
            if b"\x1b" in text:
                os.write(terminal, b"q")
        return Said("wizard", os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), text.decode(errors="replace"))

    def serve(self):
        """A server; where it comes to listen, it is ended again."""
        process = subprocess.Popen(
            [self.program, "serve", "--port", "0"], env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        line = process.stdout.readline()
        if line:
            process.terminate()
        _, errors = process.communicate(timeout=PATIENCE)
        return Said("serve", process.returncode, errors)

    @property
    def all_commands(self):
        yield self.say(*self.command_before)
        yield self.say("export", self.plan)
        yield self.say("verify", "Backup")
        yield self.serve()
        yield self.open_wizard()

    # What a person starts; a bad database cannot be asked what would be best.
    command_before = ("runs", "start", "Backup")

    def tree(self):
        """All files of the home folder with what is in them."""
        found = {}
        for folder, _, names in os.walk(self.home):
            for name in names:
                with open(f"{folder}/{name}", "rb") as file:
                    found[os.path.relpath(f"{folder}/{name}", self.home)] = file.read()
        return found

    def whole_again(self):
        """Exports what is left to export; what is wrong then."""
        self.finish()
        return count.problems(self) + self.verify_exported()

    def verify_exported(self):
        runs = count.rows(self, "SELECT id FROM run WHERE status = 'success'")
        return [
            problem for run, in runs
            for problem in Said("verify", self.say("verify", "Backup", "--deep", "--run", run).status, "").problems([], (0,))]

    def start(self, command, faults={}, kill_after=None):
        begun = time.monotonic()
        ran = subprocess.run([self.program, *command], env=self.environment, capture_output=True, text=True)
        return Ended(ran.returncode, time.monotonic() - begun, ran.stderr, [])


# The cases. Each gives what was wrong.

def read_only(program, folder):
    home = Home(program, folder)
    before = home.tree()
    mount("--bind", home.home, home.home)
    mount("-o", "remount,ro,bind", home.home)
    for said in home.all_commands:
        yield from said.problems(["ead-only file system"])
    unmount(home.home)
    if home.tree() != before:
        yield "something was changed"
    yield from home.whole_again()


def full(program, folder):
    home = Home(program, folder, space="3m")
    for free in (0, 16, 64, 160):
        fill(home.home, free << 10)
        for said in home.all_commands:
            yield from said.problems(["full", "o space"], (0, 1, 3))
        os.remove(f"{home.home}/filler")
        yield from count.database(home)
        yield from home.whole_again()
        home.add_batch()
    yield from home.whole_again()
    unmount(home.home)


def fill(folder, free):
    """Fills the disk of a folder but for so many bytes."""
    with open(f"{folder}/filler", "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError:
            file.truncate(max(0, file.tell() - free))


def full_destination(program, folder):
    home = Home(program, folder)
    zone = f"{home.home}/landing-zone"
    content = f"{folder}/zone"
    os.rename(zone, content)
    os.mkdir(zone)
    mount("-t", "tmpfs", "-o", "size=1m", "none", zone)
    shutil.copytree(content, zone, dirs_exist_ok=True)
    before = home.destination.everything()
    fill(zone, 0)
    for said in (home.say(*home.command_before), home.say(*home.command_before)):
        yield from said.problems(["full", "o space"])
    os.remove(f"{zone}/filler")
    if home.destination.everything() != before:
        yield f"left behind: {set(home.destination.everything()) - set(before)}"
    yield from home.whole_again()
    unmount(zone)


def newer(program, folder):
    home = Home(program, folder)
    with sqlite3.connect(f"{home.home}/sluice.sqlite") as database:
        database.execute("INSERT INTO grdb_migrations VALUES ('99 of the future')")
    database.close()
    before = home.tree()
    for said in home.all_commands:
        yield from said.problems(["newer version"])
    changed = {name for name, content in home.tree().items() if before.get(name) != content}
    # To open it as what it is, SQLite puts the database itself in order.
    if changed - {"sluice.sqlite", "sluice.sqlite-shm", "sluice.sqlite-wal"}:
        yield f"changed: {changed}"
    with sqlite3.connect(f"{home.home}/sluice.sqlite") as database:
        database.execute("DELETE FROM grdb_migrations WHERE identifier LIKE '99%'")
    database.close()
    yield from home.whole_again()


def damage_header(content):
    return bytes(100) + content[100:]


def damage_schema(content):
    return content[:100] + bytes(random.Random(1).randbytes(3_900)) + content[4_000:]


def damage_middle(content):
    middle = len(content) // 2 // 4_096 * 4_096
    return content[:middle] + random.Random(2).randbytes(3 * 4_096) + content[middle + 3 * 4_096:]


def damage_most(content):
    return content[:4_096] + random.Random(3).randbytes(len(content) - 4_096)


def cut_in_half(content):
    return content[:len(content) // 2 // 4_096 * 4_096]


def cut_within_page(content):
    return content[:len(content) * 3 // 4 // 4_096 * 4_096 + 1_000]


def damaged(damage, is_found):
    def case(program, folder):
        home = Home(program, folder)
        path = f"{home.home}/sluice.sqlite"
        for name in ("-wal", "-shm"):
            if os.path.exists(path + name):
                yield f"{name} is left of a program that ended well"
        with open(path, "rb") as file:
            content = file.read()
        with open(path, "wb") as file:
            file.write(damage(content))
        before = home.destination.everything()
        # What the damage has not met may still be answered.
        for said in home.all_commands:
            yield from said.problems(["is damaged", "malformed"], (1,) if is_found else (0, 1, 3))
        if set(before) - set(home.destination.everything()):
            yield "exported files are gone"
        # From a backup, with what had been exported then.
        for name in ("-wal", "-shm"):
            if os.path.exists(path + name):
                os.remove(path + name)
        with open(path, "wb") as file:
            file.write(content)
        if is_found:
            yield from home.whole_again()
    return case


def garbage_in_log(program, folder):
    home = Home(program, folder)
    with open(f"{home.home}/sluice.sqlite-wal", "wb") as file:
        file.write(random.Random(4).randbytes(50_000))
    # SQLite takes nothing from a log whose checksums are wrong.
    for said in home.all_commands:
        yield from said.problems(["is damaged"], (0,))
    yield from home.whole_again()


def data_gone(damage):
    def case(program, folder):
        home = Home(program, folder)
        lake = f"{home.home}/lake"
        (batch,) = count.rows(home, "SELECT path FROM batchFile ORDER BY batchID DESC, number LIMIT 1")
        path = f"{lake}/{batch[0]}"
        # A link to what was added: that stays as it is.
        with open(path, "rb") as file:
            content = file.read()
        os.remove(path)
        damage(path, content)
        before = home.destination.everything()
        (name,) = count.rows(home, "SELECT name FROM batchFile ORDER BY batchID DESC, number LIMIT 1")
        yield from home.say("runs", "start", "Backup").problems([name[0]])
        if home.destination.everything() != before:
            yield f"left behind: {set(home.destination.everything()) - set(before)}"
        if os.path.exists(path):
            os.remove(path)
        with open(path, "wb") as file:
            file.write(content)
        yield from home.whole_again()
    return case


def cut_file(path, content):
    with open(path, "wb") as file:
        file.write(content[:len(content) // 2])


def limited_files(program, folder):
    home = Home(program, folder)
    for size in (0, 4_096, 30_000, 60_000, 200_000):
        said = home.say(*home.command_before, limits=[(resource.RLIMIT_FSIZE, size)])
        yield from said.problems(["too large", "full", "disk I/O error"], (0, 1))
        yield from count.database(home)
        yield from home.whole_again()
        home.add_batch()
    yield from home.whole_again()


def little_memory(program, folder):
    home = Home(program, folder)
    # Below that the libraries that the program is linked with do not load.
    for megabytes in (200, 225, 250, 275, 300, 350, 400):
        try:
            said = home.say(*home.command, limits=[(resource.RLIMIT_AS, megabytes << 20)])
        except subprocess.TimeoutExpired:
            yield f"{megabytes} MB: it does not end"
            continue
        # It begins with enough, or says that it has too little.
        if said.status != 0:
            yield from said.problems(["of address space, which is too little"])
        yield from count.database(home)
        yield from home.whole_again()
        home.add_batch()
    yield from home.whole_again()


CASES = {
    "read-only": read_only, "full": full, "full-destination": full_destination, "newer": newer,
    "damaged-header": damaged(damage_header, True), "damaged-schema": damaged(damage_schema, True),
    "damaged-middle": damaged(damage_middle, False), "damaged-most": damaged(damage_most, True),
    "cut-in-half": damaged(cut_in_half, True), "cut-within-page": damaged(cut_within_page, False),
    "garbage-in-log": garbage_in_log, "data-gone": data_gone(lambda path, content: None),
    "data-cut": data_gone(cut_file), "limited-files": limited_files, "little-memory": little_memory,
}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--sluice", required=True, type=os.path.abspath)
    parser.add_argument("--case", action="append", choices=list(CASES))
    parser.add_argument("--folder")
    options = parser.parse_args()
    enter_namespace()
    failed = False
    for name in options.case or CASES:
        folder = tempfile.mkdtemp(prefix="sluice-homes-", dir=options.folder)
        begun = time.monotonic()
        problems = list(CASES[name](options.sluice, folder))
        print(f"{name:18} {time.monotonic() - begun:6.1f} s  {'; '.join(problems) or 'nothing lost'}", flush=True)
        failed = failed or bool(problems)
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.flush()
    # Not by way of pyarrow's threads, which on a busy machine end a program with an error.
    os._exit(failed)


if __name__ == "__main__":
    main()
