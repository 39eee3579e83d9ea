// Where the letters of a term are in a text, and how good a match that is (Smith and Waterman's alignment, with the
// weights of fzf). Knows nothing of many texts.

/// Finds terms in texts; keeps its memory from one text to the next.
struct Matcher {
    /// The best score with the letter of a row at or before a place of the text, row by row.
    private var scores: [Int32] = []
    /// How many letters before it a letter of the row stands in one piece with; 0 where it does not stand there.
    private var runs: [Int32] = []
    private var bonuses: [Int32] = []

    /// More places than this are not weighed against each other: the first match is taken.
    private static let mostPlaces = 1 << 16

    /// How good a match a term has in a text; nil where it has none.
    ///
    /// - Parameters:
    ///   - text: the text, without marks.
    ///   - letters: those of the term, in the same units.
    ///   - positions: are given the places of the letters in the text.
    mutating func score<Unit: Letter>(
        _ kind: Term.Kind, _ letters: UnsafeBufferPointer<Unit>, isCaseSensitive: Bool,
        in text: UnsafeBufferPointer<Unit>, positions: inout [Int]?
    ) -> Int32? {
        if letters.count > text.count { return nil }
        let isSame = { (letter: Unit, other: Unit) in
            isCaseSensitive ? letter == other : letter == other || letter.lowercased == other
        }
        if kind != .fuzzy {
            return Self.scoreInOnePiece(kind, letters, in: text, positions: &positions, isSame: isSame)
        }
        // Most texts do not have the letters: that is seen in one pass.
        var next = 0
        var first = -1
        var last = 0
        for place in text.indices where isSame(text[place], letters[next]) {
            if next == 0 { first = place }
            next += 1
            if next == letters.count {
                last = place
                break
            }
        }
        guard next == letters.count else { return nil }
        // The last letter may stand further to the right.
        var place = text.count - 1
        while place > last, !isSame(text[place], letters[letters.count - 1]) { place -= 1 }
        let window = first..<(place + 1)
        if letters.count == 1 {
            return Self.scoreOfOne(letters[0], in: text, window, positions: &positions, isSame: isSame)
        }
        guard window.count * letters.count <= Self.mostPlaces else {
            return Self.scoreOfFirst(letters, in: text, from: first, positions: &positions, isSame: isSame)
        }
        return align(letters, in: text, window, positions: &positions, isSame: isSame)
    }

    // MARK: Letters in their order

    @inline(__always)
    private static func scoreOfOne<Unit: Letter>(
        _ letter: Unit, in text: UnsafeBufferPointer<Unit>, _ window: Range<Int>, positions: inout [Int]?,
        isSame: (Unit, Unit) -> Bool
    ) -> Int32 {
        var best: Int32 = -1
        var bestPlace = window.lowerBound
        for place in window where isSame(text[place], letter) {
            let bonus = bonus(at: place, in: text)
            if bonus > best {
                best = bonus
                bestPlace = place
                // No place is worth more than the start of a word after a blank.
                if bonus >= Weight.boundary + 2 { break }
            }
        }
        positions?.append(bestPlace)
        return Weight.match + best * Weight.firstLetter
    }

    /// The letters where they are first found, for texts of which nobody reads the end.
    private static func scoreOfFirst<Unit: Letter>(
        _ letters: UnsafeBufferPointer<Unit>, in text: UnsafeBufferPointer<Unit>, from first: Int,
        positions: inout [Int]?, isSame: (Unit, Unit) -> Bool
    ) -> Int32 {
        var place = first
        var score: Int32 = 0
        for letter in letters {
            let start = place
            while !isSame(text[place], letter) { place += 1 }
            score += Weight.match + Int32(max(-1_000, start - place)) / 8
            positions?.append(place)
            place += 1
        }
        return max(1, score)
    }

    private mutating func align<Unit: Letter>(
        _ letters: UnsafeBufferPointer<Unit>, in text: UnsafeBufferPointer<Unit>, _ window: Range<Int>,
        positions: inout [Int]?, isSame: (Unit, Unit) -> Bool
    ) -> Int32 {
        let width = window.count
        let size = width * letters.count
        if scores.count < size {
            scores = Array(repeating: 0, count: size)
            runs = scores
        }
        if bonuses.count < width { bonuses = Array(repeating: 0, count: width) }
        return scores.withUnsafeMutableBufferPointer { scores in
            runs.withUnsafeMutableBufferPointer { runs in
                bonuses.withUnsafeMutableBufferPointer { bonuses in
                    for place in 0..<width {
                        bonuses[place] = Self.bonus(at: window.lowerBound + place, in: text)
                    }
                    for row in letters.indices {
                        var left: Int32 = 0
                        var isInGap = false
                        for place in 0..<width {
                            let here = row * width + place
                            let gapped = left + (isInGap ? Weight.gapExtension : Weight.gapStart)
                            var found: Int32 = 0
                            var run: Int32 = 0
                            if isSame(text[window.lowerBound + place], letters[row]) {
                                (found, run) = Self.found(
                                    row: row, place: place, width, scores, runs, bonuses)
                            }
                            isInGap = found < gapped
                            runs[here] = isInGap ? 0 : run
                            left = max(0, found, gapped)
                            scores[here] = left
                        }
                    }
                    let lastRow = (letters.count - 1) * width
                    var best = 0
                    for place in 1..<width where scores[lastRow + place] > scores[lastRow + best] {
                        best = place
                    }
                    let score = scores[lastRow + best]
                    if positions != nil {
                        let places = Self.trace(rows: letters.count, width, from: best, scores, runs)
                        positions?.append(contentsOf: places.map { $0 + window.lowerBound })
                    }
                    return score
                }
            }
        }
    }

    /// The score of a letter at a place where it stands, and the length of the piece that ends with it; 0 where the
    /// letters before it have not been found to the left.
    @inline(__always)
    private static func found(
        row: Int, place: Int, _ width: Int, _ scores: UnsafeMutableBufferPointer<Int32>,
        _ runs: UnsafeMutableBufferPointer<Int32>, _ bonuses: UnsafeMutableBufferPointer<Int32>
    ) -> (score: Int32, run: Int32) {
        var bonus = bonuses[place]
        guard row > 0 else { return (Weight.match + bonus * Weight.firstLetter, 1) }
        guard place > 0 else { return (0, 0) }
        let before = (row - 1) * width + place - 1
        guard scores[before] > 0 else { return (0, 0) }
        var run = runs[before] + 1
        if run > 1 {
            let first = bonuses[place - Int(run) + 1]
            if bonus >= Weight.boundary, bonus > first {
                // A new word begins: what comes after it is in one piece with its start.
                run = 1
            } else {
                bonus = max(bonus, Weight.consecutive, first)
            }
        }
        return (scores[before] + Weight.match + bonus, run)
    }

    /// The places of the letters, from the last one back.
    private static func trace(
        rows: Int, _ width: Int, from last: Int, _ scores: UnsafeMutableBufferPointer<Int32>,
        _ runs: UnsafeMutableBufferPointer<Int32>
    ) -> [Int] {
        var places: [Int] = []
        var place = last
        for row in stride(from: rows - 1, through: 0, by: -1) {
            while place > row, runs[row * width + place] == 0 { place -= 1 }
            places.append(place)
            place -= 1
        }
        return places.reversed()
    }

    // MARK: Letters in one piece

    private static func scoreInOnePiece<Unit: Letter>(
        _ kind: Term.Kind, _ letters: UnsafeBufferPointer<Unit>, in text: UnsafeBufferPointer<Unit>,
        positions: inout [Int]?, isSame: (Unit, Unit) -> Bool
    ) -> Int32? {
        let end = text.count - letters.count
        var best: Int32?
        var bestPlace = 0
        let starts: ClosedRange<Int>
        switch kind {
        case .fuzzy, .exact: starts = 0...end
        case .prefix: starts = 0...0
        case .suffix: starts = end...end
        case .whole:
            if end != 0 { return nil }
            starts = 0...0
        }
        for start in starts {
            var length = 0
            while length < letters.count, isSame(text[start + length], letters[length]) { length += 1 }
            guard length == letters.count else { continue }
            let score = score(ofPieceAt: start, length, in: text)
            if score > best ?? -1 {
                best = score
                bestPlace = start
            }
        }
        if best != nil { positions?.append(contentsOf: bestPlace..<(bestPlace + letters.count)) }
        return best
    }

    private static func score<Unit: Letter>(
        ofPieceAt start: Int, _ length: Int, in text: UnsafeBufferPointer<Unit>
    ) -> Int32 {
        var first = bonus(at: start, in: text)
        var score = Weight.match + first * Weight.firstLetter
        for place in (start + 1)..<(start + max(1, length)) {
            let bonus = bonus(at: place, in: text)
            if bonus >= Weight.boundary, bonus > first { first = bonus }
            score += Weight.match + max(bonus, Weight.consecutive, first)
        }
        return score
    }

    /// What a place is worth; before the text there is a blank.
    @inline(__always)
    private static func bonus<Unit: Letter>(at place: Int, in text: UnsafeBufferPointer<Unit>) -> Int32 {
        let previous = place == 0 ? LetterClass.blank.rawValue : text[place - 1].letterClass
        return LetterClass.bonuses[Int(previous) * 8 + Int(text[place].letterClass)]
    }
}

/// A letter of a text: a byte where all are ASCII, else a scalar.
protocol Letter: Equatable {
    var lowercased: Self { get }
    /// The raw value of its class.
    var letterClass: UInt8 { get }
}

extension UInt8: Letter {
    @inline(__always)
    var letterClass: UInt8 { LetterClass.ascii[Int(self & 0x7F)] }
}

extension UInt32: Letter {
    var lowercased: UInt32 { Folding.lowercased(self) }

    var letterClass: UInt8 { LetterClass(self).rawValue }
}
