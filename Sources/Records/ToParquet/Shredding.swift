// The hot loop: walks over a record and the plan together, and fills the columns.

import Parquet

/// A block in work.
struct Shredding: ~Copyable {
    typealias Node = ShredPlan.Node

    let plan: ShredPlan
    private let ignoresUnknownFields: Bool
    let buffers: UnsafeMutablePointer<ColumnBuffer>
    private let bufferCount: Int
    /// For each node, the object in which it was seen last.
    private let lastObject: UnsafeMutablePointer<Int>
    private var objectNumber = 0
    var nullsLeft = ColumnShredder.maximumNulls
    /// What does not fit, of which node; an unknown field with its name.
    var misfit: (node: Int, name: [UInt8]?, reason: RecordMisfit.Reason)?

    /// - Parameter text: the bytes of the block.
    init(_ plan: ShredPlan, _ unknownFields: UnknownFieldPolicy, text: Int) {
        self.plan = plan
        ignoresUnknownFields = unknownFields == .ignore
        bufferCount = plan.schema.leaves.count
        buffers = .allocate(capacity: bufferCount)
        for (index, leaf) in plan.schema.leaves.enumerated() {
            (buffers + index).initialize(to: ColumnBuffer(for: leaf, expecting: text / bufferCount))
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

    mutating func takeValue(
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
}
