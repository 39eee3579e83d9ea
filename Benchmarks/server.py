"""How many requests a second `sluice serve` answers to another process over several connections at a time, how long
they take, and whether its memory stays the same.

usage: server.py SLUICE [--requests 100000] [--connections 8]

Lists are asked for by wrk (Debian), as fast as the answers come; whole exports are made and removed again by threads
of this script, one connection each, because every creation needs the id that the one before has answered.
"""

import argparse
import http.client
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time

ZONE = "10440537-2a7b-4583-ac39-ed38d4b848e8"
LAKE = "23598e46-f560-407b-88d5-ea6207e49db0"
RECIPE = "cd2fc47e-e838-4f38-a581-8fff2f99b63a"
BASE = "/data/foundation/flowservice"
# Memory may grow until so many requests are over; from then on it counts.
WARM = 10_000
# So much growth is none: a share of the memory, and megabytes.
FLAT = 0.1, 16


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
        self.port = int(start["url"].rsplit(":", 1)[1])
        self.header = {
            "Authorization": "Bearer " + start["token"], "x-api-key": start["client"],
            "x-gw-ims-org-id": start["organization"], "x-sandbox-name": start["sandboxes"][0]}

    def resident(self):
        """Megabytes of memory."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6

    def processor(self):
        """Seconds of processor time."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            return sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        """Ends the server in order."""
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait() != 0:
            raise SystemExit("the server did not end in order")


class Client:
    """One connection to a server."""

    def __init__(self, server):
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def send(self, method, path, body=None):
        """The answer to a request, which has to be a success."""
        header = {**self.server.header, "Content-Type": "application/json"} if body else self.server.header
        self.connection.request(method, BASE + path, json.dumps(body) if body else None, header)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {text}")
        return json.loads(text) if text else None

    def make_export(self):
        """The four creations of an export that is due tomorrow; gives their paths, the last first."""
        spec = {"id": ZONE, "version": "1.0"}
        source = self.send("POST", "/sourceConnections", {
            "name": "Source", "connectionSpec": {"id": LAKE, "version": "1.0"},
            "params": {"datasets": [{"dataSetId": self.server.dataset}]}})["id"]
        account = self.send("POST", "/connections", {"name": "Zone", "connectionSpec": spec})["id"]
        target = self.send("POST", "/targetConnections", {
            "name": "Target", "baseConnectionId": account, "connectionSpec": spec,
            "params": {"path": "out", "compression": "GZIP", "datasetFileType": "JSON"}})["id"]
        start = int(time.time()) + 86_400
        flow = self.send("POST", "/flows", {
            "name": "Flow", "flowSpec": {"id": RECIPE, "version": "1.0"}, "sourceConnectionIds": [source],
            "targetConnectionIds": [target], "transformations": [],
            "scheduleParams": {
                "exportMode": "FIRST_FULL_THEN_INCREMENTAL", "timeUnit": "day", "interval": 1, "startTime": start,
                "endTime": start + 86_400 * 30}})["id"]
        return [f"/flows/{flow}", f"/sourceConnections/{source}", f"/targetConnections/{target}",
                f"/connections/{account}"]


def measure_exports(server, count, connections):
    """Makes exports and removes them again; prints how long the making took and gives the number of requests."""
    times, lock = [], threading.Lock()

    def work():
        client = Client(server)
        while True:
            with lock:
                if len(times) >= count:
                    return
            start = time.perf_counter()
            made = client.make_export()
            seconds = time.perf_counter() - start
            for path in made:
                client.send("DELETE", path)
            with lock:
                times.append(seconds)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    start, processor = time.perf_counter(), server.processor()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, processor = time.perf_counter() - start, server.processor() - processor
    times.sort()
    requests = 8 * len(times)
    middle, most = (times[int(len(times) * share)] * 1e3 for share in (0.5, 0.99))
    report("POST of whole exports", requests, requests / seconds, middle, most, processor / requests * 1e3,
           "for the four creations together")
    return requests


def measure_list(server, name, path, seconds, connections):
    """Asks for a list for so many seconds; prints how long it took and gives the number of requests."""
    header = [word for key, value in server.header.items() for word in ("-H", f"{key}: {value}")]
    processor = server.processor()
    said = subprocess.run(
        ["wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds}s", *header,
         f"http://127.0.0.1:{server.port}{BASE}{path}"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{name}: not every request was answered:\n{said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    unit = {"us": 1e-3, "ms": 1, "s": 1e3}
    middle, most = (
        float(number) * unit[word] for number, word in re.findall(r"(?:50|99)%\s+([\d.]+)(us|ms|s)", said))
    report(name, requests, float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), middle, most,
           (server.processor() - processor) / requests * 1e3)
    return requests


def report(name, requests, rate, p50, p99, processor, remark=""):
    print(f"  {name:22}{requests:>10,}{rate:>12,.0f}{p50:>10.2f}{p99:>10.2f}{processor:>12.3f}  {remark}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("sluice")
    arguments.add_argument("--requests", type=int, default=100_000)
    arguments.add_argument("--connections", type=int, default=8)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(chosen.sluice, folder)
        try:
            flow = Client(server).make_export()[0].removeprefix("/flows/")
            print(f"{chosen.connections} connections at a time")
            print(f"  {'':22}{'requests':>10}{'a second':>12}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms each':>12}")
            done, memory = 0, []
            # The memory after a thousand requests, then after all exports.
            for count in (125, max(10, chosen.requests // 100 - 125)):
                done += measure_exports(server, count, chosen.connections)
                memory.append((done, server.resident()))
            runs = f"/runs?property=flowId=={flow}"
            while done < chosen.requests:
                done += measure_list(server, "GET runs", runs, 5, chosen.connections)
                memory.append((done, server.resident()))
                done += measure_list(server, "GET flows", "/flows?limit=20", 5, chosen.connections)
                memory.append((done, server.resident()))
        finally:
            server.stop()
    print("memory: " + ", ".join(f"{megabytes:.0f} MB after {count:,}" for count, megabytes in memory))
    warm = next((megabytes for count, megabytes in memory if count >= WARM), memory[0][1])
    growth = memory[-1][1] - warm
    verdict = "flat" if growth <= FLAT[0] * warm and growth <= FLAT[1] else "NOT flat"
    print(f"it is {verdict}: {growth:+.1f} MB since the first {WARM:,} requests")


if __name__ == "__main__":
    main()
