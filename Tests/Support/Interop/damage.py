"""Writes anew what an export has left, in the ways in which a file may be wrong.

    python damage.py KIND FILE NEW

KIND is one of those that `sluice verify` tells: size, digest, rows, unreadable, manifest-differs. What is written has
the size of the file, unless that is what is to be wrong. FILE is JSON in gzip, a Parquet file, or a manifest.
"""

import gzip
import io
import json
import os
import struct
import sys
import zlib

import pyarrow
import pyarrow.parquet


def gzip_of(lines, size):
    """Lines in gzip, of exactly so many bytes: what is left of these is the name in the header (RFC 1952)."""
    content = b"".join(lines)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(content) + deflate.flush()
    head, tail = b"\x1f\x8b\x08\x08" + bytes(6), struct.pack("<II", zlib.crc32(content), len(content))
    padding = size - len(head) - len(body) - len(tail) - 1
    if padding < 0:
        sys.exit("the file is too small to be written anew")
    return head + b"x" * padding + b"\0" + body + tail


def parquet_of(table, size):
    """A table of exactly so many bytes: what is left of these is in the footer."""
    for spare in range(100):
        padding = 0
        for _ in range(4):
            written = io.BytesIO()
            # What is the same again and again gets smaller, so that there is room.
            with pyarrow.parquet.ParquetWriter(
                    written, table.schema, compression="zstd", store_schema=False, write_statistics=False) as writer:
                writer.write_table(table)
                # Where one text of the right length cannot be, as its own length takes another byte, two can.
                writer.add_key_value_metadata({"padding": "x" * max(0, padding), "spare": "x" * spare})
            missing = size - written.tell()
            if missing == 0:
                return written.getvalue()
            padding += missing
    sys.exit("the file is too small to be written anew")


def other_records(name, content, kind):
    """The same records but for one that is another, or one fewer."""
    if name.endswith(".parquet"):
        table = pyarrow.parquet.read_table(io.BytesIO(content))
        column = table.schema.names.index("n")
        same = table.set_column(column, "n", pyarrow.array([7] * len(table), pyarrow.int64()))
        texts = pyarrow.array(["x"] * len(table))
        same = same.set_column(table.schema.names.index("text"), "text", texts)
        return parquet_of(same if kind == "digest" else same.slice(1), len(content))
    lines = [b'{"n":7}\n'] * (gzip.decompress(content).count(b"\n") - (kind == "rows"))
    return gzip_of(lines, len(content))


def damaged(name, content, kind):
    if kind == "size":
        return content + b"\0"
    if kind == "unreadable":
        middle = len(content) // 2
        return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1:]
    if kind == "manifest-differs":
        manifest = json.loads(content)
        manifest["exportResults"][0]["size"] += 1
        return json.dumps(manifest).encode()
    return other_records(name, content, kind)


def main(kind, file, new):
    with open(file, "rb") as source:
        content = source.read()
    with open(new, "wb") as target:
        target.write(damaged(file, content, kind))


if __name__ == "__main__":
    main(*sys.argv[1:])
    # Not by way of pyarrow's threads, which on a busy machine end a program with an error.
    os._exit(0)
