"""Makes the Parquet file of the standard events, and checks what was made of them.

Usage: events.py prepare EVENTS.ndjson EVENTS.parquet
       events.py check EVENTS.ndjson FILE CODEC

`check` reads all of FILE and compares every 1,009th event with the source. Prints, as JSON, the rows and what
was found: an empty list if all is well.
"""
import datetime
import decimal
import json
import os
import sys
import uuid
import zlib

# Types as in a data lake, where they are not what the JSON suggests.
TYPES = {
    "UUID": "VARCHAR", "total DOUBLE": "total DECIMAL(10, 2)", "price DOUBLE": "price DECIMAL(10, 2)",
    "discount DOUBLE": "discount DECIMAL(10, 2)", "quantity BIGINT": "quantity INTEGER",
    "width BIGINT": "width INTEGER", "height BIGINT": "height INTEGER", "localHour BIGINT": "localHour INTEGER",
}
ROW_GROUP = 131_072
STEP = 1_009


def prepare(source, target):
    """Nested columns, microsecond timestamps, decimals; Snappy, row groups of 131,072 rows."""
    import duckdb
    import pyarrow
    from pyarrow import parquet
    database = duckdb.connect()
    columns = {}
    for name, kind, *_ in database.execute(f"DESCRIBE SELECT * FROM read_json('{source}')").fetchall():
        for inferred, wanted in TYPES.items():
            kind = kind.replace(inferred, wanted)
        columns[name] = kind
    rows = database.sql(f"SELECT * FROM read_json('{source}', columns = {columns})").to_arrow_reader(ROW_GROUP)
    with parquet.ParquetWriter(target + ".part", rows.schema, compression="snappy") as writer:
        # The reader's batches are as large as it likes; row groups are the same everywhere.
        rest = rows.schema.empty_table()
        for batch in rows:
            rest = pyarrow.concat_tables([rest, pyarrow.Table.from_batches([batch])])
            if rest.num_rows >= ROW_GROUP:
                writer.write_table(rest.slice(0, ROW_GROUP))
                rest = rest.slice(ROW_GROUP)
        if rest.num_rows:
            writer.write_table(rest)
    os.rename(target + ".part", target)


def plain(value):
    """The value without nulls and empty structs, its numbers and moments comparable."""
    if isinstance(value, dict):
        fields = {name: plain(field) for name, field in value.items()}
        return {name: field for name, field in fields.items() if field is not None and field != {}}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        value = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds")
    if isinstance(value, decimal.Decimal):
        return float(value)
    return str(value) if isinstance(value, uuid.UUID) else value


def moment(text):
    """Two spellings of a moment come out the same; whatever is none comes out as it is."""
    try:
        return plain(datetime.datetime.fromisoformat(text.strip().replace(" UTC", "Z")))
    except (AttributeError, ValueError):
        return text


def differences(path, before, after):
    """In words, each difference of two plain values."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys()):
            yield from differences(f"{path}.{name}".strip("."), before.get(name), after.get(name))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after):
            yield from differences(path, one, other)
    elif isinstance(before, bool) != isinstance(after, bool):
        yield path, f"{before!r} became {after!r}"
    elif before != after and not ("imestamp" in path and moment(before) == moment(after)):
        yield path, f"{before!r} became {after!r}"


def lines(path, notes):
    """The lines of a gzip file, which has to be a single member."""
    members, rest = 1, b""
    stream = zlib.decompressobj(31)
    with open(path, "rb") as file:
        while data := file.read(1 << 20):
            text = rest + stream.decompress(data)
            while stream.eof and stream.unused_data:
                members, data, stream = members + 1, stream.unused_data, zlib.decompressobj(31)
                text += stream.decompress(data)
            *whole, rest = text.split(b"\n")
            yield from whole
    if not stream.eof:
        notes.append("the gzip stream is cut off")
    if members > 1:
        notes.append(f"{members} gzip members")
    if rest:
        yield rest


def read_json(path, wanted, notes):
    rows, found = 0, {}
    for line in lines(path, notes):
        rows += 1
        key = line.split(b'"', 4)[3].decode()
        if key in wanted:
            found[key] = json.loads(line)
    return rows, found


def read_parquet(path, wanted, codec, notes):
    import duckdb
    from pyarrow import parquet
    metadata = parquet.read_metadata(path)
    codecs = {metadata.row_group(group).column(column).compression
              for group in range(metadata.num_row_groups) for column in range(metadata.num_columns)}
    if codecs != {codec.upper()}:
        notes.append(f"codec {', '.join(sorted(codecs))}")
    if metadata.num_columns != 53:
        notes.append(f"{metadata.num_columns} leaf columns, not 53")
    keys = ", ".join(f"'{key}'" for key in wanted)
    found = duckdb.sql(f"SELECT * FROM read_parquet('{path}') WHERE _id::VARCHAR IN ({keys})").to_arrow_table().to_pylist()
    return metadata.num_rows, {str(row["_id"]): row for row in found}


def check(source, path, codec):
    wanted, total, notes = {}, 0, []
    with open(source, "rb") as file:
        for total, line in enumerate(file, 1):
            if total % STEP == 1:
                row = json.loads(line)
                wanted[row["_id"]] = row
    if path.endswith(".parquet"):
        rows, found = read_parquet(path, wanted, codec, notes)
    else:
        rows, found = read_json(path, wanted, notes)
    if rows != total:
        notes.append(f"{rows} rows, not {total}")
    if missing := len(wanted.keys() - found.keys()):
        notes.append(f"{missing} of {len(wanted)} events missing")
    seen = {}
    for key in wanted.keys() & found.keys():
        for place, words in differences("", plain(wanted[key]), plain(found[key])):
            seen.setdefault(place, words)
    notes += [f"{place}: {words}" for place, words in sorted(seen.items())]
    print(json.dumps({"rows": rows, "notes": notes}))


if __name__ == "__main__":
    sys.path.pop(0)
    {"prepare": prepare, "check": check}[sys.argv[1]](*sys.argv[2:])
