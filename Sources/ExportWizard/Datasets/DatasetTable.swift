// Many datasets in little memory: their texts stand one after the other in what they are searched in, because a text of
// its own takes several times as much as its letters. What was added never changes, so that it can be read on other
// threads meanwhile.
import ExportDomain
import FoundationEssentials
import FuzzySearch

/// Datasets, by the number of each from 0 on.
public struct DatasetTable: Sendable, RandomAccessCollection {
    /// Of each its name, and as details its id, a blank and its description.
    private(set) var index = SearchIndex()
    private var pieces: [Piece] = []

    /// No dataset.
    public init() {}

    /// The number of the first.
    public var startIndex: Int { 0 }

    /// How many datasets there are.
    public var endIndex: Int { index.count }

    /// A dataset.
    public subscript(position: Int) -> Dataset {
        let details = index.details(position).utf8
        let end = details.index(details.startIndex, offsetBy: idLength(position))
        var dataset = Dataset(
            id: Identifier(rawValue: String(details[..<end]) ?? ""), name: index.text(position),
            description: String(details[end...].dropFirst()) ?? "")
        pieces[position / Piece.capacity].facts.fill(&dataset, from: position % Piece.capacity)
        return dataset
    }

    /// The id of a dataset, without the rest of it.
    func id(at position: Int) -> Identifier<Dataset> {
        Identifier(rawValue: String(index.details(position).utf8.prefix(idLength(position))) ?? "")
    }

    private func idLength(_ position: Int) -> Int {
        Int(pieces[position / Piece.capacity].facts.idLengths[position % Piece.capacity])
    }

    /// Adds datasets after those that there are.
    public mutating func append(_ datasets: some Collection<Dataset>) {
        index.append(datasets.lazy.map { ($0.name, "\($0.id) \($0.description)") })
        var open = pieces.last.flatMap { $0.facts.count < Piece.capacity ? $0.facts : nil }
        if open != nil { pieces.removeLast() }
        for dataset in datasets {
            var facts = open ?? DatasetFacts()
            open = nil
            facts.append(dataset)
            if facts.count == Piece.capacity {
                pieces.append(Piece(facts.closed))
            } else {
                open = facts
            }
        }
        if let open { pieces.append(Piece(open)) }
    }

    /// What is known of datasets that never change.
    private final class Piece: Sendable {
        /// How many datasets a piece has; only the last has less.
        static let capacity = 1024

        let facts: DatasetFacts

        init(_ facts: DatasetFacts) { self.facts = facts }
    }
}

extension DatasetTable: Equatable {
    /// Whether two tables have the same datasets.
    public static func == (first: DatasetTable, second: DatasetTable) -> Bool {
        first.index == second.index
            && zip(first.pieces, second.pieces).allSatisfy { $0 === $1 || $0.facts == $1.facts }
    }
}
