// What the records of some data look like, as a value that can be merged with that of other data: first blocks of
// a file in parallel, then files, then, once stored, batches that arrive later.

/// What was seen in records: their fields, and the kinds of values in these.
///
/// Merging is associative, and commutative but for the order of fields. Where an object has a name twice, the
/// first counts, as in what is written.
public struct RecordShape: Hashable, Sendable, Codable {
    /// How many records were seen.
    public private(set) var records = 0
    /// The fields in the order in which they were first seen.
    public private(set) var fields: [FieldShape] = []

    /// No records.
    public init() {}

    init(records: Int, fields: [FieldShape]) {
        self.records = records
        self.fields = fields
    }

    /// Adds what was seen in other records.
    public mutating func merge(_ other: RecordShape) {
        merge(other, linesBefore: 0)
    }

    /// Adds what was seen in other records, before which `linesBefore` lines of their file stand that their
    /// places do not count.
    mutating func merge(_ other: RecordShape, linesBefore: Int) {
        records += other.records
        FieldShape.merge(other.fields, into: &fields, linesBefore: linesBefore)
    }

    /// How many fields there are, those of objects in fields counted.
    public var fieldCount: Int { fields.reduce(0) { $0 + 1 + $1.value.fieldCount } }
}

/// A field of an object.
public struct FieldShape: Hashable, Sendable, Codable {
    /// Its name, without escapes.
    public var name: String
    /// What was seen in it.
    public var value: ValueShape

    static func merge(_ others: [FieldShape], into fields: inout [FieldShape], linesBefore: Int) {
        // Names are compared as bytes: what Swift holds for the same text may be two names.
        var numbers: [[UInt8]: Int]?
        for (position, other) in others.enumerated() {
            // Most often the fields are the same, in the same order.
            if position < fields.count, fields[position].name.utf8.elementsEqual(other.name.utf8) {
                fields[position].value.merge(other.value, linesBefore: linesBefore)
                continue
            }
            var known =
                numbers
                ?? Dictionary(
                    uniqueKeysWithValues: fields.enumerated().map { (Array($1.name.utf8), $0) })
            numbers = nil
            let key = Array(other.name.utf8)
            if let number = known[key] {
                fields[number].value.merge(other.value, linesBefore: linesBefore)
            } else {
                known[key] = fields.count
                var added = FieldShape(name: other.name, value: ValueShape())
                added.value.merge(other.value, linesBefore: linesBefore)
                fields.append(added)
            }
            numbers = known
        }
    }
}

/// What was seen in one place of records: the values of a field, or the elements of arrays.
public struct ValueShape: Hashable, Sendable, Codable {
    /// How many values were seen, null counted; where this is less than there were objects, the field was
    /// missing in some.
    public private(set) var count = 0
    /// How many of them were objects.
    public private(set) var objects = 0
    /// The kinds of values that were seen.
    public private(set) var kinds: ValueKinds = []
    /// Where each kind was seen first: by files' names, then by lines.
    public private(set) var places: [ValuePlace] = []
    /// The fields of those that were objects.
    public private(set) var fields: [FieldShape] = []
    /// The elements of those that were arrays: nothing, or one shape for all.
    private var element: [ValueShape] = []

    init() {}

    init(
        count: Int, objects: Int, places: [ValuePlace], fields: [FieldShape], elements: ValueShape?
    ) {
        self.count = count
        self.objects = objects
        self.places = places.sorted { $0.kind.rawValue < $1.kind.rawValue }
        kinds = places.reduce(into: []) { $0.formUnion($1.kind) }
        self.fields = fields
        element = elements.map { [$0] } ?? []
    }

    /// The elements of those values that were arrays; nil if there were none.
    public var elements: ValueShape? { element.first }

    var fieldCount: Int {
        fields.reduce(0) { $0 + 1 + $1.value.fieldCount } + (elements.map { 1 + $0.fieldCount } ?? 0)
    }

    mutating func merge(_ other: ValueShape, linesBefore: Int) {
        count += other.count
        objects += other.objects
        for var place in other.places {
            place.line += linesBefore
            if let index = places.firstIndex(where: { $0.kind == place.kind }) {
                if place.isBefore(places[index]) { places[index] = place }
            } else {
                let index = places.firstIndex { $0.kind.rawValue > place.kind.rawValue } ?? places.endIndex
                places.insert(place, at: index)
            }
        }
        kinds.formUnion(other.kinds)
        FieldShape.merge(other.fields, into: &fields, linesBefore: linesBefore)
        if let elements = other.elements {
            if element.isEmpty { element = [ValueShape()] }
            element[0].merge(elements, linesBefore: linesBefore)
        }
    }
}

/// Where a value stands.
public struct ValuePlace: Hashable, Sendable, Codable {
    /// Its kind; one only.
    public var kind: ValueKinds
    /// The path of the file.
    public var file: String
    /// The number of the line, from 1; blank lines count.
    public var line: Int

    fileprivate func isBefore(_ other: ValuePlace) -> Bool {
        (file, line) < (other.file, other.line)
    }
}

/// Kinds of JSON values, told apart as far as a column must tell them apart.
public struct ValueKinds: OptionSet, Hashable, Sendable, Codable {
    /// One bit for each kind; the numbers do not change, since shapes are stored.
    public let rawValue: UInt16

    /// The kinds whose bits are set.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `null`.
    public static let null = ValueKinds(rawValue: 1)
    /// `true` or `false`.
    public static let boolean = ValueKinds(rawValue: 1 << 1)
    /// A whole number, written without point and exponent, that a double holds exactly.
    public static let integer = ValueKinds(rawValue: 1 << 2)
    /// Another whole number of 64 bits with sign.
    public static let longInteger = ValueKinds(rawValue: 1 << 3)
    /// A number with point or exponent, or a whole one below 2⁶⁴ that a double holds exactly.
    public static let double = ValueKinds(rawValue: 1 << 4)
    /// A whole number of more digits, or one that is beyond the largest double.
    public static let hugeNumber = ValueKinds(rawValue: 1 << 5)
    /// A string.
    public static let string = ValueKinds(rawValue: 1 << 6)
    /// An object.
    public static let object = ValueKinds(rawValue: 1 << 7)
    /// An array.
    public static let array = ValueKinds(rawValue: 1 << 8)
    /// An object or an array that is nested deeper than columns are made for.
    public static let deep = ValueKinds(rawValue: 1 << 9)

    /// How many kinds there are.
    static let count = 10
}
