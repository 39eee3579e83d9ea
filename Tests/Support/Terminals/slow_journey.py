#!/usr/bin/env python3
"""A whole export on a slow line, typed ahead by somebody who knows the way.

Usage: slow_journey.py SLUICE [--delay SECONDS] [--baud BAUD] [-- OPTION…]

Prints as JSON the bytes of the journey each way, and how long the line was busy with them.
"""
import argparse
import json
import os
import sys
import tempfile

from furnish import furnish, run
from session import Session
from terminals import check, check_end, check_frame

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--delay", default="0.3")
    parser.add_argument("--baud", default="9600")
    parser.add_argument("option", nargs="*")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    size = (80, 24)
    with tempfile.TemporaryDirectory() as home:
        furnish(program, home)
        log = os.path.join(home, "line.log")
        line = [sys.executable, "-B", os.path.join(HERE, "slow_line.py"), "--delay", options.delay, "--baud",
                options.baud, "--log", log, "--", program, *options.option]
        with Session(line, "xterm-256color", *size, {"SLUICE_HOME": home, "HOME": home}) as session:
            # The line is there when its other end says the first word.
            while not session.read(1):
                pass
            # All of it before anything is seen: the destination, all datasets, their schedule, the review, Finish.
            session.press("\r", "a", "\r", "\r", "\r")
            rows = session.see("3 runs complete")
            check_frame(rows, size, session.emulator.GARBAGE)
            session.press("q")
            check(session.end() == 0, "the program ended with", session.status)
            check_end(session)
        with open(log) as file:
            typed, shown, seconds = file.read().split()
        os.remove(log)
        runs = run_count(program, home)
    print(json.dumps({"typed": int(typed), "shown": int(shown), "busySeconds": float(seconds), "runs": runs}))


def run_count(program, home):
    """How many runs there are, all of which have succeeded, and whose files are all there."""
    import subprocess
    listed = subprocess.run([program, "runs", "list", "--all", "--json", "--home", home], check=True,
                            capture_output=True)
    runs = json.loads(listed.stdout)
    check(all(found["status"] == "success" for found in runs), runs)
    for flow in {found["flowId"] for found in runs}:
        run(program, home, "verify", flow, "--deep")
    return len(runs)


if __name__ == "__main__":
    main()
