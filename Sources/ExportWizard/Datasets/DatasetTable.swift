// Many datasets in little memory: the texts of many stand one after the other, because a text of its own takes several
// times as much as its letters. What was added never changes, so that it can be read on other threads meanwhile.
import ExportDomain
import FoundationEssentials

/// Datasets, by the number of each from 0 on.
public struct DatasetTable: Sendable, RandomAccessCollection {
    private var pieces: [Piece] = []
    /// How many datasets there are.
    public private(set) var endIndex = 0

    /// No dataset.
    public init() {}

    /// The number of the first.
    public var startIndex: Int { 0 }

    /// A dataset.
    public subscript(position: Int) -> Dataset {
        pieces[position / Piece.capacity].dataset(position % Piece.capacity)
    }

    /// The id of a dataset, without the rest of it.
    func id(at position: Int) -> Identifier<Dataset> {
        pieces[position / Piece.capacity].id(position % Piece.capacity)
    }

    /// Adds datasets after those that there are.
    public mutating func append(_ datasets: some Sequence<Dataset>) {
        var open = pieces.last.flatMap { $0.count < Piece.capacity ? $0.contents : nil }
        if open != nil { pieces.removeLast() }
        for dataset in datasets {
            var contents = open ?? Piece.Contents()
            open = nil
            contents.append(dataset)
            endIndex += 1
            if contents.count == Piece.capacity {
                pieces.append(Piece(contents))
            } else {
                open = contents
            }
        }
        if let open { pieces.append(Piece(open)) }
    }

    /// Datasets that never change.
    private final class Piece: Sendable {
        /// How many datasets a piece has; only the last has less.
        static let capacity = 1024

        let contents: Contents

        init(_ contents: Contents) { self.contents = contents }

        var count: Int { contents.count }

        func dataset(_ place: Int) -> Dataset { contents.dataset(place) }

        func id(_ place: Int) -> Identifier<Dataset> { Identifier(rawValue: contents.text(0, of: place)) }

        struct Contents: Sendable, Equatable {
            /// The texts of each dataset, in UTF-8.
            private var bytes: [UInt8] = []
            /// Where each text ends.
            private var ends: [UInt32] = []
            private var formats: [String?] = []
            private var records: [Int?] = []
            private var sizes: [Int?] = []
            private var times: [Date?] = []

            /// Id, name and description.
            private static let texts = 3

            var count: Int { records.count }

            mutating func append(_ dataset: Dataset) {
                for text in [dataset.id.rawValue, dataset.name, dataset.description] {
                    bytes.append(contentsOf: text.utf8)
                    ends.append(UInt32(bytes.count))
                }
                formats.append(dataset.format)
                records.append(dataset.records)
                sizes.append(dataset.bytes)
                times.append(dataset.lastBatchAt)
            }

            func text(_ number: Int, of place: Int) -> String {
                let text = place * Self.texts + number
                let start = text == 0 ? 0 : Int(ends[text - 1])
                return String(decoding: bytes[start..<Int(ends[text])], as: UTF8.self)
            }

            func dataset(_ place: Int) -> Dataset {
                Dataset(
                    id: Identifier(rawValue: text(0, of: place)), name: text(1, of: place),
                    description: text(2, of: place), format: formats[place], records: records[place],
                    bytes: sizes[place], lastBatchAt: times[place])
            }
        }
    }
}

extension DatasetTable: Equatable {
    /// Whether two tables have the same datasets.
    public static func == (first: DatasetTable, second: DatasetTable) -> Bool {
        first.count == second.count
            && zip(first.pieces, second.pieces).allSatisfy { $0 === $1 || $0.contents == $1.contents }
    }
}
