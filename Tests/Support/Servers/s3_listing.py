"""Listings in the order of the keys' bytes, as S3 has them: SeaweedFS walks its folders, so that `a/b` comes before
`a b`. All that begins with the prefix is asked for, put in order and cut into pages."""

from urllib.parse import quote_plus, urlencode
from xml.etree import ElementTree
from xml.sax.saxutils import escape

# What stands for a backslash in SeaweedFS, which takes that for a slash.
BACKSLASH = "\uE05C"
SPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


def everything(fetch, bucket, prefix):
    """The objects of a bucket whose keys begin with a prefix, as (key, size, time, tag).

    fetch: asks SeaweedFS for a path, and returns status and body.
    """
    objects, token = [], None
    while True:
        query = {"list-type": "2", "max-keys": "1000", "prefix": prefix.replace("\\", BACKSLASH)}
        if token:
            query["continuation-token"] = token
        status, body = fetch(f"/{bucket}?{urlencode(sorted(query.items())).replace('+', '%20')}")
        if status != 200:
            return status, body
        root = ElementTree.fromstring(body)
        for item in root.iter(SPACE + "Contents"):
            key, *rest = (item.findtext(SPACE + name) for name in ("Key", "Size", "LastModified", "ETag"))
            objects.append((key.replace(BACKSLASH, "\\"), *rest))
        token = root.findtext(SPACE + "NextContinuationToken")
        if root.findtext(SPACE + "IsTruncated") != "true" or not token:
            return 200, objects


def page(objects, query):
    """One page, as the answer to ListObjectsV2."""
    prefix = query.get("prefix", "")
    objects = sorted((each for each in objects if each[0].startswith(prefix)), key=lambda each: each[0].encode())
    start = query.get("continuation-token") or query.get("start-after")
    if start:
        objects = [each for each in objects if each[0].encode() > start.encode()]
    most = int(query.get("max-keys", 1000))
    delimiter = query.get("delimiter")
    folders = []
    if delimiter:
        inside = [each for each in objects if delimiter in each[0][len(prefix):]]
        folders = list(dict.fromkeys(
            prefix + each[0][len(prefix):].partition(delimiter)[0] + delimiter for each in inside))
        objects = [each for each in objects if delimiter not in each[0][len(prefix):]]
        # As many names as a page may have, folders and objects in one order.
        names = sorted(folders + [each[0] for each in objects], key=str.encode)
        kept = set(names[:most])
        is_cut = len(names) > most
        folders = [name for name in folders if name in kept]
        objects = [each for each in objects if each[0] in kept]
    is_cut = is_cut if delimiter else len(objects) > most
    objects = objects[:most]
    is_encoded = query.get("encoding-type") == "url"

    def name(text):
        return quote_plus(text, safe="/") if is_encoded else escape(text)

    contents = "".join(
        f"<Contents><Key>{name(key)}</Key><LastModified>{time}</LastModified><ETag>{escape(tag)}</ETag>"
        f"<Size>{size}</Size></Contents>" for key, size, time, tag in objects)
    contents += "".join(f"<CommonPrefixes><Prefix>{name(folder)}</Prefix></CommonPrefixes>" for folder in folders)
    token = f"<NextContinuationToken>{escape(objects[-1][0])}</NextContinuationToken>" if is_cut and objects else ""
    encoding = "<EncodingType>url</EncodingType>" if is_encoded else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="{SPACE[1:-1]}">'
        f"<IsTruncated>{str(is_cut).lower()}</IsTruncated>{contents}{encoding}{token}"
        f"<KeyCount>{len(objects)}</KeyCount></ListBucketResult>").encode()
