"""How many requests a second `sluice serve` answers over one connection, how long they take, and whether its memory
stays the same.

usage: server.py SLUICE [--requests 100000]
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import tempfile
import time

ZONE = "10440537-2a7b-4583-ac39-ed38d4b848e8"
LAKE = "23598e46-f560-407b-88d5-ea6207e49db0"
RECIPE = "cd2fc47e-e838-4f38-a581-8fff2f99b63a"
BASE = "/data/foundation/flowservice"


class Server:
    """A server on a home folder of its own, which has one dataset."""

    def __init__(self, sluice, folder):
        environment = {**os.environ, "SLUICE_HOME": folder + "/home"}
        with open(folder + "/orders.json", "w") as file:
            file.write('{"n":1}\n')
        added = subprocess.run(
            [sluice, "datasets", "add", "Orders", folder + "/orders.json", "--json"], env=environment, check=True,
            capture_output=True, text=True)
        self.dataset = json.loads(added.stdout)["id"]
        self.process = subprocess.Popen(
            [sluice, "serve", "--port", "0", "--json"], env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        said = ""
        while not said.rstrip().endswith("}"):
            said += self.process.stdout.readline()
        start = json.loads(said)
        self.connection = http.client.HTTPConnection("127.0.0.1", int(start["url"].rsplit(":", 1)[1]))
        self.header = {
            "Authorization": "Bearer " + start["token"], "x-api-key": start["client"],
            "x-gw-ims-org-id": start["organization"], "x-sandbox-name": start["sandboxes"][0],
            "Content-Type": "application/json"}

    def send(self, method, path, body=None):
        """The answer to a request, which has to be a success."""
        self.connection.request(method, BASE + path, json.dumps(body) if body else None, self.header)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {text}")
        return json.loads(text)

    def make_export(self):
        """The four creations of an export that is due tomorrow."""
        spec = {"id": ZONE, "version": "1.0"}
        source = self.send("POST", "/sourceConnections", {
            "name": "Source", "connectionSpec": {"id": LAKE, "version": "1.0"},
            "params": {"datasets": [{"dataSetId": self.dataset}]}})["id"]
        account = self.send("POST", "/connections", {"name": "Zone", "connectionSpec": spec})["id"]
        target = self.send("POST", "/targetConnections", {
            "name": "Target", "baseConnectionId": account, "connectionSpec": spec,
            "params": {"path": "out", "compression": "GZIP", "datasetFileType": "JSON"}})["id"]
        start = int(time.time()) + 86_400
        self.flow = self.send("POST", "/flows", {
            "name": "Flow", "flowSpec": {"id": RECIPE, "version": "1.0"}, "sourceConnectionIds": [source],
            "targetConnectionIds": [target], "transformations": [],
            "scheduleParams": {
                "exportMode": "FIRST_FULL_THEN_INCREMENTAL", "timeUnit": "day", "interval": 1, "startTime": start,
                "endTime": start + 86_400 * 30}})["id"]

    def resident(self):
        """Megabytes of memory."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6

    def stop(self):
        """Ends the server in order."""
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait() != 0:
            raise SystemExit("the server did not end in order")


def measure(name, count, work):
    """Does something many times, and prints how long it took."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    times.sort()
    print(f"{name:22} {count / sum(times):8.0f} a second, p99 {times[int(count * 0.99)] * 1e3:6.2f} ms")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("sluice")
    arguments.add_argument("--requests", type=int, default=100_000)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(chosen.sluice, folder)
        try:
            measure("POST of an export", max(10, chosen.requests // 500), server.make_export)
            measure("GET runs", chosen.requests // 10, lambda: server.send("GET", f"/runs?property=flowId=={server.flow}"))
            before = server.resident()
            measure("GET flows", chosen.requests, lambda: server.send("GET", "/flows?limit=1"))
            print(f"memory {before:.0f} MB, after {chosen.requests:,} requests {server.resident():.0f} MB")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
