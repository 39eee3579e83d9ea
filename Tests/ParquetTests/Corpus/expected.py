#!/usr/bin/env python3
"""Writes expected.txt: every column of every file in data, as pyarrow reads it.

A column is a line: its path, its physical type, and its entries with their levels, as they would be stored.
An entry is `value`, or `_d` where a definition level d says that there is none; `r:` before it is a
repetition level other than 0. Long lines are cut, and end with a hash (FNV-1a) of the whole.
"""
import decimal, glob, math, os, struct
import pyarrow as pa, pyarrow.parquet as pq

LONGEST = 160


def storage(type):
    return type.storage_type if isinstance(type, pa.BaseExtensionType) else type


def parts(value, type):
    """The children of a value that is there: (field, their values, whether they repeat)."""
    if pa.types.is_map(type):
        keys, items = [e[0] for e in value.values], [e[1] for e in value.values]
        return [(type.key_field, keys, True), (type.item_field, items, True)]
    if pa.types.is_list(type):
        return [(type.value_field, list(value.values), True)]
    return [(field, [value[i]], False) for i, field in enumerate(type)]


def leaves(field):
    type = storage(field.type)
    if pa.types.is_map(type):
        return leaves(type.key_field) + leaves(type.item_field)
    if pa.types.is_list(type):
        return leaves(type.value_field)
    if pa.types.is_struct(type):
        return [leaf for child in type for leaf in leaves(child)]
    return [field]


def shred(field, value, column, columns, repetition, definition, depth):
    """Adds the entries of `value` to the columns from number `column` on."""
    type = storage(field.type)
    if value is not None and isinstance(value, pa.ExtensionScalar):
        value = value.value
    if value is not None and value.is_valid and field.nullable:
        definition += 1
    nested = pa.types.is_map(type) or pa.types.is_list(type) or pa.types.is_struct(type)
    if value is None or not value.is_valid:
        for number in range(column, column + len(leaves(field))):
            columns[number].append((repetition, definition, None))
    elif not nested:
        columns[column].append((repetition, definition, value))
    else:
        for child, values, repeats in parts(value, type):
            if repeats and not values:
                shred(child, None, column, columns, repetition, definition, depth)
            for index, part in enumerate(values):
                shred(
                    child, part, column, columns, repetition if index == 0 else depth + 1,
                    definition + repeats, depth + repeats)
            column += len(leaves(child))


def text(value, type, physical, width):
    """A value as it is stored."""
    if physical == "BOOLEAN":
        return "T" if value.as_py() else "F"
    if physical in ("FLOAT", "DOUBLE"):
        number = value.as_py()
        if math.isnan(number):
            return "nan"
        return struct.pack(">f" if physical == "FLOAT" else ">d", number).hex()
    if pa.types.is_decimal(type):
        number = int(decimal.Context(prec=100).scaleb(value.as_py(), type.scale))
        if physical == "BYTE_ARRAY":
            width = ((number if number >= 0 else ~number).bit_length() + 8) // 8
        if physical in ("BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"):
            return number.to_bytes(width, "big", signed=True).hex()
        return str(number)
    if pa.types.is_float16(type):
        return struct.pack("<e", value.as_py()).hex() if not math.isnan(value.as_py()) else "nan"
    if pa.types.is_temporal(type):
        return str(value.value)
    if pa.types.is_integer(type):
        bits = 32 if physical == "INT32" else 64
        return str((value.as_py() + 2 ** (bits - 1)) % 2**bits - 2 ** (bits - 1))
    return value.as_buffer().to_pybytes().hex() or "-"


def line(column, field, entries):
    words = []
    for repetition, definition, value in entries:
        word = f"_{definition}" if value is None else text(
            value, storage(field.type), column.physical_type, column.length)
        words.append(f"{repetition}:{word}" if repetition else word)
    whole = " ".join(words)
    if len(whole) > LONGEST:
        hash = 0xCBF29CE484222325
        for byte in whole.encode():
            hash = ((hash ^ byte) * 0x100000001B3) % 2**64
        whole = f"{whole[:LONGEST]}… {len(words)} entries {hash:016x}"
    return f"{column.path} {column.physical_type}: {whole}"


def describe(path):
    file = pq.ParquetFile(path)
    table = file.read()
    columns = [[] for _ in range(len(file.schema))]
    first = 0
    for number, field in enumerate(table.schema):
        for value in table.column(number):
            shred(field, value, first, columns, 0, 0, 0)
        first += len(leaves(field))
    fields = [leaf for field in table.schema for leaf in leaves(field)]
    assert len(fields) == len(columns)
    yield f"{table.num_rows} rows"
    for number, entries in enumerate(columns):
        yield line(file.schema.column(number), fields[number], entries)


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "expected.txt"), "w") as out:
        for path in sorted(glob.glob(os.path.join(here, "data", "*.parquet"))):
            try:
                lines = list(describe(path))
            except Exception as error:
                print(f"{os.path.basename(path)}: {error!r}")
                continue
            out.write("\n".join([f"# {os.path.basename(path)}"] + lines) + "\n\n")
