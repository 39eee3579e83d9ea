"""The fastest sensible way of each engine to convert a file, one function an engine.

Usage: engines.py ENGINE SOURCE TARGET CODEC THREADS

The kinds of the files are told by their endings: .parquet, .ndjson, .json.gz. Prints, as JSON, the seconds of the
conversion alone: the start of Python and the import of the engine do not count against an engine.
"""
import json
import os
import sys
import time

# The level of gzip, as of pigz -6, asked for wherever an engine lets one ask.
LEVEL = 6
ROW_GROUP = 131_072


def duckdb(source, target, codec, threads):
    """DuckDB streams. It may write rows in any order, which is faster; its gzip has one level, for all of a
    JSON file on one thread."""
    import duckdb
    database = duckdb.connect(config={"threads": threads, "preserve_insertion_order": False})
    rows = f"read_parquet('{source}')" if source.endswith(".parquet") else f"read_json('{source}')"
    how = (f"FORMAT parquet, COMPRESSION {codec}, WRITE_BLOOM_FILTER false" if target.endswith(".parquet")
           else "FORMAT json, COMPRESSION gzip")
    return lambda: database.execute(f"COPY (SELECT * FROM {rows}) TO '{target}' ({how})")


def polars(source, target, codec, threads):
    """Polars streams from a lazy scan to a sink. JSON is read in larger batches than the default, whose size
    of 1,024 rows costs half the speed."""
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars

    def convert():
        if source.endswith(".parquet"):
            rows = polars.scan_parquet(source)
        else:
            rows = polars.scan_ndjson(source, batch_size=65_536)
        level = LEVEL if codec == "gzip" else None
        sink = rows.sink_parquet if target.endswith(".parquet") else rows.sink_ndjson
        sink(target, compression=codec, compression_level=level, maintain_order=False, engine="streaming")
    return convert


def chdb(source, target, codec, threads):
    """ClickHouse, in the process. Row groups of less than the default million let it encode on all threads.
    From JSON to JSON it passes the lines on as they are, which is fastest (and checks nothing)."""
    import chdb
    same = "JSONEachRow" if source.endswith(".parquet") or target.endswith(".parquet") else "LineAsString"

    def table(path):
        return f"file('{path}', '{'Parquet' if path.endswith('.parquet') else same}')"
    settings = {
        "max_threads": threads,
        "max_insert_threads": threads,
        "output_format_compression_level": LEVEL,
        "output_format_parquet_compression_method": f"'{codec}'",
        "output_format_parquet_row_group_size": ROW_GROUP,
        "output_format_parquet_write_bloom_filter": 0,
        "output_format_json_escape_forward_slashes": 0,
    }
    how = ", ".join(f"{name} = {value}" for name, value in settings.items())
    statement = f"INSERT INTO FUNCTION {table(target)} SELECT * FROM {table(source)} SETTINGS {how}"
    return lambda: chdb.query(statement)


def pyarrow(source, target, codec, threads):
    """Arrow reads and writes row group by row group; it writes on one thread, and cannot write JSON."""
    import pyarrow
    import pyarrow.json
    from pyarrow import parquet
    pyarrow.set_cpu_count(threads)
    pyarrow.set_io_thread_count(threads)

    def convert():
        if source.endswith(".parquet"):
            file = parquet.ParquetFile(source, pre_buffer=True)
            schema, batches = file.schema_arrow, file.iter_batches(ROW_GROUP, use_threads=threads > 1)
        else:
            block = pyarrow.json.ReadOptions(block_size=64 << 20, use_threads=threads > 1)
            batches = pyarrow.json.open_json(source, read_options=block)
            schema = batches.schema
        level = LEVEL if codec == "gzip" else None
        with parquet.ParquetWriter(target, schema, compression=codec, compression_level=level) as writer:
            for batch in batches:
                writer.write_batch(batch, row_group_size=ROW_GROUP)
    return convert


if __name__ == "__main__":
    sys.path.pop(0)
    engine, source, target, codec, threads = sys.argv[1:]
    conversion = {"duckdb": duckdb, "polars": polars, "chdb": chdb, "pyarrow": pyarrow}[engine](
        source, target, codec, int(threads))
    start = time.perf_counter()
    conversion()
    print(json.dumps({"seconds": time.perf_counter() - start}))
