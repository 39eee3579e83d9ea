// Bytes that are kept for long, and therefore in no more memory than they need.

extension [UInt8] {
    /// The bytes of `pieces`, one after another, with no room for more.
    init(joining pieces: [[UInt8]]) {
        self = []
        reserveCapacity(pieces.reduce(0) { $0 + $1.count })
        for piece in pieces { self += piece }
    }
}
