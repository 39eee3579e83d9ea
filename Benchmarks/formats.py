#!/usr/bin/env python3
"""Measures conversions of nested events between formats: Sluice beside DuckDB, Polars, ClickHouse (chDB) and
pyarrow, pigz and cp, side by side in one run, on all cores and on one.

Usage: formats.py SLUICE-BENCH [--rows N] [--memory-rows N] [--rounds N] [--tasks 1,2] [--cores all,one] [--json FILE]

The engines come from PyPI into .build/python; events and outputs go to .build/bench-data (about 12 GB by default;
remove it after a change of the events). The contestants take turns; the fastest round counts. A copy
takes no longer than the start of a process unless the file is large: cp and Sluice take more turns at it, and are
not judged below SMALLEST_COPY.

Seconds are those of the conversion, for an engine without the start of Python; CPU is user and system time of
all of its process, and memory the most that this held at once (the sources it maps included; this script's own
15 MB are the least that can be seen). "Others" is how busy the rest of the machine kept the cores meanwhile.

Then Sluice alone converts MEMORY-ROWS and ten times as many, all made in the same way, three times each, and its most
memory is compared.
The smaller size has several row groups in all files, so that there, too, everything that goes on at once does: what
the larger takes more has grown with the data.
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(os.path.dirname(HERE), ".build")
PYTHON = os.path.join(BUILD, "python", "bin", "python")
ENGINES = ["duckdb", "polars", "chdb", "pyarrow"]
NEEDED = [*ENGINES, "numpy"]
MEMORY_TARGET = 200e6
# How many times as much memory ten times the data may take, and of how many runs the middle one counts: peaks vary by
# some percent from run to run.
GROWTH_TARGET = 1.1
ROUNDS_OF_MEMORY = 3
# The bytes of which a copy is a measurement, and how many rounds it takes.
SMALLEST_COPY = 200e6
ROUNDS_OF_COPIES = 9


class Task:
    """A conversion, and how many times as fast as `against` Sluice is to be (None: as the fastest engine)."""

    def __init__(self, title, source, target, codec, others, against, goal, no_larger):
        self.title, self.source, self.target, self.codec = title, source, target, codec
        self.others, self.against, self.goal, self.no_larger = others, against, goal, no_larger
        self.is_copy = against == "cp"

    def judges(self, size):
        return not self.is_copy or size >= SMALLEST_COPY


TO_JSON = ["duckdb", "polars", "chdb"]
TASKS = [
    Task("snappy Parquet → snappy Parquet", "events.parquet", "out.parquet", "snappy",
         ["cp", *ENGINES], "cp", 0.8, False),
    Task("snappy Parquet → gzip Parquet", "events.parquet", "out.gz.parquet", "gzip", ENGINES, None, 3, False),
    Task("snappy Parquet → .json.gz", "events.parquet", "out.json.gz", "gzip", TO_JSON, None, 1.7, True),
    Task("NDJSON → gzip Parquet", "events.ndjson", "out.gz.parquet", "gzip", ENGINES, None, 1.3, False),
    Task("NDJSON → .json.gz", "events.ndjson", "out.json.gz", "gzip",
         ["pigz -6", *TO_JSON], "pigz -6", 1.7, True),
]


def fail(message):
    sys.exit(f"formats.py: {message}")


def see_to_engines():
    """Makes or extends .build/python; gives the versions of what is in it."""
    names = ", ".join(NEEDED)
    query = [PYTHON, "-c", f"import json, {names}\nprint(json.dumps({{m.__name__: m.__version__ for m in [{names}]}}))"]
    if not os.path.exists(PYTHON):
        if subprocess.run([sys.executable, "-m", "venv", os.path.dirname(os.path.dirname(PYTHON))]).returncode:
            fail("cannot make .build/python (Debian: apt-get install python3-venv).")
    if subprocess.run(query, capture_output=True).returncode:
        print(f"installing {names} into .build/python", file=sys.stderr)
        if subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", *NEEDED]).returncode:
            fail(f"cannot install {names} into .build/python; without all of them there is no comparison.")
    found = subprocess.run(query, capture_output=True, text=True)
    if found.returncode:
        fail(f"an engine in .build/python does not work:\n{found.stderr}")
    versions = json.loads(found.stdout)
    versions["pigz"] = subprocess.run(["pigz", "--version"], capture_output=True, text=True).stdout.split()[-1]
    return versions


def see_to_events(program, rows):
    """Writes the events and their Parquet file, unless they are there; gives their folder."""
    folder = os.path.join(BUILD, "bench-data", str(rows))
    source, parquet = (os.path.join(folder, "events" + ending) for ending in (".ndjson", ".parquet"))
    if not os.path.exists(parquet):
        subprocess.run([program, "events", str(rows), folder], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([PYTHON, os.path.join(HERE, "events.py"), "prepare", source, parquet], check=True)
    return folder


def busy_seconds():
    """The seconds that all cores together have been at work since the start of the machine."""
    with open("/proc/stat") as file:
        ticks = [int(word) for word in file.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet(patience):
    """Waits until others leave the cores alone, `patience` seconds at most."""
    os.sync()
    end = time.monotonic() + patience
    while True:
        before = busy_seconds()
        time.sleep(0.5)
        if busy_seconds() - before < 0.05 * 0.5 * os.cpu_count() or time.monotonic() > end:
            return


def command_of(contestant, program, task, source, target, threads):
    if contestant == "sluice":
        return [program, "convert", source, target, "--codec", task.codec]
    if contestant == "cp":
        return ["cp", "--reflink=never", source, target]
    if contestant == "pigz -6":
        return ["pigz", "-6", "-p", str(threads), "-c", source]
    return [PYTHON, os.path.join(HERE, "engines.py"), contestant, source, target, task.codec, str(threads)]


def run(contestant, program, task, folder, one_core, patience):
    """Runs it once and gives what that cost."""
    cores = sorted(os.sched_getaffinity(0))
    output = os.path.join(BUILD, "bench-data", "out")
    os.makedirs(output, exist_ok=True)
    target, said, log = (os.path.join(output, name) for name in (task.target, "stdout", "stderr"))
    if os.path.exists(target):
        os.remove(target)
    source = os.path.join(folder, task.source)
    command = command_of(contestant, program, task, source, target, 1 if one_core else len(cores))
    if one_core:
        command = ["taskset", "-c", str(cores[0]), *command]
    wait_for_quiet(patience)
    with open(target if contestant == "pigz -6" else said, "wb") as out, open(log, "wb") as errors:
        busy, start = busy_seconds(), time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds, busy = time.perf_counter() - start, busy_seconds() - busy
    process.returncode = os.waitstatus_to_exitcode(status)
    processor = usage.ru_utime + usage.ru_stime
    result = {
        "wallSeconds": seconds, "seconds": seconds, "cpuSeconds": processor, "peakMemory": usage.ru_maxrss * 1024,
        "others": max(0, busy - processor) / seconds / len(cores),
    }
    if process.returncode or not os.path.exists(target):
        with open(log, errors="replace") as file:
            text = file.read().strip().splitlines()
        result["failure"] = f"failed ({process.returncode}): {text[-1] if text else 'no output'}"
        return result, target
    if contestant in ENGINES:
        with open(said) as file:
            result["seconds"] = json.loads(file.read().splitlines()[-1])["seconds"]
    result["outputBytes"] = os.path.getsize(target)
    return result, target


def check(task, folder, target):
    """Reads the output back; gives what is wrong or different in it."""
    command = [PYTHON, os.path.join(HERE, "events.py"), "check", os.path.join(folder, "events.ndjson"), target]
    checked = subprocess.run([*command, task.codec], capture_output=True, text=True)
    if checked.returncode:
        return ["cannot be read back: " + checked.stderr.strip().splitlines()[-1]]
    return json.loads(checked.stdout)["notes"]


def measure(task, program, folder, contestants, one_core, rounds, patience):
    """Lets the contestants take turns; gives for each the fastest round, with the most memory of all."""
    with open(os.path.join(folder, task.source), "rb") as file:
        while file.read(1 << 20):
            pass
    results = {contestant: [] for contestant in contestants}
    notes = {}
    for turn in range(max(rounds, ROUNDS_OF_COPIES) if task.is_copy else rounds):
        if turn == rounds:
            contestants = [contestant for contestant in contestants if contestant in ("sluice", "cp")]
        for contestant in contestants[turn % len(contestants):] + contestants[:turn % len(contestants)]:
            result, target = run(contestant, program, task, folder, one_core, patience)
            results[contestant].append(result)
            if "failure" not in result and contestant not in notes:
                notes[contestant] = check(task, folder, target)
            if os.path.exists(target):
                os.remove(target)
    best = {}
    for contestant, runs in results.items():
        failures = [result for result in runs if "failure" in result]
        best[contestant] = dict(failures[0] if failures else min(runs, key=lambda result: result["seconds"]))
        best[contestant].update(
            peakMemory=max(result["peakMemory"] for result in runs), notes=notes.get(contestant, []), rounds=runs)
    return best


def verdict(met):
    return "met" if met else "MISSED"


def show(task, results, rows, size, cores, has_sluice):
    """Prints the table of a task, and what Sluice reached of its targets."""
    print(f"\n{task.title}, {cores}; {rows:,} rows, {size / 1e6:,.1f} MB")
    print(f"  {'':9}{'seconds':>9}{'CPU s':>8}{'rows/s':>12}{'MB/s':>8}{'output MB':>11}{'peak MB':>9}{'others':>8}")
    if not has_sluice:
        print("  sluice      not built yet: this sluice-bench has no “convert”")
    for name, result in sorted(results.items(), key=lambda item: ("failure" in item[1], item[1]["seconds"])):
        if "failure" in result:
            print(f"  {name:9}   {result['failure']}")
            continue
        seconds = result["seconds"]
        print(f"  {name:9}{seconds:9.2f}{result['cpuSeconds']:8.2f}{rows / seconds:12,.0f}{size / 1e6 / seconds:8.1f}"
              f"{result['outputBytes'] / 1e6:11.2f}{result['peakMemory'] / 1e6:9.0f}{result['others']:8.0%}")
        for note in result["notes"]:
            print(f"  {'':12}{note}")
    rivals = {name: result for name, result in results.items() if name != "sluice" and "failure" not in result}
    engines = [name for name in rivals if name in ENGINES]
    sluice = results.get("sluice", {"failure": ""})
    if "failure" in sluice or not engines:
        return
    fastest = min(engines, key=lambda name: rivals[name]["seconds"])
    for name in dict.fromkeys([task.against or fastest, fastest]):
        if name not in rivals:
            continue
        ratio = rivals[name]["seconds"] / sluice["seconds"]
        line = f"  sluice is {ratio:.2f} times as fast as {name}"
        if name == (task.against or fastest):
            if task.judges(size):
                line += f" (target: {task.goal}, {verdict(ratio >= task.goal)})"
            else:
                line += f" (target: {task.goal}, not judged: a file this small is copied before a process has begun)"
            if task.no_larger:
                larger = sluice["outputBytes"] / rivals[name]["outputBytes"]
                line += f"; its output is {larger:.3f} times as large (target: 1, {verdict(larger <= 1)})"
        print(line)
    memory = sluice["peakMemory"]
    print(f"  its memory: {memory / 1e6:.0f} MB (target: {MEMORY_TARGET / 1e6:.0f}, {verdict(memory < MEMORY_TARGET)})")


def compare_memory(program, tasks, rows, patience):
    """Prints what Sluice takes at most for `rows` and for ten times as many; gives the figures."""
    sizes = [rows, rows * 10]
    folders = [see_to_events(program, size) for size in sizes]
    print(f"\nPeak memory of sluice in MB for {sizes[0]:,} and for {sizes[1]:,} rows, all cores")
    report = []
    for task in tasks:
        runs = [[run("sluice", program, task, folder, False, patience)[0] for _ in range(ROUNDS_OF_MEMORY)]
                for folder in folders]
        report.append({"task": task.title, "rows": sizes, "results": [result for size in runs for result in size]})
        failures = [result["failure"] for result in report[-1]["results"] if "failure" in result]
        if failures:
            print(f"  {task.title:34}{failures[0]}")
            continue
        small, large = (statistics.median(result["peakMemory"] for result in size) for size in runs)
        print(f"  {task.title:34}{small / 1e6:8.0f}{large / 1e6:8.0f}, {large / small:.2f} times as much "
              f"(target: {GROWTH_TARGET}, {verdict(large <= GROWTH_TARGET * small and large < MEMORY_TARGET)})")
        sys.stdout.flush()
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the sluice-bench to measure")
    parser.add_argument("--rows", type=int, default=2_097_152)
    parser.add_argument("--memory-rows", type=int, default=524_288, help="and ten times as many; 0: not compared")
    parser.add_argument("--rounds", type=int, help="default: 3, or 1 from a million rows on")
    parser.add_argument("--tasks", default="1,2,3,4,5", help="by number")
    parser.add_argument("--cores", default="all,one")
    parser.add_argument("--patience", type=float, default=10, help="seconds to wait for a quiet moment before a run")
    parser.add_argument("--json", metavar="FILE", help="where to put the raw figures")
    options = parser.parse_args()
    rounds = options.rounds or (3 if options.rows < 1_000_000 else 1)
    tasks = [TASKS[int(number) - 1] for number in options.tasks.split(",")]
    versions = see_to_engines()
    folder = see_to_events(options.program, options.rows)
    usage = subprocess.run([options.program], capture_output=True, text=True).stdout
    has_sluice = "convert" in usage
    count = len(os.sched_getaffinity(0))
    print(f"{count} cores, {platform.platform()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.2f}")
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    print(f"the fastest of {rounds} round(s), in turns")
    report = {"rows": options.rows, "cores": count, "versions": versions, "rounds": rounds, "tables": []}
    for cores in options.cores.split(","):
        results = {}
        for task in tasks:
            contestants = (["sluice"] if has_sluice else []) + task.others
            results[task.title] = measure(
                task, options.program, folder, contestants, cores == "one", rounds, options.patience)
            size = os.path.getsize(os.path.join(folder, task.source))
            where = "one core" if cores == "one" else f"all {count} cores"
            show(task, results[task.title], options.rows, size, where, has_sluice)
            sys.stdout.flush()
            report["tables"].append(
                {"task": task.title, "cores": cores, "inputBytes": size, "results": results[task.title]})
    if has_sluice and options.memory_rows:
        report["memory"] = compare_memory(options.program, tasks, options.memory_rows, options.patience)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(report, file, indent=2)
    results = [result for table in report["tables"] for result in table["results"].values()]
    results += [result for memory in report.get("memory", []) for result in memory["results"]]
    failed = any("failure" in result for result in results)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
