// One file into another format, as an export does it: what Benchmarks/formats.py times.

import FoundationEssentials
import Glibc
import Parquet
import Records

/// Converts a Parquet or NDJSON file into Parquet or `.json.gz`, whichever the end of the target's name says.
///
/// - Parameters:
///   - codec: of Parquet; by default what the name says, `.gz.parquet` or `.parquet`.
///   - shapePath: a file that `writeShape` has written, so that records need not be looked at first.
func convert(_ source: String, to target: String, codec: String?, shapePath: String?) async throws {
    let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard output >= 0 else { throw BenchmarkFailure(description: "cannot write \(target)") }
    defer { close(output) }
    let isParquet = source.hasSuffix(".parquet")
    if target.hasSuffix(".parquet") {
        let name = codec ?? (target.hasSuffix(".gz.parquet") ? "gzip" : "uncompressed")
        guard let codec = CompressionCodec.allCases.first(where: { "\($0)" == name.uppercased() }) else {
            throw BenchmarkFailure(description: "there is no codec \(name)")
        }
        if isParquet {
            let file = try await ParquetFile(try LocalFile(path: source))
            try await write(try TranscodedParquet(file, codec: codec), to: output)
        } else {
            let shape =
                if let shapePath { try readShape(shapePath) } else {
                    try await SchemaInference.run(files: [source]).shape
                }
            let records = try ParquetRecords(
                files: [source], schema: try shape.schema().schema, options: WriterOptions(codec: codec),
                malformedLines: .fail)
            try await write(records, to: output)
        }
    } else if isParquet {
        try await write(GzippedParquetRecords(files: [ParquetInput(try LocalFile(path: source))]), to: output)
    } else {
        try await write(GzippedRecords(files: [source], malformedLines: .fail), to: output)
    }
}

/// Writes what the records of `source` look like, as it is known of the files of a lake, to `path`.
func writeShape(of source: String, to path: String) async throws {
    let shape = try await SchemaInference.run(files: [source]).shape
    try JSONEncoder().encode(shape).write(to: URL(filePath: path))
}

/// The options that follow the source and the target, by their names.
func conversionOptions(_ arguments: ArraySlice<String>) throws -> [String: String] {
    var options: [String: String] = [:]
    var rest = arguments
    while let name = rest.popFirst() {
        guard ["--codec", "--shape"].contains(name), let value = rest.popFirst() else { usage() }
        options[name] = value
    }
    return options
}

private func readShape(_ path: String) throws -> RecordShape {
    try JSONDecoder().decode(RecordShape.self, from: Data(contentsOf: URL(filePath: path)))
}

private func write(
    _ chunks: some AsyncSequence<[UInt8], any Error>, to descriptor: Int32
) async throws {
    for try await chunk in chunks { try writeAll(chunk, to: descriptor) }
}

/// Why a benchmark cannot go on.
struct BenchmarkFailure: Error, CustomStringConvertible {
    var description: String
}
