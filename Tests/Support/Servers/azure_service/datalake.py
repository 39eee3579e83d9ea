"""Data Lake Storage (the dfs endpoint): files that grow by append and flush, directories, rename."""

import base64
import json
from urllib.parse import unquote

from . import blob as blobs
from .answers import Answer, Refusal, http_date
from .conditions import check_conditions, checked
from .store import Blob, Container


def serve(server, request, now):
    """Does what the request asks for."""
    if not request.name:
        return serve_file_system(server, request, now)
    container = blobs.existing_container(server, request, "FilesystemNotFound")
    if request.method == "PUT" and request.header("x-ms-rename-source"):
        return rename(container, request, now)
    if request.method == "PUT":
        return create(container, request, now)
    if request.method == "PATCH" and request.query.get("action") == "append":
        return append(server, container, request)
    if request.method == "PATCH" and request.query.get("action") == "flush":
        return flush(container, request, now)
    if request.method in ("GET", "HEAD"):
        try:
            return blobs.get_blob(container, request)
        except Refusal as refusal:
            raise no_path() if refusal.code == "BlobNotFound" else refusal
    if request.method == "DELETE":
        return delete(container, request)
    raise Refusal(400, "InvalidQueryParameterValue", f"{request.method} {request.query} is not served here.")


def no_path():
    return Refusal(404, "PathNotFound", "The specified path does not exist.")


def conflict():
    return Refusal(409, "PathConflict", "The specified path, or an element of the path, exists and its resource type "
                                        "is invalid for this operation.")


def serve_file_system(server, request, now):
    containers = server.store.containers(request.account)
    if request.method == "GET" and request.query.get("resource") == "account":
        names = [{"name": name, "lastModified": http_date(now)} for name in sorted(containers)]
        return Answer(200, {"Content-Type": "application/json"}, json.dumps({"filesystems": names}).encode())
    if request.method == "PUT":
        if request.container in containers:
            raise Refusal(409, "FilesystemAlreadyExists", "The specified filesystem already exists.")
        containers[request.container] = Container(now)
        return Answer(201, {"ETag": '"0x1"', "Last-Modified": http_date(now), "x-ms-namespace-enabled": "true"})
    container = blobs.existing_container(server, request, "FilesystemNotFound")
    if request.method == "GET" and request.query.get("resource") == "filesystem":
        return list_paths(server, container, request)
    return Answer(200, {"ETag": '"0x1"', "Last-Modified": http_date(container.modified),
                        "x-ms-namespace-enabled": "true"})


def parents(name):
    parts = name.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def make_parents(container, name, now):
    for parent in parents(name):
        if parent in container.blobs:
            raise conflict()
    for parent in parents(name):
        container.directories.setdefault(parent, now)


def create(container, request, now):
    with container.lock:
        is_directory = request.query.get("resource") == "directory"
        if request.name in container.directories and not is_directory:
            raise conflict()
        former = container.blobs.get(request.name)
        check_conditions(request, former, "PathAlreadyExists")
        make_parents(container, request.name, now)
        if is_directory:
            if former:
                raise conflict()
            container.directories.setdefault(request.name, now)
            return Answer(201, {"ETag": '"0x1"', "Last-Modified": http_date(now)})
        blob = Blob([], now)
        container.put(request.name, blob)
        return Answer(201, {"ETag": blob.etag, "Last-Modified": http_date(now)})


def append(server, container, request):
    blob = container.blobs.get(request.name)
    if blob is None:
        raise no_path()
    position = int(request.query.get("position", "-1"))
    if position < blob.length:
        raise Refusal(400, "InvalidQueryParameterValue", "The position is before the end of the file.")
    segment = server.store.segment(checked(request, request.body.chunks()))
    with container.lock:
        blob.appended[position] = segment
    return Answer(202, {"x-ms-request-server-encrypted": "true"})


def flush(container, request, now):
    with container.lock:
        blob = container.blobs.get(request.name)
        if blob is None:
            raise no_path()
        check_conditions(request, blob)
        position = int(request.query.get("position", "-1"))
        segments, length = list(blob.segments), blob.length
        while length < position and length in blob.appended:
            segments.append(blob.appended[length])
            length += blob.appended[length].length
        if length != position:
            raise Refusal(400, "InvalidFlushPosition",
                          "The uploaded data is not contiguous or the position query parameter value is not equal to "
                          "the length of the file after appending the uploaded data.")
        blob.segments = [segment for segment in segments if segment.length]
        blob.appended = {}
        blob.touch(now)
        return Answer(200, {"ETag": blob.etag, "Last-Modified": http_date(now), "Content-Length": "0"})


def rename(container, request, now):
    source = unquote(request.header("x-ms-rename-source").partition("?")[0]).lstrip("/")
    file_system, _, source = source.partition("/")
    with container.lock:
        if file_system != request.container:
            raise Refusal(400, "InvalidSourceUri", "The source URI is invalid.")
        if source in container.directories:
            raise Refusal(400, "UnsupportedRename", "Only files are renamed here.")
        blob = container.blobs.get(source)
        if blob is None:
            raise Refusal(404, "SourcePathNotFound", "The source path for a rename operation does not exist.")
        if request.name in container.directories:
            raise conflict()
        check_conditions(request, container.blobs.get(request.name), "PathAlreadyExists")
        if any(parent not in container.directories for parent in parents(request.name)):
            raise Refusal(404, "RenameDestinationParentPathNotFound",
                          "The parent directory of the destination path does not exist.")
        container.remove(source)
        container.put(request.name, blob)
        return Answer(201, {"ETag": blob.etag, "Last-Modified": http_date(now)})


def delete(container, request):
    with container.lock:
        blob = container.blobs.get(request.name)
        if blob is not None:
            check_conditions(request, blob)
            container.remove(request.name)
            return Answer(200)
        if request.name not in container.directories:
            raise no_path()
        below = request.name + "/"
        children = [name for name in (*container.blobs, *container.directories) if name.startswith(below)]
        if children and request.query.get("recursive") != "true":
            raise Refusal(409, "DirectoryNotEmpty",
                          "The recursive query parameter value must be true to delete a non-empty directory.")
        for name in children:
            container.blobs.pop(name, None)
            container.directories.pop(name, None)
        container.sorted = None
        del container.directories[request.name]
        return Answer(200)


def list_paths(server, container, request):
    """A page of paths, in the order of their components: what is in `a` comes before `a-b`, as on the service."""
    query = request.query
    directory = query.get("directory", "").strip("/")
    limit = min(int(query.get("maxResults", "5000")), 5000, server.page_size)
    continuation = query.get("continuation", "")
    after = base64.urlsafe_b64decode(continuation).decode().split("/") if continuation else None
    with container.lock:
        if directory and directory not in container.directories:
            raise no_path()
        below = directory + "/" if directory else ""
        everything = [*container.blobs, *container.directories]
        names = [name for name in everything if name.startswith(below)]
        if query.get("recursive") != "true":
            names = [name for name in names if "/" not in name[len(below):]]
        names.sort(key=lambda name: [part.encode() for part in name.split("/")])
        paths, more = [], ""
        for name in names:
            if after and [part.encode() for part in name.split("/")] <= [part.encode() for part in after]:
                continue
            if len(paths) == limit:
                more = base64.urlsafe_b64encode(paths[-1]["name"].encode()).decode()
                break
            blob = container.blobs.get(name)
            modified = blob.modified if blob else container.directories[name]
            path = {"name": name, "contentLength": str(blob.length if blob else 0), "lastModified": http_date(modified),
                    "etag": blob.etag.strip('"') if blob else "0x1", "owner": "$superuser", "group": "$superuser",
                    "permissions": "rw-r-----"}
            if blob is None:
                path["isDirectory"] = "true"
            paths.append(path)
    headers = {"Content-Type": "application/json;charset=utf-8"}
    if more:
        headers["x-ms-continuation"] = more
    return Answer(200, headers, json.dumps({"paths": paths}).encode())
