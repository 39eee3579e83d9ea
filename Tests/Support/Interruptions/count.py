"""Counts what exports have left behind, by means that know nothing of the program: its database is read by Python's
SQLite, the files by gzip and pyarrow, the storages by clients that others made."""

import collections
import contextlib
import gzip
import io
import json
import os
import shutil
import sqlite3
import tempfile

import pyarrow
import pyarrow.parquet


def write(path, first, size, is_parquet, chance):
    """Writes about `size` bytes of rows, numbered from `first`; gives their number."""
    # What does not get smaller when it is compressed.
    width = 1_000 if size > 1_000_000 else 40
    rows = max(1, size // (width + 20))
    texts = [chance.randbytes(width // 2).hex() for _ in range(rows)]
    if is_parquet:
        table = pyarrow.table({"id": pyarrow.array(range(first, first + rows), pyarrow.int64()), "text": texts})
        pyarrow.parquet.write_table(table, path + ".parquet", compression="none", use_dictionary=False)
    else:
        with open(path + ".json", "w") as file:
            for number, text in enumerate(texts, start=first):
                file.write(f'{{"id":{number},"text":"{text}"}}\n')
    return rows


# The database.

@contextlib.contextmanager
def copy_of_database(backup):
    """The database as a program finds it that opens it now. A copy: whoever opens it puts it in order."""
    folder = tempfile.mkdtemp(dir=backup.folder)
    try:
        for name in ("sluice.sqlite", "sluice.sqlite-wal"):
            if os.path.exists(f"{backup.home}/{name}"):
                shutil.copy(f"{backup.home}/{name}", folder)
        with contextlib.closing(sqlite3.connect(f"{folder}/sluice.sqlite")) as database:
            yield database
    finally:
        shutil.rmtree(folder)


def rows(backup, query):
    with copy_of_database(backup) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'run'").fetchone():
            return []
        return database.execute(query).fetchall()


def unfinished_runs(backup):
    return rows(backup, "SELECT id FROM run WHERE status NOT IN ('success', 'failed')")


def unexported_batches(backup):
    return rows(backup, """
        SELECT id FROM batch WHERE id NOT IN
            (SELECT batchID FROM runBatch JOIN run ON run.id = runID WHERE status = 'success')""")


def latest_run(backup):
    """Status, planned and written files of the latest run."""
    found = rows(backup, """
        SELECT status, COUNT(*), SUM(state = 'written') FROM run JOIN runFile ON runID = id
        GROUP BY id ORDER BY sequence DESC LIMIT 1""")
    return found[0] if found else None


def database(backup):
    """What is wrong with the database itself."""
    with copy_of_database(backup) as opened:
        checked = [line for line, in opened.execute("PRAGMA integrity_check")]
        broken = opened.execute("PRAGMA foreign_key_check").fetchall()
    problems = [] if checked == ["ok"] else [f"integrity_check: {checked}"]
    return problems + ([f"foreign_key_check: {broken}"] if broken else [])


# All of it.

def problems(backup):
    """What is missing, doubled, changed or left over, now that everything should be exported."""
    return [*database(backup), *_records(backup), *_storage(backup), *_leftovers(backup)]


def _records(backup):
    tables = ["flow", "targetConnection", "sourceConnection"]
    for table in tables:
        if (found := rows(backup, f"SELECT COUNT(*) FROM {table}")) != [(1,)]:
            yield f"{found} rows of {table}"
    if found := rows(backup, "SELECT id, status, errors FROM run WHERE status <> 'success' OR errors <> '[]'"):
        if not backup.may_fail or any(status != "failed" for _, status, _ in found):
            yield f"runs {found}"
    if found := rows(backup, """
            SELECT batchID FROM runBatch JOIN run ON run.id = runID WHERE status = 'success'
            GROUP BY batchID HAVING COUNT(*) <> 1"""):
        yield f"batches in several runs: {found}"
    if (found := rows(backup, "SELECT COUNT(*) FROM batch")) != [(len(backup.batches),)]:
        yield f"{found} batches instead of {len(backup.batches)}"
    if (found := rows(backup, "SELECT COUNT(*), SUM(records) FROM runFile WHERE state = 'written'")) != [
            (backup.files, backup.rows)]:
        yield f"{found} files and rows recorded instead of {(backup.files, backup.rows)}"
    # A program that was killed when all was done has not given its lease back.
    for (holder,) in rows(backup, "SELECT holder FROM flowLease"):
        if os.path.exists(f"/proc/{holder.split()[2]}"):
            yield f"held by {holder}"


def _storage(backup):
    names = backup.destination.contents()
    parts = [name for name in names if "/part-" in name]
    manifests = [name for name in names if "/manifest-" in name]
    if others := set(names) - set(parts) - set(manifests):
        yield f"other files: {others}"
    if left := backup.destination.unfinished():
        yield f"unfinished: {left}"
    if len(parts) != backup.files or len(set(parts)) != len(parts):
        yield f"{len(parts)} files instead of {backup.files}"
    sizes, found = {}, collections.Counter()
    for name in parts:
        content = b"".join(backup.destination.read(name))
        sizes[name] = len(content)
        found.update(_ids(name, content))
    if sorted(found) != list(range(backup.rows)) or set(found.values()) - {1}:
        doubled = sum(times > 1 for times in found.values())
        yield f"{len(found)} rows instead of {backup.rows}, {doubled} of them more than once"
    listed = {}
    for name in manifests:
        for entry in json.loads(b"".join(backup.destination.read(name)))["exportResults"]:
            listed[f"{entry['sinkPath'].strip('/')}/{entry['name']}"] = entry["size"]
    if listed != sizes:
        yield f"the manifests list {set(listed.items()) ^ set(sizes.items())} otherwise"
    runs = rows(backup, "SELECT COUNT(*) FROM run WHERE status = 'success'")
    if [(len(manifests),)] != runs:
        yield f"{len(manifests)} manifests of {runs} runs"


def _ids(name, content):
    if name.endswith(".parquet"):
        return pyarrow.parquet.read_table(io.BytesIO(content))["id"].to_pylist()
    return [json.loads(line)["id"] for line in gzip.decompress(content).splitlines()]


# What may lie in a home folder.
_KNOWN = {"sluice.sqlite", "sluice.sqlite-wal", "sluice.sqlite-shm", "known_hosts", "server-access.json",
          "schedule.log", "unfinished/embedded/lock"}


def _leftovers(backup):
    sources = {f"lake/{path}" for path, in rows(backup, "SELECT path FROM batchFile")}
    found = {
        os.path.relpath(os.path.join(folder, name), backup.home)
        for folder, _, names in os.walk(backup.home) for name in names}
    keys = {f"vault-{key}.key" for key, in rows(backup, "SELECT keyID FROM vault")}
    left = {name for name in found - _KNOWN - keys - sources if not name.startswith("landing-zone/")}
    if left:
        yield f"left in the home folder: {sorted(left)}"
    if missing := sources - found:
        yield f"missing in the lake: {sorted(missing)}"
