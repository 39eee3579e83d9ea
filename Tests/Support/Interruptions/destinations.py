"""The destinations with their real servers: how `sluice destinations add` is told of each, and what really lies in
it, as clients that others made see it.

`door` is the port of the server that exports are sent to, by way of a proxy.
"""

import getpass
import hashlib
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
import uuid

SERVERS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Servers")


def digest(chunks):
    """The SHA-256 and the size of what comes in chunks."""
    hash, size = hashlib.sha256(), 0
    for chunk in chunks:
        hash.update(chunk)
        size += len(chunk)
    return hash.hexdigest(), size


def request(port, path, value=None, method="POST", authority=None):
    """Steers a server by its `/-/` paths; by TLS where there is an authority that vouches for it."""
    data = None if value is None else json.dumps(value).encode()
    host = f"https://localhost:{port}" if authority else f"http://127.0.0.1:{port}"
    context = ssl.create_default_context(cafile=authority) if authority else None
    asked = urllib.request.Request(f"{host}/-/{path}", data=data, method=method)
    with urllib.request.urlopen(asked, context=context) as answer:
        return answer.read()


class S3:
    """SeaweedFS behind the front that checks signatures."""

    kind = "Amazon S3"
    storms = True
    refusal = "is not known"  # What a run says whose credentials are taken away.
    door_name = "front"

    def __init__(self, folder):
        self.folder = f"{folder}/seaweedfs"
        os.mkdir(self.folder)
        self.process = subprocess.Popen(
            [sys.executable, f"{SERVERS}/s3_server.py", self.folder, str(os.getpid())])
        while not os.path.exists(f"{self.folder}/ready.json"):
            if self.process.poll() is not None:
                sys.exit("SeaweedFS does not start")
            time.sleep(0.05)
        with open(f"{self.folder}/ready.json") as file:
            self.ready = json.load(file)
        self.door = self.ready[self.door_name]
        self.user = self.ready["users"]["admin"]
        self.bucket = f"exports-{uuid.uuid4().hex[:8]}"
        request(self.ready["front"], f"buckets/{self.bucket}", method="PUT")
        self.environment = {"THE_SECRET": self.user["secret"], "SSL_CERT_FILE": self.ready["certificate"]}

    def fields(self, port):
        return [
            f"s3AccessKey={self.user['id']}", "s3SecretKey=env:THE_SECRET", "region=eu-central-1",
            f"endpoint=http://127.0.0.1:{port}", f"bucketName={self.bucket}", "path=backups"]

    def storm(self, times):
        self.steer("faults", {"kind": "status", "times": times})

    def revoke(self):
        """The keys are not known any more."""
        self.steer("faults", {"kind": "status", "status": 403, "code": "InvalidAccessKeyId", "times": 1 << 30})

    def restore(self):
        self.steer("clear", {})

    def steer(self, path, value):
        request(self.ready["front"], path, value)

    def client(self):
        import boto3

        return boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{self.ready['direct']}", region_name="us-east-1",
            aws_access_key_id=self.user["id"], aws_secret_access_key=self.user["secret"])

    def contents(self):
        client = self.client()
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def read(self, key):
        return self.client().get_object(Bucket=self.bucket, Key=key)["Body"].iter_chunks(1 << 20)

    def unfinished(self):
        uploads = self.client().list_multipart_uploads(Bucket=self.bucket).get("Uploads", [])
        return [f"the upload {upload['UploadId']} of {upload['Key']}" for upload in uploads]

    def end(self):
        self.process.terminate()
        self.process.wait()


class GoogleCloudStorage(S3):
    """The same server, behind a front that is like Google's."""

    kind = "Google Cloud Storage"
    door_name = "googleFront"

    def steer(self, path, value):
        request(self.door, path, value, authority=self.ready["certificate"])

    def fields(self, port):
        return [
            f"accessKeyId={self.user['id']}", "secretAccessKey=env:THE_SECRET",
            f"endpoint=https://localhost:{port}", f"bucketName={self.bucket}", "path=backups"]


class Azure:
    """The test server of Azure's storages; content is read by Microsoft's SDK."""

    storms = True
    refusal = "the secret does not match the account"
    account = "testaccount"
    key = "dGhlIGtleSBvZiB0aGUgYWNjb3VudCB0aGF0IHRoZSB0ZXN0cyB1c2U="
    tenant = "5f1f4b0c-6a38-4a1e-8d5e-0d5a3e1b7c11"
    secret = "th3~secret=of&the application"
    other_key = "YW5vdGhlciBrZXksIG1hZGUgd2hlbiB0aGUgZmlyc3QgZ290IG91dC4="

    def __init__(self, folder):
        content, certificate, key = f"{folder}/azure", f"{folder}/azure.crt", f"{folder}/azure.key"
        os.mkdir(content)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days",
             "2", "-subj", "/CN=localhost", "-addext",
             "subjectAltName=DNS:localhost,DNS:*.blob.localhost,DNS:*.dfs.localhost,IP:127.0.0.1"],
            check=True, capture_output=True)
        configuration = {
            "keys": {self.account: self.key}, "principals": [[self.tenant, "contributor", self.secret, "contributor"]]}
        self.process = subprocess.Popen(
            [sys.executable, f"{SERVERS}/azure_server.py", content, certificate, key, json.dumps(configuration)],
            stdout=subprocess.PIPE)
        ports = json.loads(self.process.stdout.readline())
        self.server, self.secure = ports["http"], ports["https"]
        self.container = f"exports-{uuid.uuid4().hex[:8]}"
        request(self.server, f"container/{self.account}/{self.container}", {})
        self.door = self.server
        self.environment = {"SSL_CERT_FILE": certificate}

    def storm(self, times):
        request(self.server, "fault", {"kind": "status", "times": times, "container": self.container})

    def revoke(self):
        """The account has another key, so signatures by the former hold no longer."""
        request(self.server, f"key/{self.account}", {"key": self.other_key})

    def restore(self):
        request(self.server, f"key/{self.account}", {"key": self.key})

    def client(self):
        from azure.storage.blob import ContainerClient

        return ContainerClient(
            f"http://127.0.0.1:{self.server}/{self.account}", self.container, credential=self.key)

    def contents(self):
        names = [found.name for found in self.client().list_blobs()]
        # A folder of a data lake is listed too.
        folders = {name[:end] for name in names for end, letter in enumerate(name) if letter == "/"}
        return [name for name in names if name not in folders]

    def read(self, name):
        return self.client().download_blob(name).chunks()

    def unfinished(self):
        state = json.loads(request(self.server, f"state/{self.account}/{self.container}", method="GET"))
        return [f"uncommitted blocks of {name}" for name, blocks in state["blocks"].items() if blocks]

    def end(self):
        self.process.terminate()
        self.process.wait()


class AzureBlob(Azure):
    kind = "Azure Blob Storage"

    def fields(self, port):
        self.environment["THE_SECRET"] = (
            f"BlobEndpoint=http://127.0.0.1:{port}/{self.account};AccountName={self.account};AccountKey={self.key}")
        return ["connectionString=env:THE_SECRET", f"container={self.container}", "path=backups"]


class DataLandingZone(Azure):
    kind = "Data Landing Zone"

    def fields(self, port):
        signature = request(
            self.server, f"signature/{self.account}/{self.container}", {"permissions": "racwdl", "seconds": 86_400})
        self.environment["THE_SECRET"] = (
            f"http://127.0.0.1:{port}/{self.account}/{self.container}?{signature.decode()}")
        return ["sasUri=env:THE_SECRET", "path=backups"]


class DataLake(Azure):
    kind = "Azure Data Lake Gen2"

    def __init__(self, folder):
        super().__init__(folder)
        self.door = self.secure
        self.environment |= {"THE_SECRET": self.secret, "AZURE_AUTHORITY_HOST": f"https://localhost:{self.secure}"}

    def fields(self, port):
        return [
            f"url=https://localhost:{port}/{self.account}/{self.container}", f"tenant={self.tenant}",
            "servicePrincipalId=contributor", "servicePrincipalKey=env:THE_SECRET", "path=backups"]

    def revoke(self):
        """The application has another secret, and no token."""
        request(self.server, "secret/contributor", {"secret": "another secret"})

    def restore(self):
        request(self.server, "secret/contributor", {"secret": self.secret})


class Files:
    """What lies in a folder, `home`."""

    def contents(self):
        return [name for name in self.everything() if not name.rpartition("/")[2].startswith(".")]

    def everything(self):
        return [
            os.path.relpath(os.path.join(folder, name), self.home)
            for folder, _, names in os.walk(self.home) for name in names]

    def read(self, name):
        with open(f"{self.home}/{name}", "rb") as file:
            while chunk := file.read(1 << 20):
                yield chunk

    def unfinished(self):
        return [name for name in self.everything() if name.rpartition("/")[2].startswith(".")]


class Folder(Files):
    """The landing zone of the home folder `home` below `folder`."""

    kind = "Data Landing Zone"
    environment = {}

    def __init__(self, folder):
        self.home = f"{folder}/home/landing-zone"

    def fields(self, port=None):
        return ["path=backups"]

    def end(self):
        pass


class SFTP(Files):
    """OpenSSH's server; content is what lies in its folder."""

    kind = "SFTP"
    storms = False
    refusal = "does not let"

    def __init__(self, folder):
        self.folder, self.home = folder, f"{folder}/sftp"
        os.mkdir(self.home)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.door = free.getsockname()[1]
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{name}_key"], check=True)
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        with open(f"{folder}/sshd_config", "w") as file:
            file.write("\n".join([
                "ListenAddress 127.0.0.1", f"Port {self.door}", f"HostKey {folder}/host_key", "PidFile none",
                "StrictModes no", "UsePAM no", "PermitRootLogin prohibit-password", "PasswordAuthentication no",
                f"AuthorizedKeysFile {folder}/user_key.pub", "MaxStartups 100", "LoginGraceTime 20",
                f"Subsystem sftp internal-sftp -d {self.home}", ""]))
        self.environment = {}
        self.start()

    def fields(self, port):
        listed = subprocess.run(
            ["ssh-keygen", "-l", "-f", f"{self.folder}/host_key.pub"], capture_output=True, text=True, check=True)
        return [
            f"--host-key={listed.stdout.split()[1]}", "domain=127.0.0.1", f"port={port}", f"username={getpass.getuser()}",
            f"sshKey=@{self.folder}/user_key", "remotePath=backups"]

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-f", f"{self.folder}/sshd_config", "-E", f"{self.folder}/sshd.log"])
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                return socket.create_connection(("127.0.0.1", self.door)).close()
            except OSError:
                time.sleep(0.01)
        sys.exit("sshd does not start")

    def stop(self):
        """Kills the server with all its sessions."""
        sessions = self.sessions()
        self.process.kill()
        self.process.wait()
        for session in sessions:
            try:
                os.kill(session, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def revoke(self):
        """The user's key is not known any more, and no session goes on."""
        os.rename(f"{self.folder}/user_key.pub", f"{self.folder}/former_key.pub")
        for session in self.sessions():
            try:
                os.kill(session, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def restore(self):
        os.rename(f"{self.folder}/former_key.pub", f"{self.folder}/user_key.pub")

    def sessions(self):
        found, parents = [], [self.process.pid]
        while parents:
            listed = subprocess.run(
                ["pgrep", "-P", ",".join(map(str, parents))], capture_output=True, text=True).stdout
            parents = [int(line) for line in listed.split()]
            found += parents
        return found

    def end(self):
        self.stop()


ALL = {
    "s3": S3, "gcs": GoogleCloudStorage, "blob": AzureBlob, "adls": DataLake, "dlz": DataLandingZone, "sftp": SFTP}
