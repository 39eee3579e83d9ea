// Records to one gzip member, beside gzip and pigz: speed, size, memory.

import FoundationEssentials
import Glibc
import Records
import SampleLake

/// Compresses the standard events, and the sample lake's, `gigabytes` of each, with each program on all cores
/// and on one, three times by turns, and prints a table.
func benchmarkGzip(gigabytes: Double) async throws {
    try await withTemporaryFolder { folder in
        // By another process, so that its memory is not counted as the programs'.
        let rows = "\(Int(gigabytes * 1e9 / 1_195))"
        let command = try executable(["/proc/self/exe", "events", rows, folder])
        _ = try Measurement.run(command, output: folder + "/path")
        let events = folder + "/events.ndjson"
        try compareGzip("standard events", events, in: folder)
        unlink(events)
        let lake = try await makeInput(gigabytes: gigabytes, in: folder)
        try compareGzip("the sample lake's events", lake, in: folder)
    }
}

private func compareGzip(_ name: String, _ input: String, in folder: String) throws {
    let size = fileSize(input)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let one = ["taskset", "-c", "0"]
    let sluice = try executable(["/proc/self/exe", "compress", input])
    let programs: [(name: String, cores: Int, command: [String])] = [
        ("sluice (checked)", cores, sluice),
        ("pigz -6", cores, ["pigz", "-6", "-c", input]),
        ("sluice (checked)", 1, one + sluice),
        ("pigz -6", 1, one + ["pigz", "-6", "-c", input]),
        ("gzip -6", 1, one + ["gzip", "-6", "-c", input]),
    ]
    var results = programs.map { _ in [Measurement]() }
    var sizes = programs.map { _ in 0 }
    for _ in 0..<3 {
        for (index, program) in programs.enumerated() {
            let output = folder + "/\(index).gz"
            results[index].append(try Measurement.run(program.command, output: output))
            sizes[index] = fileSize(output)
            if index > 0 { unlink(output) }
        }
    }
    // What was measured must also be right.
    _ = try Measurement.run(
        ["sh", "-c", "gzip -dc '\(folder)/0.gz' | cmp - '\(input)'"], output: folder + "/cmp")

    print("\(decimal(Double(size) / 1e9, 2)) GB of NDJSON, \(name)")
    print(
        column("", 18, right: false), column("cores", 6), column("MB/s", 8), column("of pigz", 8),
        column("CPU s", 8), column("output bytes", 14), column("of pigz", 8), column("peak MB", 8))
    for (index, program) in programs.enumerated() {
        let runs = results[index]
        let seconds = median(runs.map(\.seconds))
        let pigz = median(results[program.cores == 1 ? 3 : 1].map(\.seconds))
        print(
            column(program.name, 18, right: false), column("\(program.cores)", 6),
            column(decimal(Double(size) / seconds / 1e6, 1), 8), column(decimal(pigz / seconds, 2), 8),
            column(decimal(median(runs.map(\.processorSeconds)), 2), 8), column("\(sizes[index])", 14),
            column(decimal(Double(sizes[index]) / Double(sizes[1]), 4), 8),
            column(decimal(Double(runs.map(\.peakMemory).max() ?? 0) / 1e6, 1), 8))
    }
}

/// Writes the gzip stream of the records of `file` to standard output; what `benchmarkGzip` runs.
func compress(_ file: String) async throws {
    for try await chunk in GzippedRecords(files: [file], malformedLines: .fail) {
        try writeAll(chunk, to: 1)
    }
}

/// One file of the sample lake's web events.
private func makeInput(gigabytes: Double, in folder: String) async throws -> String {
    let bytesPerRow = 2_068.0
    let events = SampleLake.datasets[0]
    let parts = try await SampleLake.generate(
        events, into: folder, now: Date(timeIntervalSince1970: 1_768_456_800),
        scale: gigabytes * 1e9 / bytesPerRow / Double(events.rows))
    let input = folder + "/events.json"
    for part in parts {
        _ = try Measurement.run(["sh", "-c", "cat '\(part)' >> '\(input)'"], output: folder + "/cat")
        unlink(part)
    }
    return input
}

/// `command`, with this program's own path in place of the link to it.
private func executable(_ command: [String]) throws -> [String] {
    guard command[0] == "/proc/self/exe" else { return command }
    return [try FileManager.default.destinationOfSymbolicLink(atPath: command[0])] + command.dropFirst()
}
