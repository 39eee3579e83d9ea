"""Proves that exports survive broken connections: exports through each destination's real server while connections
are cut, the server is away and answers 503, then looks by other means what has arrived.

usage: interruptions.py --sluice PROGRAM [--destination NAME]… [--scenario cuts|killed|stopped|held|revoked] [--size MB]
                        [--files N] [--away SECONDS] [--refusals N] [--folder FOLDER]

  cuts     connections are cut at least five times, the server is away once, and sends a storm of 503
  killed   the export is killed in the middle, and another takes it up
  stopped  the same by Ctrl-C, which must end it within two seconds
  held     the same while the network lets no byte pass
  revoked  the credentials are taken away in the middle, and the run is made again when they are given back

It ends with status 1 where anything was missing, doubled, changed or left over, or more than 300 MB were needed.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import destinations
import lake
from export import Proxy, Sluice, Trouble

MOST_MEGABYTES = 300
COLUMNS = ("destination", "cuts", "times", "seconds", "sent", "peak MB", "")


class Figures:
    """What was measured of one destination, and what was wrong."""

    def __init__(self, name):
        self.name, self.cuts, self.times, self.seconds, self.sent, self.peak = name, 0, 0, 0.0, 0.0, 0.0
        self.problems = []

    def note(self, export):
        self.seconds += export.seconds
        self.peak = max(self.peak, export.peak_megabytes)

    def count(self, proxy, size):
        counts = proxy.tell("counts")
        self.cuts = counts["cuts"] + counts["refused"]
        self.sent = counts["up"] / size

    def row(self):
        return (self.name, f"{self.cuts}", f"{self.times}", f"{self.seconds:.1f}", f"{self.sent:.2f}x",
                f"{self.peak:.0f}", "; ".join(self.problems) or "complete")


def cuts(sluice, proxy, destination, size, options, figures):
    # A small export would be over before the network has broken five times.
    export = sluice.export("--limit", f"{size // 3}")
    trouble = Trouble(export, proxy, destination, size, options.away, options.refusals)
    trouble.start()
    status = export.wait()
    trouble.join()
    figures.note(export)
    figures.times = len(trouble.happened)
    if status != 0:
        figures.problems.append(f"exit status {status}")
    if figures.times < 5:
        figures.problems.append(f"it was interrupted {figures.times} times only")
    return export.report()


def ended_by(number, sluice, proxy, destination, size, figures, holds=False):
    export = sluice.export()
    Trouble(export, proxy, destination, size).wait_for(size * 2 // 5)
    if holds:
        proxy.tell("hold")
        time.sleep(0.2)
    export.process.send_signal(number)
    begun = time.monotonic()
    status = export.wait()
    if holds:
        proxy.tell("cut")
        proxy.tell("pass")
    figures.times = 1
    figures.note(export)
    if status != 128 + number:
        figures.problems.append(f"exit status {status} after signal {number}")
    if (took := time.monotonic() - begun) > 2:
        figures.problems.append(f"it ended {took:.1f} s after signal {number}")
    again = sluice.export()
    if (status := again.wait()) != 0:
        figures.problems.append(f"exit status {status} when taken up")
    figures.note(again)
    return again.report()


def killed(sluice, proxy, destination, size, options, figures):
    return ended_by(signal.SIGKILL, sluice, proxy, destination, size, figures)


def stopped(sluice, proxy, destination, size, options, figures):
    return ended_by(signal.SIGINT, sluice, proxy, destination, size, figures)


def held(sluice, proxy, destination, size, options, figures):
    return ended_by(signal.SIGINT, sluice, proxy, destination, size, figures, holds=True)


def revoked(sluice, proxy, destination, size, options, figures):
    export = sluice.export()
    Trouble(export, proxy, destination, size).wait_for(size * 2 // 5)
    destination.revoke()
    status = export.wait()
    figures.times = 1
    figures.note(export)
    run = export.report()["runs"][0]
    cause = run["errors"][0]["message"] if run["errors"] else ""
    if status != 1 or run["status"] != "failed" or destination.refusal not in cause:
        figures.problems.append(f"exit status {status}, {run['status']}: {cause}")
    destination.restore()
    again = sluice.retry(run["id"])
    if (status := again.wait()) != 0:
        figures.problems.append(f"exit status {status} when made again")
    figures.note(again)
    return again.report()


def check(report, destination, sources, figures):
    """Compares what lies in the destination with the sources, the manifest and the report."""
    wrong = figures.problems.append
    if [run["status"] for run in report["runs"]] != ["success"]:
        return wrong(f"the report says {[(run['status'], run['errors']) for run in report['runs']]}")
    run = report["runs"][0]
    names = destination.contents()
    found = {name: destinations.digest(destination.read(name)) for name in names}
    manifests = [name for name in names if "/manifest-" in name]
    files = {name: value for name, value in found.items() if name not in manifests}
    if len(names) != len(set(names)) or sorted(files.values()) != sorted(sources.items()):
        right = set(sources.items())
        wrong(f"{len(set(files.values()) & right)} of {len(sources)} files are right, and these are not: "
              f"{[name for name, value in files.items() if value not in right]}")
    if manifests != [run["manifest"]]:
        wrong(f"manifests {manifests}")
    else:
        listed = json.loads(b"".join(destination.read(manifests[0])))["exportResults"]
        if {(f"{each['sinkPath'].strip('/')}/{each['name']}", each["size"]) for each in listed} != {
                (name, size) for name, (_, size) in files.items()} or len(listed) != len(files):
            wrong("the manifest is not what is there")
    if {file["path"]: (file["sha256"], file["bytes"]) for file in run["files"]} != files:
        wrong("the report is not what is there")
    for left in destination.unfinished():
        wrong(f"left over: {left}")
    if figures.peak > MOST_MEGABYTES:
        wrong(f"more than {MOST_MEGABYTES} MB")


def try_destination(name, options):
    folder = tempfile.mkdtemp(prefix="sluice-interruptions-", dir=options.folder)
    figures = Figures(name)
    destination = proxy = None
    try:
        sources = lake.write(f"{folder}/lake", options.files, options.size << 20)
        size = sum(sources.values())
        destination = destinations.ALL[name](folder)
        proxy = Proxy(destination.door)
        sluice = Sluice(os.path.abspath(options.sluice), folder, destination, proxy)
        report = globals()[options.scenario](sluice, proxy, destination, size, options, figures)
        figures.count(proxy, size)
        check(report, destination, sources, figures)
    finally:
        for each in (proxy, destination):
            if each:
                each.end()
        shutil.rmtree(folder, ignore_errors=True)
    return figures


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--sluice", required=True)
    parser.add_argument("--destination", action="append", choices=list(destinations.ALL))
    parser.add_argument("--scenario", choices=["cuts", "killed", "stopped", "held", "revoked"], default="cuts")
    parser.add_argument("--size", type=int, default=3_072)
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--away", type=float, default=30)
    parser.add_argument("--refusals", type=int, default=50)
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    options = parser.parse_args()
    form = "{:12} {:>5} {:>6} {:>8} {:>7} {:>8}  {}"
    print(form.format(*COLUMNS), flush=True)
    failed = False
    for name in options.destination or destinations.ALL:
        figures = try_destination(name, options)
        print(form.format(*figures.row()), flush=True)
        failed = failed or bool(figures.problems)
    sys.exit(failed)


if __name__ == "__main__":
    main()
