// How large the parts of an upload are, and how many of them are in memory: arithmetic only.

/// The sizes of the parts that a body is cut into.
///
/// A service takes only so many parts, and a body's length may not be known before its end. So parts grow:
/// the limit cannot be met in the middle of a body that the service would take.
struct PartPlan: Hashable, Sendable {
    /// A run of parts of one size.
    struct Tier: Hashable, Sendable {
        let count: Int
        let size: Int
    }

    /// The most parts that are sent at the same time.
    static let mostInFlight = 4
    /// The most bytes of parts in memory, as long as one part alone is not larger.
    static let memory = 256 << 20

    /// Sizes in the order of the parts; what comes after the last tier is of the last one's size.
    let tiers: [Tier]
    /// The most parts that the service takes.
    let mostParts: Int

    /// The size in bytes of the part `number`, counted from 1.
    func size(ofPart number: Int) -> Int {
        var first = 1
        for tier in tiers {
            first += tier.count
            if number < first { return tier.size }
        }
        return tiers.last?.size ?? PartPlan.smallest
    }

    /// How many parts may be on their way while one of `size` bytes is being filled.
    static func inFlight(besideOneOf size: Int) -> Int {
        max(0, min(mostInFlight, memory / size - 1))
    }
}

extension PartPlan {
    static let smallest = 8 << 20

    /// Parts of one size, the smallest with which a body of `length` bytes is at most `mostParts` parts.
    static func uniform(length: Int64, mostParts: Int) -> PartPlan {
        let least = (length + Int64(mostParts) - 1) / Int64(mostParts)
        let wholeMegabytes = Int((least + (1 << 20) - 1) >> 20) << 20
        return PartPlan(
            tiers: [Tier(count: mostParts, size: max(smallest, wholeMegabytes))], mostParts: mostParts)
    }

    /// Parts that grow until `mostParts` (10,000 or more) hold 5 TiB.
    ///
    /// Up to 64 MB four are on their way at the same time, which brings a body to 90 GB; up to 256 MB, and
    /// 600 GB, there are fewer. Only beyond that a single part is larger than the memory that parts may take
    /// otherwise.
    static func growing(mostParts: Int) -> PartPlan {
        PartPlan(
            tiers: [
                Tier(count: 500, size: 8 << 20), Tier(count: 500, size: 16 << 20),
                Tier(count: 500, size: 32 << 20), Tier(count: 1_000, size: 64 << 20),
                Tier(count: 1_000, size: 128 << 20), Tier(count: 1_500, size: 256 << 20),
                Tier(count: mostParts - 5_000, size: 1 << 30),
            ], mostParts: mostParts)
    }

    /// What suits a body whose length is known, or is not.
    static func fitting(length: Int64?, mostParts: Int) -> PartPlan {
        length.map { uniform(length: $0, mostParts: mostParts) } ?? growing(mostParts: mostParts)
    }
}
