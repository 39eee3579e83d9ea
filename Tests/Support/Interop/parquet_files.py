"""Holds Parquet files to what they should hold, with pyarrow, DuckDB and Polars.

usage: parquet_files.py FOLDER

Beside each FILE.parquet stands FILE.json, with an object for each row (TestRecord+JSON.swift says in which
form). All values, the statistics of chunks, and the answers to filters must be right.
"""

import decimal
import glob
import json
import struct
import sys
import uuid

import duckdb
import polars
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

decimal.getcontext().prec = 100


def stored(type):
    """The type whose Python values are the numbers that the file stores."""
    if pa.types.is_timestamp(type) or pa.types.is_time64(type):
        return pa.int64()
    if pa.types.is_time32(type) or pa.types.is_date32(type):
        return pa.int32()
    if isinstance(type, pa.BaseExtensionType):
        return type.storage_type
    if pa.types.is_map(type):
        return pa.map_(type.key_type, stored(type.item_type))
    if pa.types.is_list(type):
        return pa.list_(type.value_field.with_type(stored(type.value_type)))
    if pa.types.is_struct(type):
        return pa.struct([field.with_type(stored(field.type)) for field in type])
    return type


def plain(value):
    """A value in the form of the JSON files."""
    if isinstance(value, float):
        return "nan" if value != value else "d%d" % struct.unpack("<Q", struct.pack("<d", value))
    if isinstance(value, decimal.Decimal):
        return int(value.scaleb(-value.as_tuple().exponent))
    if isinstance(value, str):
        return "x" + value.encode().hex()
    if isinstance(value, bytes):
        return "x" + value.hex()
    if isinstance(value, uuid.UUID):
        return "x" + value.bytes.hex()
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, dict):
        return {key: plain(element) for key, element in value.items()}
    return value


def values(column):
    """The values of a column in the form of the JSON files."""
    return [plain(value) for value in column.cast(stored(column.type)).to_pylist()]


def compare(program, path, table, expected):
    for name in table.column_names:
        found = values(table[name])
        wanted = [row[name] for row in expected]
        for row, (one, other) in enumerate(zip(found, wanted, strict=True)):
            assert one == other, f"{program}: {path}: row {row} of {name} is {one}, not {other}"


def check_pyarrow(path, expected):
    table = pq.read_table(path, page_checksum_verification=True)
    assert table.num_rows == len(expected), f"{path}: {table.num_rows} rows"
    compare("pyarrow", path, table, expected)
    return table


def check_others(path, reference, expected):
    """Other programs have types of their own: these are brought to pyarrow's first."""
    read = {
        "DuckDB": lambda name: duckdb.sql(f'select "{name}" from \'{path}\'').to_arrow_table(),
        "Polars": lambda name: polars.read_parquet(path, columns=[name]).to_arrow(),
    }
    for program, column_of in read.items():
        if UNREADABLE[program] in reference.column_names:
            continue
        for name in reference.column_names:
            if (program, name) in OTHER_VALUES:
                continue
            column = column_of(name)[name]
            wanted = reference.schema.field(name).type
            assert len(column) == len(expected), f"{program}: {path}: {len(column)} rows of {name}"
            if program == "DuckDB" and isinstance(wanted, pa.UuidType):
                found = [text and "x" + uuid.UUID(str(text)).bytes.hex() for text in column.to_pylist()]
            else:
                found = values(column.cast(wanted if not isinstance(wanted, pa.BaseExtensionType) else wanted.storage_type))
            for row, one in enumerate(found):
                other = expected[row][name]
                assert one == other, f"{program}: {path}: row {row} of {name} is {one}, not {other}"


# Programs do not read files that have a column of these types.
UNREADABLE = {"DuckDB": "bson", "Polars": "interval"}
# DuckDB's times of day have microseconds.
OTHER_VALUES = {("DuckDB", "time_ns_utc"), ("DuckDB", "time_ns_local")}


def check_statistics(path):
    """The statistics of each chunk are those of its values."""
    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        rows = file.read_row_group(group)
        metadata = file.metadata.row_group(group)
        for index in range(metadata.num_columns):
            chunk = metadata.column(index)
            assert chunk.has_offset_index, f"{path}: no offset index"
            if "." in chunk.path_in_schema or chunk.path_in_schema.startswith("bare"):
                continue
            column = rows[chunk.path_in_schema]
            statistics = chunk.statistics
            place = f"{path}: row group {group}: {chunk.path_in_schema}"
            if chunk.physical_type == "INT96" or chunk.path_in_schema == "interval":
                assert statistics is None or not statistics.has_min_max, place
                continue
            assert statistics.null_count == column.null_count, place
            present = [value for value in column.drop_null().to_pylist() if value == value]
            assert statistics.has_min_max == bool(present), place
            assert chunk.has_column_index or not present or "float" in place or "double" in place, place
            if not present:
                continue
            check_bounds(place, statistics, present)


def check_bounds(place, statistics, present):
    """The bounds are the least and the greatest value, or, of long ones, not far from them."""
    bounds = [statistics.min, statistics.max]
    if isinstance(present[0], uuid.UUID):
        present = [value.bytes for value in present]
    if isinstance(present[0], float) and isinstance(bounds[0], bytes):
        bounds = [struct.unpack("<e", bound)[0] for bound in bounds]
    if isinstance(present[0], str):
        present = [value.encode() for value in present]
        bounds = [bound.encode() if isinstance(bound, str) else bound for bound in bounds]
    exact = [min(present), max(present)]
    if isinstance(exact[0], bytes) and max(len(value) for value in exact) > LONGEST_BOUND:
        assert all(len(bound) <= LONGEST_BOUND for bound in bounds), f"{place}: {bounds}"
        assert bounds[0] <= exact[0] and exact[1] <= bounds[1], f"{place}: {bounds}, not {exact}"
        assert exact[0].startswith(bounds[0]), f"{place}: {bounds}, not {exact}"
    else:
        assert bounds == exact, f"{place}: {bounds}, not {exact}"


# What a bound of byte arrays may have.
LONGEST_BOUND = 64


def check_filters(path, table):
    """Filters that skip chunks and pages by their statistics leave the right rows."""
    for field in table.schema:
        if not (
            pa.types.is_integer(field.type) or pa.types.is_string(field.type)
            or pa.types.is_floating(field.type) and not pa.types.is_float16(field.type)
        ):
            continue
        column = table[field.name]
        present = [value for value in column.unique().to_pylist() if value is not None and value == value]
        for value in present[:: max(1, len(present) // 3)]:
            wanted = sum(1 for other in column.to_pylist() if other is not None and other == value)
            wanted_value = pc.field(field.name) == pa.scalar(value, field.type)
            found = pq.read_table(path, columns=[field.name], filters=wanted_value).num_rows
            assert found == wanted, f"pyarrow: {path}: {found} rows have {field.name} = {value}, not {wanted}"
            found = duckdb.execute(
                f'select count(*) from \'{path}\' where "{field.name}" = ?::{duckdb_type(field.type)}', [value]
            ).fetchall()[0][0]
            assert found == wanted, f"DuckDB: {path}: {found} rows have {field.name} = {value}, not {wanted}"
            literal = polars.lit(value, dtype=polars.from_arrow(column.slice(0, 0)).dtype)
            rows = polars.scan_parquet(path).filter(polars.col(field.name) == literal)
            found = rows.select(field.name).collect().height
            assert found == wanted, f"Polars: {path}: {found} rows have {field.name} = {value}, not {wanted}"


def duckdb_type(type):
    if pa.types.is_integer(type):
        return ("U" if pa.types.is_unsigned_integer(type) else "") + {
            8: "TINYINT", 16: "SMALLINT", 32: "INTEGER", 64: "BIGINT"}[type.bit_width]
    return {pa.string(): "VARCHAR", pa.float32(): "FLOAT", pa.float64(): "DOUBLE"}[type]


def main():
    paths = sorted(glob.glob(sys.argv[1] + "/*.parquet"))
    for path in paths:
        with open(path.removesuffix(".parquet") + ".json") as lines:
            expected = [json.loads(line) for line in lines]
        table = check_pyarrow(path, expected)
        check_others(path, table, expected)
        check_statistics(path)
        check_filters(path, table)
    print(f"all {len(paths)} files are right")


main()
