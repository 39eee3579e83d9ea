// What is known of many datasets beside their texts, one column after the other.
import ExportDomain
import FoundationEssentials

/// The columns for datasets that never change.
final class DatasetFacts: Sendable {
    /// How many bytes of UTF-8 each id has.
    let idLengths: PackedIntegers
    /// The formats that there are; a platform has few.
    private let formatNames: [String]
    /// The format of each dataset by its place among those, from 1 on; 0 for none.
    private let formats: PackedIntegers
    /// One more than there are, and 0 for what is not known.
    private let records: PackedIntegers
    /// One more than there are, and 0 for what is not known.
    private let sizes: PackedIntegers
    /// The bits of the seconds since 2001.
    private let times: PackedIntegers

    /// Stands for what is not known.
    fileprivate static let unknownTime = -Double.infinity

    init(_ builder: Builder) {
        idLengths = PackedIntegers(builder.idLengths)
        formatNames = builder.formatNames
        formats = PackedIntegers(builder.formats)
        records = PackedIntegers(builder.records)
        sizes = PackedIntegers(builder.sizes)
        times = PackedIntegers(builder.times)
    }

    var count: Int { idLengths.count }

    /// Completes a dataset by what is known of the one in a place.
    func fill(_ dataset: inout Dataset, from place: Int) {
        dataset.format = formats[place] == 0 ? nil : formatNames[formats[place] - 1]
        dataset.records = records[place] == 0 ? nil : records[place] &- 1
        dataset.bytes = sizes[place] == 0 ? nil : sizes[place] &- 1
        let time = Double(bitPattern: UInt64(bitPattern: Int64(times[place])))
        dataset.lastBatchAt = time == Self.unknownTime ? nil : Date(timeIntervalSinceReferenceDate: time)
    }

    /// The columns while datasets are added.
    struct Builder {
        fileprivate var idLengths: [Int] = []
        fileprivate var formatNames: [String] = []
        fileprivate var formats: [Int] = []
        fileprivate var records: [Int] = []
        fileprivate var sizes: [Int] = []
        fileprivate var times: [Int] = []

        init() {}

        /// Begins with datasets that there are.
        init(_ facts: DatasetFacts) {
            idLengths = Array(facts.idLengths)
            formatNames = facts.formatNames
            formats = Array(facts.formats)
            records = Array(facts.records)
            sizes = Array(facts.sizes)
            times = Array(facts.times)
        }

        var count: Int { idLengths.count }

        mutating func append(_ dataset: Dataset) {
            idLengths.append(dataset.id.rawValue.utf8.count)
            formats.append(dataset.format.map { number(ofFormat: $0) } ?? 0)
            records.append(dataset.records.map { $0 &+ 1 } ?? 0)
            sizes.append(dataset.bytes.map { $0 &+ 1 } ?? 0)
            let time = dataset.lastBatchAt?.timeIntervalSinceReferenceDate ?? DatasetFacts.unknownTime
            times.append(Int(Int64(bitPattern: time.bitPattern)))
        }

        private mutating func number(ofFormat name: String) -> Int {
            if let place = formatNames.firstIndex(of: name) { return place + 1 }
            formatNames.append(name)
            return formatNames.count
        }
    }
}

extension DatasetFacts: Equatable {
    static func == (first: DatasetFacts, second: DatasetFacts) -> Bool {
        first === second
            || first.idLengths == second.idLengths && first.formatNames == second.formatNames
                && first.formats == second.formats && first.records == second.records
                && first.sizes == second.sizes && first.times == second.times
    }
}
