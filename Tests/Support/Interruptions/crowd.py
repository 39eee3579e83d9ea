"""Proves that programs which run the same flows on one home folder at the same moment run each occurrence once, also
where some of them are killed meanwhile.

usage: crowd.py --sluice PROGRAM [--programs N] [--flows N] [--killed N] [--servers N] [--seed N] [--folder FOLDER]

Of the programs some are servers, which run what is due by themselves; of the others every second exports one flow after
the other, in an order of its own, and the rest run whatever is due again and again, as cron does. It ends with status 1 where an occurrence has no run or two, or a row is missing or doubled.
"""

import argparse
import collections
import contextlib
import gzip
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from export import ENVIRONMENT

PLAN = """name = "Flow {number}"
datasets = ["Rows"]
[destination]
name = "Target {number}"
spec = "Data Landing Zone"
path = "flow-{number}"
datasetFileType = "JSON"
compression = "GZIP"
includeFileManifest = true
[schedule]
mode = "incremental"
frequency = "daily"
start = 2026-01-15T06:00:00Z
end = 2126-01-15T06:00:00Z
"""
FILES, ROWS = 4, 500
# Longer than all of it takes on the slowest machine.
PATIENCE = 300


class Crowd:
    """A home folder with flows that are due, and programs that run them."""

    def __init__(self, program, folder, flows):
        self.program, self.folder, self.home = program, folder, f"{folder}/home"
        self.environment = ENVIRONMENT | {"SLUICE_HOME": self.home}
        self.plans = []
        os.mkdir(f"{folder}/rows")
        for number in range(FILES):
            with open(f"{folder}/rows/{number}.json", "w") as file:
                file.writelines(f'{{"id":{number * ROWS + row}}}\n' for row in range(ROWS))
        self.run("datasets", "add", "Rows", f"{folder}/rows")
        for number in range(flows):
            plan = f"{folder}/plan-{number}.toml"
            with open(plan, "w") as file:
                file.write(PLAN.format(number=number))
            self.plans.append(plan)

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def make_flows(self):
        for plan in self.plans:
            subprocess.run(
                [self.program, "export", plan, "--no-wait"], env=self.environment, check=True, capture_output=True)

    def start(self, name, command):
        with open(f"{self.folder}/{name}.log", "w") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def exporter(self, number, chance, is_made):
        """A program for each plan, one after the other; or for all that is due, again and again."""
        plans = chance.sample(self.plans, len(self.plans))
        commands = [f"export {plan}" for plan in plans] if number % 2 == 0 or not is_made else ["runs start --due"] * 4
        words = " && ".join(f'"{self.program}" {command}' for command in commands)
        return self.start(f"exporter-{number}", ["setsid", "sh", "-c", words])

    def server(self, number):
        return self.start(f"server-{number}", [self.program, "serve", "--port", "0"])

    def statuses(self):
        with contextlib.closing(sqlite3.connect(f"{self.home}/sluice.sqlite", timeout=60)) as database:
            return [status for status, in database.execute("SELECT status FROM run")]

    def problems(self):
        """What is missing, or there twice."""
        with contextlib.closing(sqlite3.connect(f"{self.home}/sluice.sqlite", timeout=60)) as database:
            flows = database.execute("""
                SELECT name, COUNT(run.id), SUM(status = 'success'), COUNT(DISTINCT scheduledTime), SUM(errors <> '[]')
                FROM flow LEFT JOIN run ON flowID = flow.id GROUP BY flow.id ORDER BY name""").fetchall()
            checked = database.execute("PRAGMA integrity_check").fetchall()
        expected = [(f"Flow {number}", 1, 1, 1, 0) for number in range(len(self.plans))]
        if flows != expected:
            yield f"flows with their runs: {flows}"
        if checked != [("ok",)]:
            yield f"integrity_check: {checked}"
        for number in range(len(self.plans)):
            yield from self._folder_problems(f"{self.home}/landing-zone/flow-{number}")

    def _folder_problems(self, folder):
        found = [os.path.join(path, name) for path, _, names in os.walk(folder) for name in names]
        parts = [path for path in found if os.path.basename(path).startswith("part-")]
        manifests = [path for path in found if os.path.basename(path).startswith("manifest-")]
        if len(parts) != FILES or len(manifests) != 1 or len(found) != FILES + 1:
            yield f"{folder} has {[os.path.basename(path) for path in found]}"
            return
        rows = collections.Counter(json.loads(line)["id"] for part in parts for line in gzip.open(part))
        if sorted(rows) != list(range(FILES * ROWS)) or set(rows.values()) != {1}:
            yield f"{folder} has {len(rows)} rows, {sum(rows.values())} with those that are doubled"
        with open(manifests[0]) as file:
            listed = sorted((entry["name"], entry["size"]) for entry in json.load(file)["exportResults"])
        if listed != sorted((os.path.basename(part), os.path.getsize(part)) for part in parts):
            yield f"{folder}: its manifest lists {listed}"


def kill(process):
    """Kills a program with all that it has started."""
    if os.getpgid(process.pid) == process.pid:
        os.killpg(process.pid, 9)
    else:
        process.kill()


def go(options, chance, folder):
    crowd = Crowd(options.sluice, folder, options.flows)
    if not options.unmade:
        crowd.make_flows()
    programs = [crowd.server(number) for number in range(options.servers)]
    programs += [crowd.exporter(number, chance, not options.unmade) for number in range(options.programs - options.servers)]
    victims = chance.sample(programs, options.killed)
    for victim in victims:
        # Wherever it is just then: of the first runs some are under way.
        time.sleep(chance.uniform(0, 0.5))
        if victim.poll() is None:
            kill(victim)
    problems, end = [], time.monotonic() + PATIENCE
    for number, program in enumerate(programs):
        if program in victims:
            program.wait()
        elif number >= options.servers and program.wait(timeout=max(1, end - time.monotonic())) != 0:
            with open(f"{folder}/exporter-{number - options.servers}.log") as log:
                problems.append(f"a program ended with {program.returncode}: {log.read()[-500:]}")
    while time.monotonic() < end and crowd.statuses().count("success") < options.flows:
        time.sleep(0.1)
    for number, program in enumerate(programs[:options.servers]):
        if program in victims:
            continue
        program.terminate()
        if (status := program.wait(timeout=PATIENCE)) != 0:
            with open(f"{folder}/server-{number}.log") as log:
                problems.append(f"a server ended with {status}: {log.read()[-500:]}")
    return problems + list(crowd.problems())


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--sluice", required=True, type=os.path.abspath)
    parser.add_argument("--programs", type=int, default=8)
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--flows", type=int, default=6)
    parser.add_argument("--killed", type=int, default=0)
    parser.add_argument("--unmade", action="store_true", help="the programs make the flows too")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="sluice-crowd-", dir=options.folder)
    begun = time.monotonic()
    problems = go(options, random.Random(options.seed), folder)
    print(f"{options.programs} programs, {options.servers} of them servers, {options.killed} killed, {options.flows} flows: "
          f"{'; '.join(problems) or 'each once'} ({time.monotonic() - begun:.1f} s, seed {options.seed})")
    if problems:
        print(f"look at {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
