// How many bits numbers need.

/// The bits that the numbers from 0 to a maximum need.
enum BitWidth {
    /// The bits of `maximum`, which is not negative; 0 for 0.
    static func of(maximum: Int) -> Int { Int.bitWidth - maximum.leadingZeroBitCount }
}
