// Looking through many texts: a few first, so that something is shown at once, then the rest on all processors.

extension SearchIndex {
    /// How many texts are looked at before something is told of them.
    private static let firstRound = 1 << 15

    /// Looks through the texts.
    ///
    /// - Parameters:
    ///   - query: what is looked for.
    ///   - earlier: what was found before. Where it is of a query that this one narrows, only that is looked at; where
    ///     it is of the same query, only the texts that were added since.
    ///   - report: is told what has been found when it is the first time and then at most ten times a second.
    /// - Returns: what was found in all texts; nil where the task was cancelled.
    public func search(
        _ query: SearchQuery, after earlier: SearchMatches? = nil, report: (SearchMatches) -> Void = { _ in }
    ) async -> SearchMatches? {
        let work = Work(query, in: self, after: earlier)
        var found = work.found
        var done = 0
        var size = Self.firstRound
        var lastReport: ContinuousClock.Instant?
        while done < work.count {
            let round = done..<min(work.count, done + size)
            found.append(await search(round, of: work, query))
            if Task.isCancelled { return nil }
            done = round.upperBound
            size *= 2
            let now = ContinuousClock.now
            if done < work.count, lastReport.map({ now - $0 >= .milliseconds(100) }) ?? true {
                lastReport = now
                report(SearchMatches(query, found, searched: work.searched(done)))
            }
        }
        return SearchMatches(query, found, searched: count)
    }

    /// The same at once, for lists of a size that people look through themselves.
    public func searchNow(_ query: SearchQuery) -> SearchMatches {
        var found = SearchMatches.Found()
        look(at: 0..<count, for: query) { found.append($0, score: $1, length: $2) }
        return SearchMatches(query, found, searched: count)
    }

    /// What there is to look at.
    private struct Work: Sendable {
        /// What needs no look, because it was found before.
        var found = SearchMatches.Found()
        /// The texts that were found before and have to be looked at again, in their order.
        var again: [UInt32] = []
        /// The texts that nobody has looked at.
        var new: Range<Int>

        init(_ query: SearchQuery, in index: SearchIndex, after earlier: SearchMatches?) {
            new = 0..<index.count
            guard let earlier, (1...max(1, index.count)).contains(earlier.searched) else { return }
            if earlier.query == query {
                found.items = earlier.items
                found.ranks = earlier.ranks
            } else if query.narrows(earlier.query) {
                again = earlier.items.sorted()
            } else {
                return
            }
            new = earlier.searched..<index.count
        }

        var count: Int { again.count + new.count }

        /// How many texts from the first on are done when so many of the work are.
        func searched(_ done: Int) -> Int { done < again.count ? 0 : new.lowerBound + done - again.count }
    }

    private func search(_ round: Range<Int>, of work: Work, _ query: SearchQuery) async -> SearchMatches.Found
    {
        let slice = max(4_096, (round.count + 3) / 4)
        let starts = Array(stride(from: round.lowerBound, to: round.upperBound, by: slice))
        return await withTaskGroup(of: (Int, SearchMatches.Found).self) { group in
            for start in starts {
                group.addTask {
                    (start, search(start..<min(start + slice, round.upperBound), of: work, query))
                }
            }
            var parts: [Int: SearchMatches.Found] = [:]
            for await (start, part) in group { parts[start] = part }
            return starts.reduce(into: SearchMatches.Found()) { all, start in
                if let part = parts[start] { all.append(part) }
            }
        }
    }

    private func search(_ part: Range<Int>, of work: Work, _ query: SearchQuery) -> SearchMatches.Found {
        var found = SearchMatches.Found()
        if Task.isCancelled { return found }
        let again = part.clamped(to: 0..<work.again.count)
        look(at: work.again[again].lazy.map { Int($0) }, for: query) {
            found.append($0, score: $1, length: $2)
        }
        let offset = work.new.lowerBound - work.again.count
        if part.upperBound > work.again.count {
            let new = max(part.lowerBound, work.again.count)..<part.upperBound
            look(at: (new.lowerBound + offset)..<(new.upperBound + offset), for: query) {
                found.append($0, score: $1, length: $2)
            }
        }
        return found
    }

    /// Looks at some texts, and tells the number, the score and the length of each that is found.
    private func look(
        at numbers: some Sequence<Int>, for query: SearchQuery, found: (Int, Int32, Int) -> Void
    ) {
        var reader = TextReader(query)
        var piece: Piece?
        var pieceNumber = -1
        for number in numbers {
            if number / Piece.capacity != pieceNumber {
                pieceNumber = number / Piece.capacity
                piece = pieces[pieceNumber]
            }
            guard let piece else { continue }
            let place = number % Piece.capacity
            guard reader.mask & ~piece.masks[place] == 0 else { continue }
            if let (score, length) = reader.score(place, of: piece) {
                found(number, score, query.isEmpty ? 0 : length)
            }
        }
    }
}
