"""Writes a small Parquet file without compression, with text that is not ASCII: small_parquet.py FILE."""

import sys

import pyarrow as pa
import pyarrow.parquet as pq

rows = 500
table = pa.table({"n": pa.array(range(rows)), "text": [f"naïve 東京 🚀 {number % 9}" for number in range(rows)]})
pq.write_table(table, sys.argv[1], compression="none", row_group_size=200)
