"""Data to export: Parquet files whose bytes an export with the same codec must not change."""

import hashlib
import os

import pyarrow
import pyarrow.parquet

ROW_GROUP = 64 << 20
COLUMN = 1 << 20  # values a column and row group
FILE_TAG = 1 << 12


def write(folder, files, size):
    """Writes files of random numbers, `size` bytes together; gives the SHA-256 of each with its size."""
    os.makedirs(folder)
    noise = os.urandom(ROW_GROUP)
    written = {}
    for number in range(files):
        path = f"{folder}/part-{number:03}.parquet"
        write_file(path, number, size // files, noise)
        with open(path, "rb") as file:
            written[hashlib.file_digest(file, "sha256").hexdigest()] = os.path.getsize(path)
    return written


def write_file(path, number, size, noise):
    group_size = min(ROW_GROUP, size)
    columns = max(1, group_size // (8 * COLUMN) - 1)
    rows = group_size // (8 * (columns + 1))
    schema = pyarrow.schema([("file", pyarrow.int64())] + [(f"n{i}", pyarrow.int64()) for i in range(columns)])
    with pyarrow.parquet.ParquetWriter(
            path, schema, compression="none", use_dictionary=False, write_statistics=False) as writer:
        for group in range(max(1, round(size / group_size))):
            arrays = [pyarrow.array([number * FILE_TAG + group]).take(pyarrow.array([0] * rows))]
            for column in range(columns):
                # No two columns begin with the same noise, so that none could pass for another.
                begin = 8 * ((column * rows + number * 1009 + group * 101) % (len(noise) // 8 - rows))
                arrays.append(pyarrow.Array.from_buffers(
                    pyarrow.int64(), rows, [None, pyarrow.py_buffer(noise[begin:begin + rows * 8])]))
            writer.write_table(pyarrow.table(arrays, schema=schema), row_group_size=rows)
