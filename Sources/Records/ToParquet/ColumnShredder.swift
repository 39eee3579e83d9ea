// Records of a block made columns, guided by a schema (Dremel encoding), without making a value of anything that
// lies between.

import Parquet

/// What is done with a field that the schema has not.
public enum UnknownFieldPolicy: Hashable, Sendable {
    /// Stop, with `RecordsError.misfit`.
    case fail
    /// Leave it out.
    case ignore
}

/// Makes records columns.
struct ColumnShredder: Sendable {
    /// What became of a block.
    struct ShreddedBlock: Sendable {
        /// What was counted; without the numbers of lines in the file, which only their order gives.
        var figures: CheckedLines.Figures
        /// One for each leaf of the schema.
        var columns: [ColumnValues] = []
        /// The first value that does not fit, its line counted in the block from 0; then the columns are empty.
        var misfit: (line: Int, path: [String], reason: RecordMisfit.Reason)?
    }

    /// How many nulls a block may come to beyond its own: a bound for lists of objects that lack their fields.
    static let maximumNulls = 16 << 20

    private let plan: ShredPlan
    private let unknownFields: UnknownFieldPolicy

    /// For records that are to be written with `schema`.
    init(_ schema: Schema, unknownFields: UnknownFieldPolicy) {
        plan = ShredPlan(schema)
        self.unknownFields = unknownFields
    }

    /// The records of `block`; malformed lines are counted and leave nothing behind.
    func shred(_ block: LineBlock) -> ShreddedBlock {
        var figures = CheckedLines.Figures(file: block.file, bytesRead: block.bytesRead)
        var shredding = Shredding(plan, unknownFields)
        var line = 0
        block.forEachRecord(counting: &figures) { place, number in
            line = number
            return shredding.take(place)
        }
        if let (node, name, reason) = shredding.misfit {
            let path = plan.paths[node] + (name.map { [String(decoding: $0, as: UTF8.self)] } ?? [])
            return ShreddedBlock(figures: figures, misfit: (line, path, reason))
        }
        return ShreddedBlock(figures: figures, columns: shredding.columns(of: plan.schema))
    }
}

/// A block in work.
private struct Shredding: ~Copyable {
    private typealias Node = ShredPlan.Node

    private let plan: ShredPlan
    private let ignoresUnknownFields: Bool
    private let buffers: UnsafeMutablePointer<ColumnBuffer>
    private let bufferCount: Int
    /// For each node, the object in which it was seen last.
    private let lastObject: UnsafeMutablePointer<Int>
    private var objectNumber = 0
    private var nullsLeft = ColumnShredder.maximumNulls
    /// What does not fit, of which node; an unknown field with its name.
    private(set) var misfit: (node: Int, name: [UInt8]?, reason: RecordMisfit.Reason)?

    init(_ plan: ShredPlan, _ unknownFields: UnknownFieldPolicy) {
        self.plan = plan
        ignoresUnknownFields = unknownFields == .ignore
        bufferCount = plan.schema.leaves.count
        buffers = .allocate(capacity: bufferCount)
        for (index, leaf) in plan.schema.leaves.enumerated() {
            (buffers + index).initialize(to: ColumnBuffer(for: leaf))
        }
        lastObject = .allocate(capacity: plan.nodeCount)
        lastObject.initialize(repeating: 0, count: plan.nodeCount)
    }

    deinit {
        for index in 0..<bufferCount { buffers[index].deallocate() }
        buffers.deallocate()
        lastObject.deallocate()
    }

    func columns(of schema: Schema) -> [ColumnValues] {
        schema.leaves.map { buffers[$0.index].columnValues(of: $0) }
    }

    /// Takes the record at `place`; false if it does not fit.
    mutating func take(_ place: JSONPlace) -> Bool {
        var place = place
        AcceptedJSON.skipSpace(&place)
        return takeObject(plan.root, &place, 0)
    }

    private mutating func takeValue(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        let first = place.pointee
        switch node.pointee.kind {
        case .string:
            guard first == UInt8(ascii: "\"") else { break }
            place += 1
            let buffer = buffers + node.pointee.firstLeaf
            buffer.pointee.appendEntry(node.pointee.level, repetition)
            buffer.pointee.appendString(&place)
            return true
        case .int64:
            guard first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else { break }
            guard let value = JSONNumber(&place).int64 else { return refuseType(of: node) }
            let buffer = buffers + node.pointee.firstLeaf
            buffer.pointee.appendEntry(node.pointee.level, repetition)
            buffer.pointee.append(value)
            return true
        case .double:
            guard first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else { break }
            let value = JSONNumber(&place).double
            guard value.isFinite else { return refuseType(of: node) }
            let buffer = buffers + node.pointee.firstLeaf
            buffer.pointee.appendEntry(node.pointee.level, repetition)
            buffer.pointee.append(value)
            return true
        case .boolean:
            guard first == UInt8(ascii: "t") || first == UInt8(ascii: "f") else { break }
            place += first == UInt8(ascii: "t") ? 4 : 5
            let buffer = buffers + node.pointee.firstLeaf
            buffer.pointee.appendEntry(node.pointee.level, repetition)
            buffer.pointee.append(first == UInt8(ascii: "t"))
            return true
        case .object:
            guard first == UInt8(ascii: "{") else { break }
            return takeObject(node, &place, repetition)
        case .list:
            guard first == UInt8(ascii: "[") else { break }
            return takeElements(node, &place, repetition)
        case .map:
            if first == UInt8(ascii: "[") { return takeElements(node, &place, repetition) }
            guard first == UInt8(ascii: "{") else { break }
            return takeEntries(node, &place, repetition)
        case .other:
            break
        }
        if first == UInt8(ascii: "n") {
            place += 4
            return takeNull(node, repetition)
        }
        return takeConverted(node, &place, repetition)
    }

    private mutating func takeObject(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        guard let names = node.pointee.names, let children = node.pointee.children else { return false }
        objectNumber += 1
        let number = objectNumber
        var seen = 0
        var expected = 0
        place += 1
        AcceptedJSON.skipSpace(&place)
        if place.pointee == UInt8(ascii: "}") {
            place += 1
        } else {
            while true {
                place += 1
                let index = names.index(at: &place, expecting: expected)
                if index >= 0 {
                    expected = index + 1
                    Self.skipColon(&place)
                    let child = children[index]
                    if lastObject[child.pointee.number] == number {
                        // The first of the same name counts.
                        AcceptedJSON.skipValue(&place)
                    } else {
                        lastObject[child.pointee.number] = number
                        seen += 1
                        guard takeValue(child, &place, repetition) else { return false }
                    }
                } else {
                    guard skipUnknown(in: node, &place) else { return false }
                }
                AcceptedJSON.skipSpace(&place)
                let isEnd = place.pointee == UInt8(ascii: "}")
                place += 1
                if isEnd { break }
                AcceptedJSON.skipSpace(&place)
            }
        }
        if seen < names.count {
            for index in 0..<names.count where lastObject[children[index].pointee.number] != number {
                guard takeNull(children[index], repetition) else { return false }
            }
        }
        return true
    }

    @inline(__always)
    private static func skipColon(_ place: inout JSONPlace) {
        AcceptedJSON.skipSpace(&place)
        place += 1
        AcceptedJSON.skipSpace(&place)
    }

    private mutating func skipUnknown(in node: UnsafePointer<Node>, _ place: inout JSONPlace) -> Bool {
        guard ignoresUnknownFields else {
            misfit = (node.pointee.number, AcceptedJSON.string(&place), .unknownField)
            return false
        }
        _ = AcceptedJSON.skipToQuote(&place)
        place += 1
        Self.skipColon(&place)
        AcceptedJSON.skipValue(&place)
        return true
    }

    private mutating func takeElements(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        guard let elements = node.pointee.elements else { return false }
        place += 1
        AcceptedJSON.skipSpace(&place)
        if place.pointee == UInt8(ascii: "]") {
            place += 1
            return fill(node, node.pointee.level, repetition)
        }
        var repetition = repetition
        while true {
            guard takeValue(elements, &place, repetition) else { return false }
            repetition = node.pointee.repetitionLevel
            AcceptedJSON.skipSpace(&place)
            let isEnd = place.pointee == UInt8(ascii: "]")
            place += 1
            if isEnd { return true }
            AcceptedJSON.skipSpace(&place)
        }
    }

    /// The members of an object as the entries of a map.
    private mutating func takeEntries(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        guard let children = node.pointee.elements?.pointee.children else { return false }
        place += 1
        AcceptedJSON.skipSpace(&place)
        if place.pointee == UInt8(ascii: "}") {
            place += 1
            return fill(node, node.pointee.level, repetition)
        }
        var repetition = repetition
        while true {
            place += 1
            guard takeKey(children[0], &place, repetition) else { return false }
            Self.skipColon(&place)
            guard takeValue(children[1], &place, repetition) else { return false }
            repetition = node.pointee.repetitionLevel
            AcceptedJSON.skipSpace(&place)
            let isEnd = place.pointee == UInt8(ascii: "}")
            place += 1
            if isEnd { return true }
            AcceptedJSON.skipSpace(&place)
        }
    }

    /// A name as the key of a map, whose opening quote is before `place`: what the value would be stands in it,
    /// also where that is no string.
    private mutating func takeKey(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        let buffer = buffers + node.pointee.firstLeaf
        buffer.pointee.appendEntry(node.pointee.level, repetition)
        if node.pointee.kind == .string {
            buffer.pointee.appendString(&place)
            return true
        }
        let name = AcceptedJSON.string(&place) + [UInt8](repeating: 0, count: JSONLineScanner.padding)
        let fits = name.withUnsafeBufferPointer {
            let text = UnsafeBufferPointer(rebasing: $0.dropLast(JSONLineScanner.padding))
            return buffer.pointee.append(key: text, as: plan.conversions[node.pointee.firstLeaf])
        }
        return fits ? true : refuseType(of: node)
    }

    /// A value for a column that is not of the most frequent kinds.
    @inline(never)
    private mutating func takeConverted(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        guard node.pointee.elements == nil, node.pointee.children == nil else { return refuseType(of: node) }
        let conversion = plan.conversions[node.pointee.firstLeaf]
        let buffer = buffers + node.pointee.firstLeaf
        buffer.pointee.appendEntry(node.pointee.level, repetition)
        let start = place
        if conversion.takesText {
            AcceptedJSON.skipValue(&place)
            buffer.pointee.append(bytes: UnsafeBufferPointer(start: start, count: place - start))
            return true
        }
        switch start.pointee {
        case UInt8(ascii: "\""):
            place += 1
            let fits: Bool
            if AcceptedJSON.skipToQuote(&place) {
                place = start + 1
                fits = AcceptedJSON.string(&place).withUnsafeBufferPointer {
                    buffer.pointee.append($0, as: conversion)
                }
            } else {
                let text = UnsafeBufferPointer(start: start + 1, count: place - start - 1)
                place += 1
                fits = buffer.pointee.append(text, as: conversion)
            }
            return fits ? true : refuseType(of: node)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let fits = buffer.pointee.append(JSONNumber(&place), as: conversion)
            return fits ? true : refuseType(of: node)
        default:
            return refuseType(of: node)
        }
    }

    @inline(never)
    private mutating func takeNull(_ node: UnsafePointer<Node>, _ repetition: UInt8) -> Bool {
        node.pointee.isRequired ? refuse(node, .missing) : fill(node, node.pointee.nullLevel, repetition)
    }

    /// One entry in each column of `node`, none of them a value.
    @inline(__always)
    private mutating func fill(_ node: UnsafePointer<Node>, _ level: UInt8, _ repetition: UInt8) -> Bool {
        let leaves = node.pointee.firstLeaf..<node.pointee.endLeaf
        nullsLeft -= leaves.count
        guard nullsLeft >= 0 else { return refuse(node, .tooLarge) }
        for leaf in leaves { buffers[leaf].appendEntry(level, repetition) }
        return true
    }

    @inline(never)
    private mutating func refuseType(of node: UnsafePointer<Node>) -> Bool {
        switch node.pointee.kind {
        case .object: return refuse(node, .unfit("object"))
        case .list: return refuse(node, .unfit("array"))
        case .map: return refuse(node, .unfit("object or array of entries"))
        default:
            let leaf = plan.schema.leaves[node.pointee.firstLeaf]
            return refuse(node, .unfit(leaf.logicalType?.description ?? leaf.physicalType.description))
        }
    }

    @inline(never)
    private mutating func refuse(_ node: UnsafePointer<Node>, _ reason: RecordMisfit.Reason) -> Bool {
        misfit = (node.pointee.number, nil, reason)
        return false
    }
}
