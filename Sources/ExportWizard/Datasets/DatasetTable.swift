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
    /// What else is known of them; all have `capacity` datasets, only the last has less.
    private var facts: [DatasetFacts] = []

    private static let capacity = 1024

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
        facts[position / Self.capacity].fill(&dataset, from: position % Self.capacity)
        return dataset
    }

    /// The id of a dataset, without the rest of it.
    func id(at position: Int) -> Identifier<Dataset> {
        Identifier(rawValue: String(index.details(position).utf8.prefix(idLength(position))) ?? "")
    }

    private func idLength(_ position: Int) -> Int {
        facts[position / Self.capacity].idLengths[position % Self.capacity]
    }

    /// Adds datasets after those that there are.
    public mutating func append(_ datasets: some Collection<Dataset>) {
        index.append(datasets.lazy.map { ($0.name, "\($0.id) \($0.description)") })
        var open = facts.last.flatMap { $0.count < Self.capacity ? DatasetFacts.Builder($0) : nil }
        if open != nil { facts.removeLast() }
        for dataset in datasets {
            var builder = open ?? DatasetFacts.Builder()
            open = nil
            builder.append(dataset)
            if builder.count == Self.capacity { facts.append(DatasetFacts(builder)) } else { open = builder }
        }
        if let open { facts.append(DatasetFacts(open)) }
    }
}

extension DatasetTable: Equatable {
    /// Whether two tables have the same datasets.
    public static func == (first: DatasetTable, second: DatasetTable) -> Bool {
        first.index == second.index && first.facts == second.facts
    }
}
