"""The program `sluice` while it exports, and what befalls its network meanwhile."""

import json
import os
import socket
import subprocess
import sys
import threading
import time

from destinations import SERVERS

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}

PLAN = """name = "Interrupted"
datasets = ["Numbers"]
[destination]
name = "Target"
[schedule]
mode = "full"
"""


class Proxy:
    """The cutting proxy before a server."""

    def __init__(self, server):
        self.process = subprocess.Popen(
            [sys.executable, f"{SERVERS}/cutting_proxy.py", f"127.0.0.1:{server}"], stdout=subprocess.PIPE)
        ports = json.loads(self.process.stdout.readline())
        self.port = ports["proxy"]
        self.control = socket.create_connection(("127.0.0.1", ports["control"])).makefile("rw")
        self.lock = threading.Lock()

    def tell(self, word):
        """Tells it a word; gives what it has counted."""
        with self.lock:
            self.control.write(word + "\n")
            self.control.flush()
            return json.loads(self.control.readline())

    def cut(self):
        """Cuts all connections, of which there is one at least."""
        before = self.tell("counts")["cuts"]
        while self.tell("cut")["cuts"] == before:
            time.sleep(0.002)

    def end(self):
        self.process.terminate()
        self.process.wait()


class Sluice:
    """The program with a home of its own, a dataset and a destination behind the proxy."""

    def __init__(self, program, folder, destination, proxy):
        self.program, self.home = program, f"{folder}/home"
        self.plan = f"{folder}/plan.toml"
        with open(self.plan, "w") as file:
            file.write(PLAN)
        self.environment = ENVIRONMENT | {"SLUICE_HOME": self.home}
        self.run("datasets", "add", "Numbers", f"{folder}/lake")
        fields = destination.fields(proxy.port)
        self.environment |= destination.environment
        self.run("destinations", "add", destination.kind, "--name", "Target", *fields,
                 "datasetFileType=PARQUET", "compression=NONE", "includeFileManifest=true")

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def export(self, *options):
        return Export(self, "export", self.plan, *options)

    def retry(self, run):
        return Export(self, "runs", "retry", run)


class Export:
    """One `sluice export`, or another command that makes runs."""

    def __init__(self, sluice, *command):
        self.output = open(f"{sluice.home}/output.json", "w+")
        self.begun, self.seconds, self.peak_megabytes = time.monotonic(), 0.0, 0.0
        self.process = subprocess.Popen(
            [sluice.program, *command, "--json"], env=sluice.environment, stdout=self.output)

    def is_running(self):
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def wait(self):
        """Waits for the end; gives the exit status (128 and the signal's number if it was killed)."""
        while self.is_running():
            self.note_memory()
            time.sleep(0.02)
        self.seconds = time.monotonic() - self.begun
        code = self.process.wait()
        return code if code >= 0 else 128 - code

    def note_memory(self):
        """Notes the most memory that it has had, as the kernel counts it."""
        # Not what wait4 tells: that counts what this process had when it forked.
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    self.peak_megabytes = int(line.split()[1]) / 1024

    def report(self):
        """What it has printed; nothing where it has printed nothing."""
        self.output.seek(0)
        text = self.output.read()
        return json.loads(text) if text else {"runs": []}


class Trouble(threading.Thread):
    """What befalls the network while an export goes on, each when another share of the data has been sent."""

    def __init__(self, export, proxy, destination, size, away=0, refusals=0):
        super().__init__()
        self.export, self.proxy, self.destination = export, proxy, destination
        self.size, self.away, self.refusals = size, away, refusals
        self.happened = []

    def run(self):
        steps = [self.cut, self.cut, self.leave, self.cut, self.storm, self.cut, self.cut]
        for number, step in enumerate(steps, start=1):
            if not self.wait_for(self.size * number // (len(steps) + 1)):
                return
            step()
            self.happened.append(step.__name__)

    def wait_for(self, sent):
        """Waits until so many bytes have been sent; false where the export has ended before."""
        while self.export.is_running():
            if self.proxy.tell("counts")["up"] >= sent:
                return True
            time.sleep(0.01)
        return False

    def cut(self):
        self.proxy.cut()

    def leave(self):
        """The server is away for a while: it is killed where that can be done, else it takes no connection."""
        if hasattr(self.destination, "stop"):
            self.destination.stop()
            time.sleep(self.away)
            self.destination.start()
        else:
            self.proxy.tell("refuse")
            self.proxy.tell("cut")
            time.sleep(self.away)
            self.proxy.tell("pass")

    def storm(self):
        """The next requests are told to come again later; a server of files cuts once more."""
        if self.destination.storms:
            self.destination.storm(self.refusals)
        else:
            self.proxy.cut()
