"""Starts SeaweedFS with the fronts before it on free ports, says where they are, and ends with its parent.

usage: s3_server.py FOLDER PARENT: writes FOLDER/ready.json when all answer; data, certificate and log are in FOLDER.
"""

import ctypes
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import s3_front

USERS = {
    "admin": ("ADMINAAAAAAAAAAAAA22", "adminSecret/adminSecret+adminSecret12345"),
    "reader": ("READERAAAAAAAAAAAA33", "readerSecret/readerSecret+readerSecret12"),
    "tenant": ("TENANTAAAAAAAAAAAA44", "tenantSecret/tenantSecret+tenantSecret12"),
}
ACTIONS = {
    "admin": ["Admin", "Read", "List", "Tagging", "Write"],
    "reader": ["Read", "List"],
    "tenant": ["Read", "List", "Write"],
}


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def certificate(folder):
    key, cert = f"{folder}/tls.key", f"{folder}/tls.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1"],
        check=True, capture_output=True)
    return cert, key


def start_weed(folder, cert, key):
    names = ["master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc",
             "s3.port", "s3.port.grpc", "s3.port.https"]
    ports = dict(zip(names, free_ports(len(names))))
    identities = [
        {"name": name, "credentials": [{"accessKey": key_id, "secretKey": secret}], "actions": ACTIONS[name]}
        for name, (key_id, secret) in USERS.items()]
    with open(f"{folder}/s3.json", "w") as file:
        json.dump({"identities": identities}, file)
    os.makedirs(f"{folder}/data", exist_ok=True)
    weed = os.path.join(os.path.dirname(sys.executable), "weed")
    process = subprocess.Popen(
        [weed, "server", f"-dir={folder}/data", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
         "-master.volumeSizeLimitMB=128", "-volume.max=2000", "-master.telemetry=false", "-filer", "-s3",
         "-s3.port.iceberg=0", "-s3.port.lance=0",
         f"-s3.cert.file={cert}", f"-s3.key.file={key}", "-s3.domainName=localhost", f"-s3.config={folder}/s3.json",
         "-s3.autoCreateBucket=false"] + [f"-{name}={port}" for name, port in ports.items()],
        env={**os.environ, "WEED_S3_SSE_KEY": "testsse", "WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"},
        stdout=open(f"{folder}/weed.log", "ab"), stderr=subprocess.STDOUT, preexec_fn=die_with_parent)
    return process, ports["s3.port"], ports["s3.port.https"]


def admin_request(port, method, path):
    request = AWSRequest(method=method, url=f"http://127.0.0.1:{port}{path}")
    S3SigV4Auth(Credentials(*USERS["admin"]), "s3", "us-east-1").add_auth(request)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers=dict(request.headers))
        reply = connection.getresponse()
        reply.read()
        return reply.status
    except OSError:
        return 0
    finally:
        connection.close()


def wait_until_ready(process, port):
    """A bucket can be made and written to."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if admin_request(port, "PUT", "/ready") in (200, 409) and admin_request(port, "PUT", "/ready/ready") == 200:
            return True
        time.sleep(0.1)
    return False


def serve_buckets(port):
    """Makes buckets for tests: PUT /-/buckets/NAME at the first front."""

    def control(self, body):
        if self.path.startswith("/-/buckets/"):
            status = admin_request(port, "PUT", "/" + self.path.removeprefix("/-/buckets/"))
            return self.answer(status, b"")
        return original(self, body)

    original = s3_front.Handler.control
    s3_front.Handler.control = control


def main(folder, parent):
    cert, key = certificate(folder)
    for _ in range(3):
        weed, port, https_port = start_weed(folder, cert, key)
        if wait_until_ready(weed, port):
            break
        weed.kill()
        weed.wait()
    else:
        sys.exit("SeaweedFS does not start; see weed.log")
    serve_buckets(port)
    users = dict(USERS.values())
    prefixes = {USERS["tenant"][0]: "tenant/"}
    backend = ("127.0.0.1", port)

    def front(region, tls=False, **options):
        server = s3_front.Server(
            s3_front.Front(users, region, backend, prefixes=prefixes, **options), (cert, key) if tls else None)
        return server.server_address[1]

    ready = {
        "direct": port, "directTLS": https_port, "front": front("eu-central-1"), "frontTLS": front("eu-central-1", True),
        "hidingFront": front("eu-central-1", hides_region=True), "googleFront": front("auto", True),
        "certificate": cert, "users": {name: {"id": pair[0], "secret": pair[1]} for name, pair in USERS.items()},
    }
    with open(f"{folder}/ready.tmp", "w") as file:
        json.dump(ready, file)
    os.rename(f"{folder}/ready.tmp", f"{folder}/ready.json")
    while os.getppid() == parent and weed.poll() is None:
        time.sleep(0.3)
    weed.kill()
    weed.wait()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
