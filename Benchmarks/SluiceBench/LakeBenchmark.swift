// The sample lake: how fast it is written, and how fast its records are checked.

import FoundationEssentials
import Records
import SampleLake

/// Writes the whole sample lake, and prints how long it took.
func benchmarkLake(scale: Double) async throws {
    try await withTemporaryFolder { folder in
        var rows = 0
        var bytes: Int64 = 0
        var all = Duration.zero
        for (number, dataset) in SampleLake.datasets.enumerated() {
            let (time, count) = try await measure(dataset, scale: scale, in: folder + "/\(number)")
            all += time
            rows += count.records
            bytes += count.recordBytes
            print(column(dataset.name, 24, right: false), column(decimal(time / .seconds(1), 3), 8), "s")
        }
        print("\(rows) rows, \(bytes / 1_000_000) MB in \(decimal(all / .seconds(1), 3)) s")
    }
}

/// Counts the records of each dataset three times, and prints the median speed.
func benchmarkCheck(scale: Double) async throws {
    try await withTemporaryFolder { folder in
        for (number, dataset) in SampleLake.datasets.enumerated() {
            _ = try await measure(dataset, scale: scale, in: folder + "/\(number)")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/\(number)").sorted()
                .map { folder + "/\(number)/\($0)" }
            var speeds: [Double] = []
            for _ in 0..<3 {
                var count = RecordCount()
                let time = try await ContinuousClock().measure {
                    count = try await RecordCounter.count(files: files)
                }
                speeds.append(Double(count.recordBytes) / (time / .seconds(1)) / 1e9)
            }
            print(column(dataset.name, 24, right: false), column(decimal(median(speeds), 2), 6), "GB/s")
        }
    }
}

private func measure(
    _ dataset: SampleDataset, scale: Double, in folder: String
) async throws -> (Duration, RecordCount) {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var files: [String] = []
    let time = try await ContinuousClock().measure {
        files = try await SampleLake.generate(
            dataset, into: folder, now: Date(timeIntervalSince1970: 1_768_456_800), scale: scale)
    }
    return (time, try await RecordCounter.count(files: files))
}
