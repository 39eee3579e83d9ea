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

    let kind: Kind

    enum Kind: UInt64, Sendable { case webEvents = 1, profiles, orders, loyalty, stores }
}

/// Data in the shape of the Experience Data Model, the same bytes for the same seed and date.
public enum SampleLake {
    /// The datasets that can be made; together about 200,000 records.
    public static let datasets = [
        SampleDataset(
            name: "Web events", description: "Page views, product views and purchases of an online shop",
            rows: 120_000, parts: 4, kind: .webEvents),
        SampleDataset(
            name: "Customer profiles", description: "Who the customers are, with consents and segments",
            rows: 40_000, parts: 2, kind: .profiles),
        SampleDataset(
            name: "Order history", description: "Orders with their lines, payments and deliveries",
            rows: 30_000, parts: 2, kind: .orders),
        SampleDataset(
            name: "Loyalty members", description: "Points and tiers of the loyalty programme",
            rows: 12_000, parts: 1, kind: .loyalty),
        SampleDataset(
            name: "店舗マスタ Stores", description: "A small lookup of stores, in many scripts, with emoji 🏬",
            rows: 240, parts: 1, kind: .stores),
    ]

    /// Writes the part files of a dataset into a folder, which must exist, in parallel.
    ///
    /// - Parameters:
    ///   - now: the moment before which everything in the data happened.
    ///   - seed: another seed, other people and events.
    ///   - scale: how many times as many rows, in as many times as many parts.
    /// - Returns: the paths of the files, in the order of their names.
    /// - Throws: `SampleLakeError` when a file cannot be written, and `CancellationError`.
    @discardableResult
    public static func generate(
        _ dataset: SampleDataset, into folder: String, now: Date, seed: UInt64 = 1, scale: Double = 1
    ) async throws -> [String] {
        let rows = max(1, Int((Double(dataset.rows) * scale).rounded()))
        let parts = max(1, Int((Double(dataset.parts) * scale).rounded(.up)))
        let moment = Int(now.timeIntervalSince1970)
        return try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for part in 0..<parts {
                let first = rows * part / parts
                let last = rows * (part + 1) / parts
                group.addTask {
                    let path = "\(folder)/part-\(padded(part)).json"
                    let random = SampleRandom(seed: seed, stream: dataset.kind.rawValue << 32 | UInt64(part))
                    try write(dataset.kind, rows: first..<last, now: moment, random: random, to: path)
                    return (part, path)
                }
            }
            var paths: [(Int, String)] = []
            for try await path in group { paths.append(path) }
            return paths.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func write(
        _ kind: SampleDataset.Kind, rows: Range<Int>, now: Int, random: SampleRandom, to path: String
    ) throws {
        var random = random
        var line = LineWriter()
        var file = try PartFile(path: path)
        for row in rows {
            switch kind {
            case .webEvents: WebEvents.write(now: now, random: &random, to: &line)
            case .profiles: Profiles.write(row, now: now, random: &random, to: &line)
            case .orders: Orders.write(row, now: now, random: &random, to: &line)
            case .loyalty: LoyaltyMembers.write(row, now: now, random: &random, to: &line)
            case .stores: Stores.write(row, random: &random, to: &line)
            }
            line.endLine()
            if line.bytes.count >= PartFile.block {
                try Task.checkCancellation()
                try file.append(line.bytes)
                line.bytes.removeAll(keepingCapacity: true)
            }
        }
        try file.append(line.bytes)
        try file.close()
    }

    private static func padded(_ part: Int) -> String {
        let digits = String(part)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
