// A small data lake to try things on, made from a seed. It must not know what the data are used for.

import FoundationEssentials

/// A dataset of the sample lake.
public struct SampleDataset: Hashable, Sendable {
    /// Its name, as shown to people.
    public let name: String
    /// What it holds, in a sentence.
    public let description: String
    /// Its records, at a scale of 1.
    public let rows: Int
    /// Its part files, at a scale of 1.
    public let parts: Int
}

/// Data in the shape of the Experience Data Model, the same bytes for the same seed and date.
public enum SampleLake {
    /// The datasets that can be made.
    public static let datasets: [SampleDataset] = []

    /// Writes the part files of `dataset` into `folder`, which must exist, in parallel.
    ///
    /// Throws `SampleLakeError` when a file cannot be written, and `CancellationError`.
    ///
    /// - Parameter now: the moment before which everything in the data happened.
    /// - Parameter seed: another seed, other people and events.
    /// - Parameter scale: how many times as many rows, in as many times as many parts.
    /// - Returns: the paths of the files, in the order of their names.
    @discardableResult
    public static func generate(
        _ dataset: SampleDataset, into folder: String, now: Date, seed: UInt64 = 1, scale: Double = 1
    ) async throws -> [String] {
        []
    }
}
