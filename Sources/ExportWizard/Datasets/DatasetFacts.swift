// What is known of many datasets beside their texts, one column after the other.
import ExportDomain
import FoundationEssentials
import FuzzySearch

/// The columns.
struct DatasetFacts: Sendable, Equatable {
    /// How many bytes of UTF-8 each id has.
    private(set) var idLengths: [UInt32] = []
    /// The formats that there are; a platform has few.
    private var formatNames: [String] = []
    /// The format of each dataset by its place among those, from 1 on; 0 for none.
    private var formats: [UInt16] = []
    private var records: [Int] = []
    private var sizes: [Int] = []
    private var times: [Double] = []

    /// Stand for what is not known: an optional number would take twice the memory.
    private static let unknown = Int.min
    private static let unknownTime = -Double.infinity

    var count: Int { idLengths.count }

    mutating func append(_ dataset: Dataset) {
        idLengths.append(UInt32(dataset.id.rawValue.utf8.count))
        formats.append(dataset.format.map { number(ofFormat: $0) } ?? 0)
        records.append(dataset.records ?? Self.unknown)
        sizes.append(dataset.bytes ?? Self.unknown)
        times.append(dataset.lastBatchAt?.timeIntervalSinceReferenceDate ?? Self.unknownTime)
    }

    private mutating func number(ofFormat name: String) -> UInt16 {
        if let place = formatNames.firstIndex(of: name) { return UInt16(place + 1) }
        formatNames.append(name)
        return UInt16(formatNames.count)
    }

    /// Completes a dataset by what is known of the one in a place.
    func fill(_ dataset: inout Dataset, from place: Int) {
        dataset.format = formats[place] == 0 ? nil : formatNames[Int(formats[place]) - 1]
        dataset.records = known(records[place])
        dataset.bytes = known(sizes[place])
        dataset.lastBatchAt =
            times[place] == Self.unknownTime ? nil : Date(timeIntervalSinceReferenceDate: times[place])
    }

    private func known(_ number: Int) -> Int? { number == Self.unknown ? nil : number }

    /// The same for datasets of which there will be no more.
    var closed: DatasetFacts {
        var closed = self
        closed.idLengths = idLengths.withoutSpareRoom
        closed.formats = formats.withoutSpareRoom
        closed.records = records.withoutSpareRoom
        closed.sizes = sizes.withoutSpareRoom
        closed.times = times.withoutSpareRoom
        return closed
    }
}
