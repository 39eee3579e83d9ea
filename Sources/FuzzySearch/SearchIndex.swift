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

    /// A text, as it was added.
    public func text(_ number: Int) -> String {
        pieces[number / Piece.capacity].text(number % Piece.capacity)
    }

    /// The details of a text, as they were added.
    public func details(_ number: Int) -> String {
        pieces[number / Piece.capacity].details(number % Piece.capacity)
    }

    /// Takes away all texts but the first ones.
    ///
    /// - Parameter kept: how many stay; all where there are not more.
    public mutating func keepFirst(_ kept: Int) {
        guard kept < count else { return }
        let (whole, rest) = kept.quotientAndRemainder(dividingBy: Piece.capacity)
        let cut = rest == 0 ? nil : Piece(Piece.Builder(pieces[whole], first: rest))
        pieces.removeSubrange(whole...)
        if let cut { pieces.append(cut) }
        count = kept
    }

    /// Texts that never change.
    final class Piece: Sendable {
        /// How many texts a piece has; only the last has less.
        static let capacity = 1024

        /// The texts one after the other, each with its details, in UTF-8.
        let bytes: [UInt8]
        /// Where the details of a text begin, which are up to where the next text begins.
        let details: [UInt32]
        /// Where texts begin; one more than there are.
        let starts: [UInt32]
        /// The letters of each text and its details, without marks.
        let masks: [UInt64]

        var count: Int { masks.count }

        func text(_ place: Int) -> String { string(Int(starts[place])..<Int(details[place])) }

        func details(_ place: Int) -> String { string(Int(details[place])..<Int(starts[place + 1])) }

        private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

        init(_ builder: Builder) {
            bytes = builder.bytes.withoutSpareRoom
            details = builder.details.withoutSpareRoom
            starts = builder.starts.withoutSpareRoom
            masks = builder.masks.withoutSpareRoom
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

            init(_ piece: Piece, first count: Int) {
                bytes = Array(piece.bytes.prefix(Int(piece.starts[count])))
                details = Array(piece.details.prefix(count))
                starts = Array(piece.starts.prefix(count + 1))
                masks = Array(piece.masks.prefix(count))
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
                bytes.append(contentsOf: text.utf8)
                if text.utf8.allSatisfy({ $0 < 0x80 }) {
                    for byte in text.utf8 { mask |= LetterMask.bit(of: UInt32(byte)) }
                } else {
                    // A letter with a mark is searched as one without, and yet has to be read as what it is.
                    mask |= LetterMask.beyondASCII
                    for scalar in text.unicodeScalars {
                        mask |= LetterMask.bit(of: Folding.withoutMark(scalar).value)
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
