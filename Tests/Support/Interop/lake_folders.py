"""Folders of Parquet as pyarrow, DuckDB and Spark leave them, and what exports of them must hold.

usage: lake_folders.py make FOLDER             writes FOLDER/pyarrow, FOLDER/duckdb and FOLDER/spark
       lake_folders.py check WRITER EXPORTED…  compares exported files with what the writer was given
"""

import datetime
import gzip
import json
import os
import sys
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

ROWS = 3_000
UTC = datetime.timezone.utc


def row(number):
    """One row; what is None is null in Parquet and left out in JSON."""
    return {
        "id": number,
        "name": None if number % 7 == 0 else f"名前 {number} \"quoted\"\n",
        "score": None if number % 5 == 0 else number / 8,
        "price": Decimal(number).scaleb(-2),
        "at": datetime.datetime(2024, 5, 1, tzinfo=UTC) + datetime.timedelta(microseconds=number * 1_000_003),
        "tags": None if number % 11 == 0 else [None if i == 2 else f"t{i}" for i in range(number % 4)],
        "address": None if number % 13 == 0 else {"city": "東京", "zip": None if number % 3 else f"{number:05}"},
        "country": ["FR", "DE", None][number % 3],
        "year": 2020 + number % 2,
    }


SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("name", pa.string()),
        ("score", pa.float64()),
        ("price", pa.decimal128(12, 2)),
        ("at", pa.timestamp("us", tz="UTC")),
        ("tags", pa.list_(pa.string())),
        ("address", pa.struct([("city", pa.string()), ("zip", pa.string())])),
        ("country", pa.string()),
        ("year", pa.int64()),
    ]
)


def table():
    return pa.Table.from_pylist([row(number) for number in range(ROWS)], schema=SCHEMA)


def make(folder):
    ds.write_dataset(
        table(), f"{folder}/pyarrow", format="parquet",
        partitioning=ds.partitioning(pa.schema([("country", pa.string()), ("year", pa.int64())]), flavor="hive"))
    rows = table()
    connection = duckdb.connect()
    connection.register("rows", rows)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(
        f"COPY rows TO '{folder}/duckdb' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year))")
    os.makedirs(f"{folder}/spark/_temporary")
    half = ROWS // 2
    for number, part in enumerate([rows.slice(0, half), rows.slice(half)]):
        name = f"part-{number:05}-6d3f9a1c-1f0e-4a52-9a43-0d1c2e3f4a5b-c000.gz.parquet"
        pq.write_table(
            part, f"{folder}/spark/{name}", compression="gzip", row_group_size=700,
            use_deprecated_int96_timestamps=True)
        with open(f"{folder}/spark/.{name}.crc", "wb") as checksum:
            checksum.write(b"crc\x00")
    for name in ["_SUCCESS", "_temporary/left.parquet", "empty.parquet"]:
        open(f"{folder}/spark/{name}", "wb").close()


def as_json(value, nanoseconds):
    """A row as records say it: what is null left out, times as ISO-8601."""
    if isinstance(value, dict):
        return {name: as_json(part, nanoseconds) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [as_json(part, nanoseconds) for part in value]
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f") + ("000Z" if nanoseconds else "Z")
    return value


def read(path, nanoseconds):
    if path.endswith(".parquet"):
        codecs = {
            column["compression"]
            for group in pq.read_metadata(path).to_dict()["row_groups"] for column in group["columns"]}
        wanted = {"GZIP"} if path.endswith(".gz.parquet") else {"UNCOMPRESSED"}
        assert codecs == wanted, f"{path}: codecs {codecs}"
        found = pq.ParquetFile(path).read().to_pylist()
        same = duckdb.sql(f"SELECT count(*), sum(id) FROM read_parquet('{path}', hive_partitioning = false)").fetchall()[0]
        assert same == (len(found), sum(one["id"] for one in found)), f"{path}: DuckDB reads {same}"
        for one in found:
            one["at"] = one["at"].replace(tzinfo=UTC)
        return [as_json(one, nanoseconds) for one in found]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def check(writer, paths):
    # Spark's old timestamps have nanoseconds.
    nanoseconds = writer == "spark"
    found = sorted((one for path in paths for one in read(path, nanoseconds)), key=lambda one: one["id"])
    assert len(found) == ROWS, f"{len(found)} rows"
    for one, number in zip(found, range(ROWS)):
        expected = as_json(row(number), nanoseconds)
        expected["price"] = float(expected["price"])
        one["price"] = float(one["price"])
        assert one == expected, f"row {number}: {one} instead of {expected}"
    print(f"{len(found)} rows equal")


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    check(sys.argv[2], sys.argv[3:])
