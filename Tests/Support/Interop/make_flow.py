"""Makes a dataflow that exports a dataset once, now, to a destination that exists.

usage: make_flow.py FILE DESTINATION DATASET, where FILE holds what `sluice serve --json` has printed.
Prints the id of the dataflow.
"""

import json
import sys
import time
import urllib.request

with open(sys.argv[1]) as file:
    server = json.load(file)
HEADER = {
    "Authorization": "Bearer " + server["token"], "x-api-key": server["client"],
    "x-gw-ims-org-id": server["organization"], "x-sandbox-name": server["sandboxes"][0],
    "Content-Type": "application/json"}
LAKE = "23598e46-f560-407b-88d5-ea6207e49db0"


def call(path, body=None):
    request = urllib.request.Request(
        f"{server['url']}/data/foundation/flowservice{path}", json.dumps(body).encode() if body else None, HEADER)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def named(path, name):
    return next(item for item in call(path)["items"] if item["name"] == name)


target = named("/targetConnections", sys.argv[2])
dataset = named(f"/connectionSpecs/{LAKE}/configs?outputType=activationDatasets&outputField=datasets", sys.argv[3])
recipe = next(
    spec for spec in call("/flowSpecs")["items"]
    if target["connectionSpec"]["id"] in spec["targetConnectionSpecIds"]
    and LAKE in spec["sourceConnectionSpecIds"])
source = call("/sourceConnections", {
    "name": "Source", "connectionSpec": {"id": LAKE, "version": "1.0"},
    "params": {"datasets": [{"dataSetId": dataset["id"]}]}})
print(call("/flows", {
    "name": "Served", "flowSpec": {"id": recipe["id"], "version": "1.0"}, "sourceConnectionIds": [source["id"]],
    "targetConnectionIds": [target["id"]], "transformations": [],
    "scheduleParams": {
        "exportMode": "DAILY_FULL_EXPORT", "timeUnit": "day", "interval": 0, "startTime": int(time.time()) - 60}})["id"])
