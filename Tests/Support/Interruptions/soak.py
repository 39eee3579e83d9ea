"""Proves that exports survive being killed: kills the program again and again while it exports, lets another run of it
take up what was left, and counts by other means what is there then.

usage: soak.py --sluice PROGRAM --faults LIBRARY [--kills N] [--seed N] [--destination NAME]… [--every-step SCENARIO]…
               [--fault kill|full|broken] [--folder FOLDER]

LIBRARY is that of Tests/Support/SystemCallFaults. The seed says what is exported, and when the program is killed; it is
printed, and makes the same again. With --every-step the program is not killed at random, but before each of its steps,
one after the other, until it comes to its end:

  first  an export that makes destination and flow, and exports all
  later  an export of what has arrived since
  lake   a batch that is added to a dataset

Faults other than `kill` have the program's disk full, or broken, from that step on.

It ends with status 1 where anything was missing, doubled, changed or left over.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile

sys.dont_write_bytecode = True

import count
import destinations
from backup import Backup, Unfinished

DESTINATIONS = {"folder": destinations.Folder} | destinations.ALL
# So many exports are made to one home folder, which then has to be as a whole.
EXPORTS = 6


class Figures:
    """What happened, and what was wrong."""

    def __init__(self, name):
        self.name, self.exports, self.resumes, self.rows = name, 0, 0, 0
        self.kills, self.seconds, self.problems = {}, [], []

    def note_kill(self, phase):
        self.kills[phase] = self.kills.get(phase, 0) + 1

    @property
    def killed(self):
        return sum(self.kills.values())


def storm(name, file_type, seed, kills, options):
    """Exports to one destination, killed at random moments, until there were so many kills."""
    figures = Figures(f"{name} {file_type}")
    home = 0
    while figures.killed < kills and not figures.problems:
        chance = random.Random(f"{seed} {name} {file_type} {home}")
        with_backup(name, file_type, chance, options, figures, lambda backup: live(backup, chance, kills, figures))
        home += 1
    return figures


def with_backup(name, file_type, chance, options, figures, body):
    folder = tempfile.mkdtemp(prefix="sluice-soak-", dir=options.folder)
    destination = None
    try:
        destination = DESTINATIONS[name](folder)
        body(Backup(options.sluice, options.faults, folder, destination, file_type, chance, options.is_small))
    except Unfinished as problem:
        figures.problems.append(str(problem))
    finally:
        if destination:
            destination.end()
        if figures.problems:
            figures.problems.append(f"look at {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def live(backup, chance, kills, figures):
    """A home folder from its first export to its last."""
    for _ in range(EXPORTS):
        backup.add_batch()
        # It may be killed when it is taken up, too.
        while figures.killed < kills:
            ended = backup.export_killed(chance)
            if ended.was_killed:
                figures.note_kill(backup.phase())
                if problems := count.database(backup):
                    figures.problems += problems
                    return
            elif ended.status != 0:
                figures.problems.append(f"exit status {ended.status}: {ended.errors}")
                return
            if not ended.was_killed or chance.random() < 0.5:
                break
        resumed = backup.finish()
        if resumed:
            figures.resumes += 1
            figures.seconds.append(resumed.seconds)
        figures.exports += 1
        figures.problems += count.problems(backup)
        if figures.problems:
            return
        if figures.killed >= kills:
            break
    figures.rows += backup.rows
    figures.problems += backup.verify()


def every_step(scenario, name, file_type, seed, options):
    """The same export killed before its first step, before its second, and so on until it comes to its end."""
    figures = Figures(f"{name} {file_type} {scenario}")
    chance = random.Random(f"{seed} {name} {file_type} {scenario}")

    def body(backup):
        backup.add_batch()
        if scenario == "first":
            backup.add_batch()
        else:
            backup.finish()
            if scenario == "later":
                backup.add_batch()
        backup.keep()
        backup.may_fail = options.fault != "kill"
        step = options.first_step
        while not figures.problems:
            ended = (backup.add_at if scenario == "lake" else backup.export_at)(step, options.fault)
            if options.fault == "kill" and not ended.was_killed:
                if ended.status != 0:
                    figures.problems.append(f"exit status {ended.status}: {ended.errors}")
                break
            if options.fault != "kill" and ended.has_survived:
                break
            figures.note_kill(f"{backup.phase()}: {ended.last_step}" if options.steps else backup.phase())
            figures.problems += ended.complaints(options.fault) + count.database(backup)
            if scenario == "lake":
                backup.add_again()
            resumed = backup.finish()
            if resumed:
                figures.resumes += 1
                figures.seconds.append(resumed.seconds)
            figures.exports += 1
            figures.problems += count.problems(backup)
            if figures.problems:
                figures.problems.append(f"at step {step}: {ended.last_step}")
                return
            backup.go_back()
            step += options.stride

    with_backup(name, file_type, chance, options, figures, body)
    return figures


def show(all_figures, seed):
    form = "{:24} {:>6} {:>8} {:>8} {:>9} {:>9} {:>8}  {}"
    print(form.format("", "kills", "exports", "resumes", "median s", "worst s", "rows", ""))
    phases = {}
    for each in all_figures:
        middle = f"{statistics.median(each.seconds):.2f}" if each.seconds else ""
        worst = f"{max(each.seconds):.2f}" if each.seconds else ""
        print(form.format(each.name, each.killed, each.exports, each.resumes, middle, worst, each.rows,
                          "; ".join(each.problems) or "complete"))
        for phase, number in each.kills.items():
            phases[phase] = phases.get(phase, 0) + number
    print()
    for phase, number in sorted(phases.items(), key=lambda item: -item[1]):
        print(f"{number:>6}  {phase}")
    print(f"\nseed {seed}", flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--sluice", required=True, type=os.path.abspath)
    parser.add_argument("--faults", required=True, type=os.path.abspath)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--destination", action="append", choices=list(DESTINATIONS))
    parser.add_argument("--type", action="append", choices=["JSON", "PARQUET"])
    parser.add_argument("--every-step", action="append", choices=["first", "later", "lake"], default=[])
    parser.add_argument("--fault", choices=["kill", "full", "broken"], default="kill")
    parser.add_argument("--first-step", type=int, default=1)
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--steps", action="store_true", help="tell the steps too, not only the phases")
    parser.add_argument("--small", dest="is_small", action="store_true", help="no file is sent in several parts")
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    options = parser.parse_args()
    names = options.destination or ["folder", "s3", "sftp"]
    pairs = [(name, file_type) for name in names for file_type in options.type or ["JSON", "PARQUET"]]
    print(f"seed {options.seed}", flush=True)
    done = []
    for scenario in options.every_step:
        # What is made in the home folder is the same for all destinations.
        for name, file_type in pairs if scenario == "later" else pairs[:1]:
            done.append(every_step(scenario, name, file_type, options.seed, options))
            show(done[-1:], options.seed)
    for number, (name, file_type) in enumerate(pairs):
        share = options.kills * (number + 1) // len(pairs) - options.kills * number // len(pairs)
        if share:
            done.append(storm(name, file_type, options.seed, share, options))
            show(done[-1:], options.seed)
    if len(done) > 1:
        show(done, options.seed)
    sys.stdout.flush()
    # Not by way of pyarrow's threads, which on a busy machine end a program with an error.
    os._exit(any(each.problems for each in done))


if __name__ == "__main__":
    main()
