// One query on one text after the other.

/// Looks for the terms of a query in texts.
struct TextReader {
    /// The letters that a text must have.
    let mask: UInt64
    private let terms: [Term]
    private var matcher = Matcher()
    /// The scalars of a text that is not all ASCII, and of its details.
    private var scalars: [UInt32] = []

    init(_ query: SearchQuery) {
        terms = query.terms
        mask = terms.reduce(0) { $1.isNegated ? $0 : $0 | $1.mask }
    }

    /// How good a match the query has in a text of a piece, and how long the text is; nil where it has none.
    mutating func score(_ place: Int, of piece: SearchIndex.Piece) -> (score: Int32, length: Int)? {
        let start = Int(piece.starts[place])
        let middle = Int(piece.details[place])
        let end = Int(piece.starts[place + 1])
        let isASCII = piece.masks[place] & LetterMask.beyondASCII == 0
        return piece.bytes.withUnsafeBufferPointer { bytes in
            let text = UnsafeBufferPointer(rebasing: bytes[start..<middle])
            let details = UnsafeBufferPointer(rebasing: bytes[middle..<end])
            guard isASCII else { return score(decoding: text, details) }
            var none: [Int]?
            let score = score(text, details, letters: \.bytes, positions: &none)
            return score.map { ($0, text.count) }
        }
    }

    /// The places of the letters that are found in a text, as numbers of its scalars, in order.
    mutating func positions(in text: String) -> [Int] {
        let scalars = text.unicodeScalars.map { Folding.withoutMark($0).value }
        return scalars.withUnsafeBufferPointer { scalars in
            var all: Set<Int> = []
            for term in terms where !term.isNegated {
                var positions: [Int]? = []
                _ = term.letters.withUnsafeBufferPointer {
                    matcher.score(
                        term.kind, $0, isCaseSensitive: term.isCaseSensitive, in: scalars,
                        positions: &positions)
                }
                all.formUnion(positions ?? [])
            }
            return all.sorted()
        }
    }

    private mutating func score(
        decoding text: UnsafeBufferPointer<UInt8>, _ details: UnsafeBufferPointer<UInt8>
    ) -> (score: Int32, length: Int)? {
        // Taken out while it is read, so that it is not copied.
        var scalars: [UInt32] = []
        swap(&scalars, &self.scalars)
        defer { swap(&scalars, &self.scalars) }
        scalars.removeAll(keepingCapacity: true)
        Self.append(text, to: &scalars)
        let length = scalars.count
        Self.append(details, to: &scalars)
        return scalars.withUnsafeBufferPointer { scalars in
            var none: [Int]?
            let score = score(
                UnsafeBufferPointer(rebasing: scalars[..<length]),
                UnsafeBufferPointer(rebasing: scalars[length...]), letters: \.letters, positions: &none)
            return score.map { ($0, length) }
        }
    }

    /// Adds the scalars of a text, without marks.
    private static func append(_ text: UnsafeBufferPointer<UInt8>, to scalars: inout [UInt32]) {
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            scalars.append(Folding.withoutMark(scalar).value)
        }
    }

    /// The sum of what the terms come to; nil where one of them is missing, or there and unwanted.
    @inline(__always)
    private mutating func score<Unit: Letter>(
        _ text: UnsafeBufferPointer<Unit>, _ details: UnsafeBufferPointer<Unit>,
        letters: (Term) -> [Unit]?, positions: inout [Int]?
    ) -> Int32? {
        var sum: Int32 = 0
        for term in terms {
            let score = letters(term)?.withUnsafeBufferPointer { letters -> Int32? in
                let isCaseSensitive = term.isCaseSensitive
                if let score = matcher.score(
                    term.kind, letters, isCaseSensitive: isCaseSensitive, in: text, positions: &positions)
                {
                    return score
                }
                guard term.kind == .fuzzy || term.kind == .exact else { return nil }
                return matcher.score(
                    .exact, letters, isCaseSensitive: isCaseSensitive, in: details, positions: &positions
                ).map { $0 / Weight.detail }
            }
            guard (score ?? nil) == nil ? term.isNegated : !term.isNegated else { return nil }
            sum += (score ?? nil) ?? 0
        }
        return sum
    }
}

extension SearchQuery {
    /// The places of the letters that are found in a text, as numbers of its scalars, in order; none where nothing is.
    public func positions(in text: String) -> [Int] {
        var reader = TextReader(self)
        return reader.positions(in: text)
    }
}
