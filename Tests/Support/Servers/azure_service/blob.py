"""The Blob service: containers, block blobs, their blocks, listings."""

import base64
import binascii
import xml.etree.ElementTree as ElementTree
from urllib.parse import quote
from xml.sax.saxutils import escape

from .answers import Answer, Refusal, http_date
from .conditions import byte_range, check_conditions, checked
from .store import Blob, Container

MAXIMUM_BLOCKS = 50_000
MAXIMUM_UNCOMMITTED = 100_000


def serve(server, request, now):
    """Does what the request asks for."""
    if not request.container and request.method == "GET" and request.query.get("comp") == "list":
        return list_containers(server, request, now)
    if not request.container:
        raise Refusal(400, "InvalidQueryParameterValue", "Only containers are served here.")
    if not request.name:
        return serve_container(server, request, now)
    container = existing_container(server, request)
    action = (request.method, request.query.get("comp"))
    if action == ("PUT", "block"):
        return put_block(server, container, request)
    if action == ("PUT", "blocklist"):
        return put_block_list(container, request, now)
    if action == ("PUT", None):
        return put_blob(server, container, request, now)
    if action == ("GET", "blocklist"):
        return get_block_list(container, request)
    if action in (("GET", None), ("HEAD", None)):
        return get_blob(container, request)
    if action == ("DELETE", None):
        return delete_blob(container, request)
    raise Refusal(400, "InvalidQueryParameterValue", f"{action} is not served here.")


def list_containers(server, request, now):
    names = sorted(server.store.containers(request.account))
    most = min(int(request.query.get("maxresults", "5000")), 5000, server.page_size)
    containers = "".join(
        f"<Container><Name>{escape(name)}</Name><Properties><Last-Modified>{http_date(now)}</Last-Modified>"
        "</Properties></Container>" for name in names[:most])
    marker = names[most - 1] if len(names) > most else ""
    text = (
        f'\ufeff<?xml version="1.0" encoding="utf-8"?><EnumerationResults><MaxResults>{most}</MaxResults>'
        f"<Containers>{containers}</Containers><NextMarker>{escape(marker)}</NextMarker></EnumerationResults>")
    return Answer(200, {"Content-Type": "application/xml"}, text.encode())


def existing_container(server, request, code="ContainerNotFound"):
    container = server.store.container(request.account, request.container)
    if container is None:
        raise Refusal(404, code, "The specified container does not exist.")
    return container


def serve_container(server, request, now):
    containers = server.store.containers(request.account)
    if request.method == "PUT":
        if request.container in containers:
            raise Refusal(409, "ContainerAlreadyExists", "The specified container already exists.")
        containers[request.container] = Container(now)
        return Answer(201, {"ETag": '"0x1"', "Last-Modified": http_date(now)})
    container = existing_container(server, request)
    if request.method == "DELETE":
        del containers[request.container]
        return Answer(202)
    if request.query.get("comp") == "list":
        return list_blobs(server, container, request)
    return Answer(200, {"ETag": '"0x1"', "Last-Modified": http_date(container.modified)})


def no_blob():
    return Refusal(404, "BlobNotFound", "The specified blob does not exist.")


def properties(request):
    return {
        name: request.header(header)
        for name, header in (("Content-Type", "x-ms-blob-content-type"), ("Content-MD5", "x-ms-blob-content-md5"),
                             ("Content-Encoding", "x-ms-blob-content-encoding"))
        if request.header(header)}


def metadata(request):
    return {name[10:]: value for name, value in request.headers.items() if name.startswith("x-ms-meta-")}


def stored(blob):
    return Answer(201, {"ETag": blob.etag, "Last-Modified": http_date(blob.modified),
                        "x-ms-request-server-encrypted": "true"})


def put_blob(server, container, request, now):
    if request.header("x-ms-blob-type") != "BlockBlob":
        raise Refusal(400, "InvalidHeaderValue", "Only block blobs are served here.")
    check_conditions(request, container.blobs.get(request.name))
    segment = server.store.segment(checked(request, request.body.chunks()))
    with container.lock:
        check_conditions(request, container.blobs.get(request.name))
        blob = Blob([segment], now, headers=properties(request), metadata=metadata(request))
        if request.header("content-md5"):
            blob.headers.setdefault("Content-MD5", request.header("content-md5"))
        container.put(request.name, blob)
    return stored(blob)


def put_block(server, container, request):
    number = request.query.get("blockid", "")
    try:
        length = len(base64.b64decode(number, validate=True))
    except binascii.Error:
        length = 0
    if not 0 < length <= 64:
        raise Refusal(400, "InvalidQueryParameterValue", "The block id is not base64 of 1 to 64 bytes.")
    segment = server.store.segment(checked(request, request.body.chunks()))
    with container.lock:
        blocks = container.uncommitted.setdefault(request.name, {})
        if any(len(other) != len(number) for other in blocks):
            raise Refusal(400, "InvalidBlobOrBlock", "The specified blob or block content is invalid.")
        if len(blocks) >= MAXIMUM_UNCOMMITTED:
            raise Refusal(409, "BlockCountExceedsLimit",
                          "The uncommitted block count cannot exceed the maximum limit of 100,000 blocks.")
        blocks[number] = segment
    return Answer(201, {"x-ms-request-server-encrypted": "true"})


def put_block_list(container, request, now):
    body = b"".join(checked(request, request.body.chunks()))
    try:
        entries = [(entry.tag, entry.text or "") for entry in ElementTree.fromstring(body)]
    except ElementTree.ParseError:
        raise Refusal(400, "InvalidXmlDocument", "The specified XML is not syntactically valid.")
    if len(entries) > MAXIMUM_BLOCKS:
        raise Refusal(400, "BlockListTooLong", "The block list may not contain more than 50,000 blocks.")
    with container.lock:
        former = container.blobs.get(request.name)
        check_conditions(request, former)
        uncommitted = container.uncommitted.get(request.name, {})
        committed = dict(former.blocks) if former else {}
        blocks = []
        for kind, number in entries:
            places = {"Latest": (uncommitted, committed), "Uncommitted": (uncommitted,), "Committed": (committed,)}
            found = next((place[number] for place in places.get(kind, ()) if number in place), None)
            if found is None:
                raise Refusal(400, "InvalidBlockList", "The specified block list is invalid.")
            blocks.append((number, found))
        blob = Blob([segment for _, segment in blocks], now, blocks, properties(request), metadata(request))
        container.put(request.name, blob)
    return stored(blob)


def get_block_list(container, request):
    kind = request.query.get("blocklisttype", "committed")
    with container.lock:
        blob = container.blobs.get(request.name)
        uncommitted = container.uncommitted.get(request.name)
        if blob is None and uncommitted is None:
            raise no_blob()
        lists = []
        if kind in ("committed", "all"):
            lists.append(("CommittedBlocks", blob.blocks if blob else []))
        if kind in ("uncommitted", "all"):
            lists.append(("UncommittedBlocks", (uncommitted or {}).items()))
        text = "".join(
            f"<{name}>" + "".join(
                f"<Block><Name>{number}</Name><Size>{segment.length}</Size></Block>" for number, segment in blocks)
            + f"</{name}>" for name, blocks in lists)
    headers = {"Content-Type": "application/xml"}
    if blob:
        headers["ETag"] = blob.etag
    return Answer(200, headers, f'<?xml version="1.0" encoding="utf-8"?><BlockList>{text}</BlockList>'.encode())


def get_blob(container, request):
    with container.lock:
        blob = container.blobs.get(request.name)
        directory = container.directories.get(request.name)
        if blob is None and directory is None:
            raise no_blob()
        check_conditions(request, blob)
        length = blob.length if blob else 0
        headers = {
            "Content-Type": "application/octet-stream", "Accept-Ranges": "bytes",
            "x-ms-blob-type": "BlockBlob", "x-ms-resource-type": "file" if blob else "directory",
            "ETag": blob.etag if blob else '"0x1"',
            "Last-Modified": http_date(blob.modified if blob else directory)}
        if blob is None:
            headers["x-ms-meta-hdi_isfolder"] = "true"
        else:
            headers.update(blob.headers)
            headers.update({f"x-ms-meta-{name}": value for name, value in blob.metadata.items()})
        if request.method == "HEAD":
            return Answer(200, {**headers, "Content-Length": str(length)})
        bounds = byte_range(request, length)
        if bounds is None:
            return Answer(200, headers, (list(blob.segments) if blob else [], 0, length))
        headers.pop("Content-MD5", None)
        headers["Content-Range"] = f"bytes {bounds[0]}-{bounds[1] - 1}/{length}"
        return Answer(206, headers, (list(blob.segments), *bounds))


def delete_blob(container, request):
    with container.lock:
        blob = container.blobs.get(request.name)
        if blob is None:
            raise no_blob()
        check_conditions(request, blob)
        container.remove(request.name)
    return Answer(202)


def list_blobs(server, container, request):
    query = request.query
    prefix, marker, delimiter = query.get("prefix", ""), query.get("marker", ""), query.get("delimiter")
    limit = min(int(query.get("maxresults", "5000")), 5000, server.page_size)
    after = base64.urlsafe_b64decode(marker) if marker else b""
    with container.lock:
        names = list(container.names())
        extra = list(container.directories)
        if "uncommittedblobs" in query.get("include", ""):
            extra += [name for name in container.uncommitted if name not in container.blobs]
        if extra:
            names = sorted(names + extra, key=lambda name: name.encode())
        entries, last, next_marker = [], None, ""
        for name in names:
            if not name.startswith(prefix):
                continue
            is_prefix = bool(delimiter) and delimiter in name[len(prefix):]
            shown = prefix + name[len(prefix):].partition(delimiter)[0] + delimiter if is_prefix else name
            if shown.encode() <= after or shown == last:
                continue
            if len(entries) == limit:
                next_marker = base64.urlsafe_b64encode(last.encode()).decode()
                break
            last = shown
            entries.append(f"<BlobPrefix>{name_element(shown)}</BlobPrefix>" if is_prefix else entry(container, name))
    text = (
        f'\ufeff<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="{escape(request.container)}">'
        f"<Prefix>{escape(prefix)}</Prefix><MaxResults>{limit}</MaxResults><Blobs>{''.join(entries)}</Blobs>"
        f"<NextMarker>{next_marker}</NextMarker></EnumerationResults>")
    return Answer(200, {"Content-Type": "application/xml"}, text.encode())


def name_element(name):
    if any(ord(letter) in (0xFFFE, 0xFFFF) or ord(letter) < 0x20 for letter in name):
        return f'<Name Encoded="true">{quote(name)}</Name>'
    return f"<Name>{escape(name)}</Name>"


def entry(container, name):
    blob = container.blobs.get(name)
    kind = "directory" if blob is None and name in container.directories else "file"
    modified = blob.modified if blob else container.directories.get(name, container.modified)
    md5 = blob.headers.get("Content-MD5", "") if blob else ""
    return (
        f"<Blob>{name_element(name)}<Properties><Creation-Time>{http_date(modified)}</Creation-Time>"
        f"<Last-Modified>{http_date(modified)}</Last-Modified><Etag>{blob.etag.strip(chr(34)) if blob else ''}</Etag>"
        f"<ResourceType>{kind}</ResourceType><Content-Length>{blob.length if blob else 0}</Content-Length>"
        f"<Content-Type>application/octet-stream</Content-Type><Content-MD5>{md5}</Content-MD5>"
        "<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier></Properties><OrMetadata /></Blob>")
