// Random numbers that are the same everywhere for the same seed.

/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast, and good enough for sample data.
struct SampleRandom: RandomNumberGenerator {
    private var state: UInt64

    /// Starts one of many independent streams of a seed.
    init(seed: UInt64, stream: UInt64) {
        state = seed
        state = next() ^ stream &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number from 0 to one less than `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next() >> 33) % max(bound, 1)
    }

    /// A number in a range.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// One of several; small numbers come more often, as popularity has it.
    mutating func popular(_ count: Int) -> Int {
        min(below(count), below(count))
    }

    /// One of several values, each as likely.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    /// True so many times in a hundred.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
