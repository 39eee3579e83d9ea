// Rows of a list as people name them: by their numbers, from 1 on.

/// Rows that were named by numbers.
enum RowNumbers: Equatable {
    /// These rows, from 0 on, in the order in which they were named.
    case rows([Int])
    /// A number that no row has.
    case beyond(Int)
    /// No numbers at all.
    case none

    /// Understands “7”, “1-3,7” and “1 3”.
    ///
    /// - Parameter count: how many rows there are.
    init(_ text: String, of count: Int) {
        var rows: [Int] = []
        var seen: Set<Int> = []
        let pieces = text.split { $0 == "," || $0 == " " }
        guard !pieces.isEmpty else {
            self = .none
            return
        }
        for piece in pieces {
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false)
            let numbers = ends.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
            guard numbers.count == ends.count, numbers.count <= 2, let first = numbers.first,
                let last = numbers.last
            else {
                self = .none
                return
            }
            for number in [first, last] where number < 1 || number > count {
                self = .beyond(number)
                return
            }
            rows += (min(first, last)...max(first, last)).map { $0 - 1 }.filter { seen.insert($0).inserted }
        }
        self = .rows(rows)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
