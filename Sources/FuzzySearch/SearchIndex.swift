// Many texts, laid out to be looked through fast: in pieces that never change, so that they can be searched on other
// threads while more are added.

/// Texts to search, by the number of each from 0 on.
public struct SearchIndex: Sendable {
    /// How many texts there are.
    public private(set) var count = 0
    private(set) var pieces: [Piece] = []

    /// No text.
    public init() {}

    /// Adds texts after those that there are.
    ///
    /// - Parameter items: of each its text, whose letters are searched in their order, and details, in which they
    ///   are searched in one piece.
    public mutating func append(_ items: some Sequence<(String, String)>) {
        var open = pieces.last.flatMap { $0.count < Piece.capacity ? Piece.Builder($0) : nil }
        if open != nil { pieces.removeLast() }
        for (text, details) in items {
            var builder = open ?? Piece.Builder()
            open = nil
            builder.append(text, details)
            count += 1
            if builder.count == Piece.capacity { pieces.append(Piece(builder)) } else { open = builder }
        }
        if let open { pieces.append(Piece(open)) }
    }

    /// Texts that never change.
    final class Piece: Sendable {
        /// How many texts a piece has; only the last has less.
        static let capacity = 1024

        /// The texts one after the other, each with its details, without marks, in UTF-8.
        let bytes: [UInt8]
        /// Where the details of a text begin, which are up to where the next text begins.
        let details: [UInt32]
        /// Where texts begin; one more than there are.
        let starts: [UInt32]
        /// The letters of each text and its details.
        let masks: [UInt64]

        var count: Int { masks.count }

        init(_ builder: Builder) {
            bytes = builder.bytes
            details = builder.details
            starts = builder.starts
            masks = builder.masks
        }

        struct Builder {
            var bytes: [UInt8] = []
            var details: [UInt32] = []
            var starts: [UInt32] = [0]
            var masks: [UInt64] = []

            var count: Int { masks.count }

            init() {}

            init(_ piece: Piece) {
                bytes = piece.bytes
                details = piece.details
                starts = piece.starts
                masks = piece.masks
            }

            mutating func append(_ text: String, _ more: String) {
                var mask: UInt64 = 0
                add(text, &mask)
                details.append(UInt32(bytes.count))
                add(more, &mask)
                starts.append(UInt32(bytes.count))
                masks.append(mask)
            }

            private mutating func add(_ text: String, _ mask: inout UInt64) {
                if text.utf8.allSatisfy({ $0 < 0x80 }) {
                    bytes.append(contentsOf: text.utf8)
                    for byte in text.utf8 { mask |= LetterMask.bit(of: UInt32(byte)) }
                } else {
                    for scalar in text.unicodeScalars {
                        let folded = Folding.withoutMark(scalar)
                        bytes.append(contentsOf: String(folded).utf8)
                        mask |= LetterMask.bit(of: folded.value)
                    }
                }
            }
        }
    }
}

extension SearchIndex: Equatable {
    /// Whether two indices have the same texts.
    public static func == (first: SearchIndex, second: SearchIndex) -> Bool {
        first.count == second.count
            && zip(first.pieces, second.pieces).allSatisfy {
                $0 === $1 || $0.bytes == $1.bytes && $0.starts == $1.starts && $0.details == $1.details
            }
    }
}
