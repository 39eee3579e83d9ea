// Writes the sample lake's files. It must not know what the data are used for.

import FoundationEssentials
import Glibc
import Languages

/// Data in the shape of the Experience Data Model, the same bytes for the same seed and date.
public enum SampleLake {
    /// Writes the part files of `dataset` into `folder`, which must exist, in parallel.
    ///
    /// Throws `SampleLakeError` when a file cannot be written, and `CancellationError`.
    ///
    /// - Parameter now: the moment before which everything in the data happened.
    /// - Parameter seed: another seed, other people and events.
    /// - Parameter scale: how many times as many rows, in as many times as many parts; above 0.
    /// - Returns: the paths of the files, in the order of their names.
    @discardableResult
    public static func generate(
        _ dataset: SampleDataset, into folder: String, now: Date, seed: UInt64 = 1, scale: Double = 1
    ) async throws -> [String] {
        let world = World(seed: seed, now: now)
        let rows = max(1, Int((Double(dataset.rows) * scale).rounded()))
        let parts = max(1, Int((Double(dataset.parts) * scale).rounded()))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            var paths: [String] = []
            for number in 0..<parts {
                let digits = String(number)
                let name =
                    "part-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".json"
                let range = (rows * number / parts)..<(rows * (number + 1) / parts)
                let path = folder + "/" + name
                let random = SeededGenerator(seed: seed, dataset.name, number)
                let part = Part(world: world, random: random, firstRow: range.lowerBound)
                group.addTask {
                    try write(range.count, rowsBy: dataset.rowWriter(part), to: path)
                }
                paths.append(path)
            }
            try await group.waitForAll()
            return paths
        }
    }

    private static func write(_ count: Int, rowsBy writer: any RowWriter, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SampleLakeError(file: path, code: errno) }
        defer { close(descriptor) }
        var writer = writer
        var buffer = RowBuffer(capacity: flushSize + 65_536)
        for _ in 0..<count {
            writer.writeRow(to: &buffer)
            buffer.raw("\n")
            if buffer.bytes.count >= flushSize {
                try Task.checkCancellation()
                try flush(&buffer, to: descriptor, path)
            }
        }
        try flush(&buffer, to: descriptor, path)
    }

    private static let flushSize = 262_144

    private static func flush(_ buffer: inout RowBuffer, to descriptor: Int32, _ path: String) throws {
        try buffer.bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard count >= 0 || errno == EINTR else { throw SampleLakeError(file: path, code: errno) }
                rest = rest.dropFirst(max(0, count))
            }
        }
        buffer.bytes.removeAll(keepingCapacity: true)
    }
}

/// A file of the sample lake could not be written.
public struct SampleLakeError: Error, Hashable, Localized {
    /// The path of the file.
    public let file: String
    /// The system's error number.
    public let code: Int32

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        Text(
            "Cannot write the sample data to \(file): \(String(cString: strerror(code))). Choose another folder."
        )
    }
}
