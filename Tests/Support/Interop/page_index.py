"""Tells what DataFusion, which skips pages by their index, reads of Parquet files for one row, and for all.

usage: page_index.py FILE...

The files have the columns `number`, in order from 0, and `payload`. For each, prints the bytes read for the payload
of the row in the middle, and for all payloads. The row must be the one that pyarrow finds there.
"""

import sys

import datafusion
import pyarrow.parquet as pq


def bytes_read():
    """By this process, whatever was read."""
    with open("/proc/self/io") as file:
        return int(file.readline().split()[1])


for path in sys.argv[1:]:
    payloads = pq.read_table(path)["payload"]
    middle = len(payloads) // 2
    context = datafusion.SessionContext()
    context.register_parquet("records", path)
    start = bytes_read()
    row = context.sql(f"SELECT payload FROM records WHERE number = {middle}").to_pylist()
    one = bytes_read() - start
    assert [record["payload"] for record in row] == [payloads[middle].as_py()], f"{path}: not the row {middle}"
    start = bytes_read()
    rows = context.sql("SELECT payload FROM records").to_pylist()
    assert len(rows) == len(payloads), f"{path}: {len(rows)} rows"
    print(one, bytes_read() - start)
