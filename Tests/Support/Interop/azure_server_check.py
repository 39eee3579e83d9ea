"""Holds the Azure test server to Microsoft's own SDKs: what these clients see is what the service would show.

    python azure_server_check.py HTTP-PORT HTTPS-PORT CERTIFICATE ACCOUNT KEY TENANT ID SECRET
"""

import base64
import datetime
import logging
import os
import socket
import sys
import time

from azure.core import MatchConditions
from azure.core.exceptions import (
    ClientAuthenticationError, HttpResponseError, ResourceExistsError, ResourceModifiedError, ResourceNotFoundError,
)
from azure.identity import ClientSecretCredential
from azure.storage.blob import (
    BlobBlock, BlobServiceClient, ContainerClient, ContainerSasPermissions, generate_account_sas,
    generate_container_sas,
)
from azure.storage.filedatalake import DataLakeServiceClient

HTTP, HTTPS, CERTIFICATE, ACCOUNT, KEY, TENANT, ID, SECRET = sys.argv[1:]
URL = f"http://127.0.0.1:{HTTP}/{ACCOUNT}"
SECURE = f"https://127.0.0.1:{HTTPS}/{ACCOUNT}"
BY_HOST = f"http://{ACCOUNT}.blob.localhost:{HTTP}"
LAKE_BY_HOST = f"https://{ACCOUNT}.dfs.localhost:{HTTPS}"
BYTES = os.urandom(5_000_000)

# Names below localhost are this machine (RFC 6761); the C library leaves that to its configuration.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve(
    "127.0.0.1" if str(host).endswith(".localhost") else host, *rest, **more)
logging.disable()


def refused(error, code, call):
    try:
        call()
    except error as found:
        assert code == getattr(found, "error_code", None) or code in str(found), (code, str(found))
        return
    raise AssertionError(f"not refused: {code}")


def hours(count):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=count)


def shared_access(container, permissions, until=1, key=KEY):
    return generate_container_sas(ACCOUNT, container, account_key=key, expiry=hours(until),
                                  permission=ContainerSasPermissions.from_string(permissions))


def client(url, key):
    credential = {"account_name": ACCOUNT, "account_key": key}
    return BlobServiceClient(url, credential=credential, connection_verify=CERTIFICATE, retry_total=0)


def blobs(url):
    service = client(url, KEY)
    container = service.create_container(f"sdk-{url[:5].strip(':')}-{time.time_ns()}")
    refused(ResourceExistsError, "ContainerAlreadyExists", lambda: service.create_container(container.container_name))
    blob = container.get_blob_client("folder/data ü+%.bin")
    blob.upload_blob(BYTES, validate_content=True)
    assert blob.download_blob().readall() == BYTES
    assert blob.download_blob(offset=10, length=20).readall() == BYTES[10:30]
    refused(HttpResponseError, "InvalidRange", lambda: blob.download_blob(offset=len(BYTES), length=1).readall())
    refused(ResourceExistsError, "BlobAlreadyExists", lambda: blob.upload_blob(b"x", overwrite=False))
    refused(ResourceModifiedError, "ConditionNotMet", lambda: blob.download_blob(
        etag='"0x1"', match_condition=MatchConditions.IfNotModified))
    assert blob.get_blob_properties().size == len(BYTES)
    pieces = [base64.b64encode(f"{number:05}".encode()).decode() for number in range(3)]
    staged = container.get_blob_client("staged")
    for number, piece in enumerate(pieces):
        staged.stage_block(piece, BYTES[number * 1000:][:1000], validate_content=True)
    assert not staged.exists()
    assert [b.name for b in container.list_blobs()] == ["folder/data ü+%.bin"]
    assert [b.name for b in container.list_blobs(include="uncommittedblobs")] == ["folder/data ü+%.bin", "staged"]
    assert len(staged.get_block_list("uncommitted")[1]) == 3
    refused(HttpResponseError, "InvalidBlockList", lambda: staged.commit_block_list([BlobBlock("bm9uZQ==")]))
    staged.commit_block_list([BlobBlock(piece) for piece in pieces])
    assert staged.download_blob().readall() == BYTES[:3000]
    staged.commit_block_list([BlobBlock(piece) for piece in pieces[:2]])
    assert staged.download_blob().readall() == BYTES[:2000]
    staged.upload_blob(b"small", overwrite=True)
    refused(HttpResponseError, "Md5Mismatch", lambda: staged.stage_block(
        pieces[0], b"abc", headers={"Content-MD5": base64.b64encode(b"0" * 16).decode()}))
    names = sorted(f"many/{number}" for number in range(30))
    for name in names:
        container.upload_blob(name, b"")
    assert [b.name for b in container.list_blobs("many/", results_per_page=7)] == names
    assert [b.name for b in container.walk_blobs(delimiter="/")] == ["folder/", "many/", "staged"]
    staged.delete_blob()
    refused(ResourceNotFoundError, "BlobNotFound", staged.delete_blob)
    refused(ResourceNotFoundError, "ContainerNotFound", lambda: list(
        service.get_container_client("no-such-container").list_blobs()))
    wrong = client(url, base64.b64encode(b"another key").decode())
    refused(ClientAuthenticationError, "AuthenticationFailed", lambda: list(
        wrong.get_container_client(container.container_name).list_blobs()))
    return container


def shared_accesses(url, container):
    name = container.container_name

    def with_token(token, container_name=name):
        return ContainerClient.from_container_url(
            f"{url}/{container_name}?{token}", connection_verify=CERTIFICATE, retry_total=0)

    full = with_token(shared_access(name, "racwdl"))
    full.upload_blob("by-sas", BYTES)
    assert full.download_blob("by-sas").readall() == BYTES
    assert "by-sas" in [b.name for b in full.list_blobs()]
    full.delete_blob("by-sas")
    reading = with_token(shared_access(name, "rl"))
    assert reading.list_blobs().next()
    refused(HttpResponseError, "AuthorizationPermissionMismatch", lambda: reading.upload_blob("x", b"y"))
    raised = with_token(shared_access(name, "rl").replace("sp=rl", "sp=rwl"))
    for client_, reason in (
        (with_token(shared_access(name, "racwdl", until=-1)), "time frame"),
        (with_token(shared_access(name, "racwdl", key=base64.b64encode(b"other").decode())), "did not match"),
        (with_token(shared_access("another", "racwdl")), "did not match"), (raised, "did not match"),
    ):
        refused(ClientAuthenticationError, reason, lambda: client_.upload_blob("x", b"y"))
    account = generate_account_sas(ACCOUNT, KEY, "sco", "rwdlac", hours(1))
    with_token(account).upload_blob("by-account-sas", b"y")


def data_lake(base):
    credential = ClientSecretCredential(
        TENANT, ID, SECRET, authority=f"127.0.0.1:{HTTPS}", disable_instance_discovery=True,
        connection_verify=CERTIFICATE)
    service = DataLakeServiceClient(base, credential=credential, connection_verify=CERTIFICATE, retry_total=0)
    name = f"lake-{time.time_ns()}"
    client(SECURE, KEY).create_container(name)
    lake = service.get_file_system_client(name)
    file = lake.get_file_client("a/b c/ü.bin")
    file.create_file()
    file.append_data(BYTES[1000:3000], 1000, 2000, validate_content=True)
    file.append_data(BYTES[:1000], 0, 1000)
    refused(HttpResponseError, "InvalidFlushPosition", lambda: file.flush_data(3001))
    file.flush_data(3000, close=True)
    assert file.download_file().readall() == BYTES[:3000]
    before = file.get_file_properties().etag
    renamed = file.rename_file(f"{name}/a/renamed %.bin")
    assert renamed.get_file_properties().etag == before
    refused(ResourceNotFoundError, "NotFound", file.get_file_properties)
    lake.get_file_client("a-b/c").create_file()
    lake.get_file_client("a-b/c").upload_data(BYTES, overwrite=True)
    assert lake.get_file_client("a-b/c").download_file().readall() == BYTES
    for number in range(20):
        lake.get_file_client(f"n/{number:02}").create_file()
    assert [p.name for p in lake.get_paths("n", max_results=3)] == [f"n/{number:02}" for number in range(20)]
    assert [p.name for p in lake.get_paths()][:5] == ["a", "a/b c", "a/renamed %.bin", "a-b", "a-b/c"]
    assert [p.name for p in lake.get_paths(recursive=False)] == ["a", "a-b", "n"]
    assert lake.get_directory_client("a").exists()
    refused(ResourceExistsError, "PathAlreadyExists", lambda: renamed.create_file(
        match_condition=MatchConditions.IfMissing))
    renamed.delete_file()
    refused(ResourceNotFoundError, "PathNotFound", renamed.delete_file)
    lake.delete_directory("n")
    assert not list(lake.get_paths("a", recursive=True))[1:]
    wrong = ClientSecretCredential(
        TENANT, ID, "wrong", authority=f"127.0.0.1:{HTTPS}", disable_instance_discovery=True,
        connection_verify=CERTIFICATE)
    refused(ClientAuthenticationError, "AADSTS7000215", lambda: wrong.get_token("https://storage.azure.com/.default"))


for address in (URL, SECURE, BY_HOST):
    shared_accesses(address, blobs(address))
for address in (SECURE, LAKE_BY_HOST):
    data_lake(address)
print("ok")
