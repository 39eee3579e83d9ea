"""What a schedule has to do whenever somebody looks, found out one occurrence at a time.

Reads JSON from the file that is named: {"start", "end", "every" (seconds; null for once), "missed" ("catch-up" or "skip"),
"looks": [instants]}, in seconds since 1970. Prints one line for each look at which there is something to do: the look,
the occurrence that is run for, or 0, and those that were missed.
"""

import json
import sys

PUNCTUALITY = 3600


def occurrences(schedule):
    """All occurrences, by counting up from the start."""
    instant = schedule["start"]
    while schedule["end"] is None or instant <= schedule["end"]:
        yield instant
        if schedule["every"] is None:
            return
        instant += schedule["every"]


def main():
    with open(sys.argv[1]) as file:
        schedule = json.load(file)
    everything = list(occurrences(schedule))
    dealt_with = []
    for look in schedule["looks"]:
        last = max((instant for instant in dealt_with if instant <= look), default=0)
        new = [instant for instant in everything if last < instant <= look]
        if not new:
            continue
        latest = new[-1]
        runs = schedule["missed"] != "skip" or look - latest <= PUNCTUALITY
        missed = new[:-1] if runs else new
        dealt_with += new
        print(look, latest if runs else 0, *missed)


main()
