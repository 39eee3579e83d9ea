"""How long `sluice verify` takes for runs of many files, and how much memory.

    python many_files.py SLUICE HOME FLOW COUNT...

The one run of the flow, of one file and without a manifest, is made to be one of so many files: its record gets a row
for each, and its folder a link. Prints a line for each number: files, exit status, findings, seconds, peak megabytes.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time


def grow(home, count):
    database = sqlite3.connect(f"{home}/sluice.sqlite", timeout=120)
    columns = [row[1] for row in database.execute("PRAGMA table_info(runFile)")]
    first = dict(zip(columns, database.execute("SELECT * FROM runFile ORDER BY part LIMIT 1").fetchone()))
    (folder,) = database.execute("SELECT folder FROM run").fetchone()
    folder = f"{home}/landing-zone/{folder}"
    (there,) = database.execute("SELECT COUNT(*) FROM runFile").fetchone()
    for part in range(there, count):
        name = first["name"].replace("part-00000", f"part-{part:05}")
        row = first | {"part": part, "name": name}
        database.execute(f"INSERT INTO runFile VALUES ({','.join('?' * len(columns))})", list(row.values()))
        os.link(f"{folder}/{first['name']}", f"{folder}/{name}")
    database.commit()
    database.close()


def verify(program, home, flow):
    begun = time.monotonic()
    with open(f"{home}/verified.json", "w+") as output:
        process = subprocess.Popen(
            [program, "verify", flow, "--json"], stdout=output, env=os.environ | {"SLUICE_HOME": home})
        peak = 0
        # What wait4 tells counts what this process had when it forked.
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            with open(f"/proc/{process.pid}/status") as status:
                for line in status:
                    if line.startswith("VmHWM:"):
                        peak = int(line.split()[1]) / 1024
            time.sleep(0.001)
        status = process.wait()
        seconds = time.monotonic() - begun
        output.seek(0)
        (run,) = json.load(output)
    os.remove(f"{home}/verified.json")
    return run["files"], status, len(run["findings"]), f"{seconds:.2f}", f"{peak:.1f}"


def main(program, home, flow, *counts):
    for count in map(int, counts):
        grow(home, count)
        print(*verify(program, home, flow))


if __name__ == "__main__":
    main(*sys.argv[1:])
