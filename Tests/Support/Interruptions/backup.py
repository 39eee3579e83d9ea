"""A home folder with a flow that is exported again and again, by a program that is killed now and then."""

import json
import os
import shutil
import signal
import subprocess
import time
import uuid

import count
from destinations import Folder
from export import ENVIRONMENT

PLAN = """name = "Backup"
datasets = ["Rows"]
[destination]
name = "Target"
{destination}
[schedule]
mode = "incremental"
frequency = "daily"
start = 2026-01-15T06:00:00Z
end = 2126-01-15T06:00:00Z
"""
# What a landing zone needs, which is made with the flow.
ZONE = """spec = "Data Landing Zone"
path = "backups"
datasetFileType = "{file_type}"
compression = "{compression}"
includeFileManifest = true"""
COMPRESSION = {"JSON": "GZIP", "PARQUET": "NONE"}


class Unfinished(Exception):
    """The program did not do what it should be able to do."""


class Ended:
    """How a run of the program has ended."""

    def __init__(self, status, seconds, errors, steps):
        self.status, self.seconds, self.errors, self.steps = status, seconds, errors, steps
        self.was_killed = status == -signal.SIGKILL
        self.last_step = steps[-1] if steps else "no step"
        self.has_survived = False

    def complaints(self, fault):
        """What is wrong with how it has ended, where its disk had a fault: it has to end by itself, in one sentence."""
        if fault == "kill":
            return []
        said = [line for line in self.errors.splitlines() if line.strip()]
        if self.status not in (0, 1):
            return [f"exit status {self.status}: {self.errors}"]
        if self.status == 1 and (not said or not all(line.startswith("sluice: ") for line in said)):
            return [f"no sentence: {self.errors}"]
        return []


class Backup:
    """A home folder, a dataset, a destination and a flow."""

    def __init__(self, program, faults, folder, destination, file_type, chance, is_small):
        self.program, self.faults, self.folder = program, faults, folder
        self.home, self.destination, self.file_type = f"{folder}/home", destination, file_type
        self.chance, self.is_small = chance, is_small
        self.batches, self.rows, self.files = [], 0, 0
        self.may_fail = False
        self.log, self.usual = f"{folder}/steps", {}
        self.environment = ENVIRONMENT | {"SLUICE_HOME": self.home}
        self.plan = f"{folder}/plan.toml"
        is_zone = isinstance(destination, Folder)
        with open(self.plan, "w") as file:
            file.write(PLAN.format(destination=ZONE.format(
                file_type=file_type, compression=COMPRESSION[file_type]) if is_zone else ""))
        if not is_zone:
            fields = destination.fields(destination.door)
            self.environment |= destination.environment
            self.run("destinations", "add", destination.kind, "--name", "Target", *fields,
                     f"datasetFileType={file_type}", f"compression={COMPRESSION[file_type]}", "includeFileManifest=true")

    def run(self, *arguments, environment={}):
        """A run of the program that nothing befalls."""
        ran = subprocess.run(
            [self.program, *arguments], env=self.environment | environment, capture_output=True, text=True)
        if ran.returncode != 0:
            raise Unfinished(f"{arguments}: exit status {ran.returncode}: {ran.stderr}")
        return ran.stdout

    # What is exported.

    def add_batch(self):
        self.before_batch = self.chance.getstate()
        self.write_batch()
        self.note_dataset(self.run(*self.adding))

    def write_batch(self):
        """Writes the files of another batch."""
        folder = f"{self.folder}/batch-{len(self.batches)}"
        os.mkdir(folder)
        self.batches.append(folder)
        is_parquet = self.chance.random() < 0.5
        numbers = self.chance.randrange(1, 4)
        large = self.chance.randrange(numbers) if not self.is_small and self.chance.random() < 0.4 else -1
        for number in range(numbers):
            # 8 MB is the first size of the parts of an upload.
            size = 20_000_000 if number == large else self.chance.randrange(1, 40_000)
            written = count.write(f"{folder}/{number}", self.rows, size, is_parquet, self.chance)
            self.rows += written
            self.files += 1

    @property
    def adding(self):
        place = ["--into", self.dataset] if hasattr(self, "dataset") else ["Rows"]
        return ["datasets", "add", *place, self.batches[-1], "--json"]

    def note_dataset(self, answer):
        if not hasattr(self, "dataset"):
            self.dataset = json.loads(answer)["id"]

    # The program, and what befalls it.

    @property
    def command(self):
        """What a person or a script would start: an export of what is due, or was begun; else one outside the schedule."""
        latest = count.latest_run(self)
        if latest and count.unfinished_runs(self) and self.chance.random() < 0.5:
            return ["runs", "start", "--due", "--json"]
        if not latest or count.unfinished_runs(self):
            return ["export", self.plan, "--json"]
        return ["runs", "start", "Backup", "--json"]

    def start(self, command, faults={}, kill_after=None):
        if os.path.exists(self.log):
            os.remove(self.log)
        environment = self.environment | faults | {"LD_PRELOAD": self.faults, "FAULT_LOG": self.log}
        begun = time.monotonic()
        process = subprocess.Popen(
            [self.program, *command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            _, errors = process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            _, errors = process.communicate()
        steps = []
        if os.path.exists(self.log):
            with open(self.log) as file:
                steps = file.read().splitlines()
        return Ended(process.returncode, time.monotonic() - begun, errors, steps)

    def export_killed(self, chance):
        """An export that is killed: before a step, or when so much time has passed."""
        command = self.command
        steps, seconds = self.usual.get(command[-2], (150, 1.0))
        if chance.random() < 0.7:
            return self.start(command, {"FAULT_STEP": str(chance.randrange(1, steps + 1))})
        return self.start(command, kill_after=chance.uniform(0, seconds))

    def add_at(self, step, fault):
        """A batch that is added, with a fault before a step."""
        self.write_batch()
        return self.run_at(step, fault, self.adding)

    def add_again(self):
        """The batch once more, where it is not there."""
        if len(count.rows(self, "SELECT id FROM batch")) < len(self.batches):
            self.run(*self.adding)

    def export_at(self, step, fault):
        return self.run_at(step, fault, self.command)

    def run_at(self, step, fault, command):
        ended = self.start(command, {"FAULT_STEP": str(step), "FAULT_KIND": fault})
        ended.has_survived = len(ended.steps) < step
        return ended

    def finish(self):
        """Runs the program until all is exported; gives the run that did it, nothing where that was done already."""
        last = None
        # A run that was killed before anything was planned left nothing to take up: then there are two.
        # One that had nothing to export may have been killed as well.
        while count.unexported_batches(self) or count.unfinished_runs(self):
            command = self.command
            last = self.start(command)
            if last.status != 0:
                raise Unfinished(f"{command}: exit status {last.status}: {last.errors}")
            self.usual.setdefault(command[-2], (len(last.steps), last.seconds))
        return last

    def verify(self):
        ran = subprocess.run(
            [self.program, "verify", "Backup", "--deep"], env=self.environment, capture_output=True, text=True)
        return [] if ran.returncode == 0 else [f"sluice verify: {ran.stdout}{ran.stderr}"]

    def phase(self):
        """How far the run had come, as its journal says."""
        latest = count.latest_run(self)
        if not latest:
            return "before the first run is planned"
        status, planned, written = latest
        if status == "success":
            return "all exported" if not count.unexported_batches(self) else "before the run is planned"
        if status == "failed":
            return "failed"
        if status == "inProgress":
            return "all files written" if planned == written else (
                "some files written" if written else "no file written")
        return "planned"

    # The same again.

    def keep(self):
        """Remembers home and destination as they are, for `go_back`."""
        shutil.copytree(self.home, f"{self.folder}/kept", symlinks=True)
        self.kept = (list(self.batches), self.rows, self.files, self.chance.getstate())

    def go_back(self):
        """The same again: as it was; where a server has the files, with another batch of the same shape."""
        if not isinstance(self.destination, Folder):
            self.chance.setstate(self.before_batch)
            return self.add_batch()
        shutil.rmtree(self.home)
        shutil.copytree(f"{self.folder}/kept", self.home, symlinks=True)
        for batch in self.batches[len(self.kept[0]):]:
            shutil.rmtree(batch)
        batches, self.rows, self.files, state = self.kept
        self.batches = list(batches)
        self.chance.setstate(state)
