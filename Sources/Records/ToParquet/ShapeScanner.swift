// The first pass: what the records of a block look like. Nodes are kept in memory managed by hand, since they are
// touched for every value.

/// Looks at the records of one block after the other.
final class ShapeScanner {
    /// How deep objects and arrays may be nested, the record counted; what is deeper becomes text.
    ///
    /// Parquet's schemas may be a hundred deep, and a list takes two more than an object.
    static let maximumDepth = 32

    /// What was seen in one place of the records.
    struct Node: BitwiseCopyable {
        var count = 0
        var objects = 0
        var kinds: UInt16 = 0
        /// The object in which the field was seen last.
        var lastObject = 0
        /// The line of each kind's first value, in the block from 0.
        var firstLines = InlineArray<10, Int>(repeating: 0)
        var names = FieldNames()
        var children: UnsafeMutablePointer<UnsafeMutablePointer<Node>>?
        var childCapacity = 0
        var elements: UnsafeMutablePointer<Node>?

        mutating func addChild(_ child: UnsafeMutablePointer<Node>) {
            let index = names.count - 1
            if index == childCapacity {
                let capacity = max(4, childCapacity * 2)
                let larger = UnsafeMutablePointer<UnsafeMutablePointer<Node>>.allocate(capacity: capacity)
                if let children {
                    larger.update(from: children, count: index)
                    children.deallocate()
                }
                children = larger
                childCapacity = capacity
            }
            children?[index] = child
        }
    }

    private let root: UnsafeMutablePointer<Node>
    private var nodeCount = 0
    private let maximumNodes: Int
    private var objectNumber = 0
    private var line = 0

    /// - Parameter maximumFields: fields beyond this number, and one more, are not kept.
    init(maximumFields: Int) {
        maximumNodes = maximumFields + 1
        root = .allocate(capacity: 1)
        root.initialize(to: Node())
    }

    deinit { Self.deallocate(root) }

    private static func deallocate(_ node: UnsafeMutablePointer<Node>) {
        if let children = node.pointee.children {
            for index in 0..<node.pointee.names.count { deallocate(children[index]) }
            children.deallocate()
        }
        if let elements = node.pointee.elements { deallocate(elements) }
        node.pointee.names.deallocate()
        node.deallocate()
    }

    /// Looks at the object at `place`, which `JSONLineScanner` has accepted, in a line of the block.
    func add(_ place: JSONPlace, line: Int) {
        var place = place
        self.line = line
        AcceptedJSON.skipSpace(&place)
        addObject(root, &place, depth: 1)
    }

    /// What was seen; lines are counted from the block's beginning.
    func shape(file: String) -> RecordShape {
        RecordShape(records: root.pointee.objects, fields: Self.fields(of: root, file: file))
    }

    private static func fields(of node: UnsafeMutablePointer<Node>, file: String) -> [FieldShape] {
        guard let children = node.pointee.children else { return [] }
        return (0..<node.pointee.names.count).map { index in
            FieldShape(
                name: String(decoding: node.pointee.names.name(index), as: UTF8.self),
                value: value(of: children[index], file: file))
        }
    }

    private static func value(of node: UnsafeMutablePointer<Node>, file: String) -> ValueShape {
        var places: [ValuePlace] = []
        for bit in 0..<ValueKinds.count where node.pointee.kinds & 1 << UInt16(bit) != 0 {
            let line = node.pointee.firstLines[bit] + 1
            places.append(ValuePlace(kind: ValueKinds(rawValue: 1 << UInt16(bit)), file: file, line: line))
        }
        return ValueShape(
            count: node.pointee.count, objects: node.pointee.objects, places: places,
            fields: fields(of: node, file: file),
            elements: node.pointee.elements.map { value(of: $0, file: file) })
    }
}

extension ShapeScanner {
    private func addObject(_ node: UnsafeMutablePointer<Node>, _ place: inout JSONPlace, depth: Int) {
        node.pointee.objects += 1
        objectNumber += 1
        let number = objectNumber
        place += 1
        AcceptedJSON.skipSpace(&place)
        if place.pointee == UInt8(ascii: "}") {
            place += 1
            return
        }
        var expected = 0
        while true {
            place += 1
            let start = place
            let index = node.pointee.names.index(at: &place, expecting: expected)
            let child = index >= 0 ? node.pointee.children?[index] : addField(to: node, start, &place)
            expected = index >= 0 ? index + 1 : node.pointee.names.count
            AcceptedJSON.skipSpace(&place)
            place += 1
            AcceptedJSON.skipSpace(&place)
            if let child, child.pointee.lastObject != number {
                child.pointee.lastObject = number
                addValue(child, &place, depth: depth)
            } else {
                AcceptedJSON.skipValue(&place)
            }
            AcceptedJSON.skipSpace(&place)
            let isEnd = place.pointee == UInt8(ascii: "}")
            place += 1
            if isEnd { return }
            AcceptedJSON.skipSpace(&place)
        }
    }

    /// A new field with the name at `start`; nil if there are too many already.
    @inline(never)
    private func addField(
        to node: UnsafeMutablePointer<Node>, _ start: JSONPlace, _ place: inout JSONPlace
    ) -> UnsafeMutablePointer<Node>? {
        place = start
        let name = AcceptedJSON.string(&place)
        guard let child = makeNode() else { return nil }
        name.withUnsafeBufferPointer { node.pointee.names.append($0) }
        node.pointee.addChild(child)
        return child
    }

    private func makeNode() -> UnsafeMutablePointer<Node>? {
        guard nodeCount < maximumNodes else { return nil }
        nodeCount += 1
        let node = UnsafeMutablePointer<Node>.allocate(capacity: 1)
        node.initialize(to: Node())
        return node
    }

    @inline(__always)
    private func note(_ kind: ValueKinds, _ node: UnsafeMutablePointer<Node>) {
        if node.pointee.kinds & kind.rawValue == 0 { noteFirst(kind, node) }
    }

    @inline(never)
    private func noteFirst(_ kind: ValueKinds, _ node: UnsafeMutablePointer<Node>) {
        node.pointee.kinds |= kind.rawValue
        node.pointee.firstLines[kind.rawValue.trailingZeroBitCount] = line
    }

    private func addValue(_ node: UnsafeMutablePointer<Node>, _ place: inout JSONPlace, depth: Int) {
        node.pointee.count += 1
        switch place.pointee {
        case UInt8(ascii: "\""):
            note(.string, node)
            place += 1
            _ = AcceptedJSON.skipToQuote(&place)
            place += 1
        case UInt8(ascii: "{"):
            note(.object, node)
            if depth < Self.maximumDepth {
                addObject(node, &place, depth: depth + 1)
            } else {
                note(.deep, node)
                AcceptedJSON.skipValue(&place)
            }
        case UInt8(ascii: "["):
            note(.array, node)
            if depth < Self.maximumDepth {
                addElements(node, &place, depth: depth + 1)
            } else {
                note(.deep, node)
                AcceptedJSON.skipValue(&place)
            }
        case UInt8(ascii: "t"):
            note(.boolean, node)
            place += 4
        case UInt8(ascii: "f"):
            note(.boolean, node)
            place += 5
        case UInt8(ascii: "n"):
            note(.null, node)
            place += 4
        default:
            note(Self.kind(of: JSONNumber(&place)), node)
        }
    }

    private func addElements(_ node: UnsafeMutablePointer<Node>, _ place: inout JSONPlace, depth: Int) {
        place += 1
        AcceptedJSON.skipSpace(&place)
        if place.pointee == UInt8(ascii: "]") {
            place += 1
            return
        }
        if node.pointee.elements == nil { node.pointee.elements = makeNode() }
        while true {
            if let elements = node.pointee.elements {
                addValue(elements, &place, depth: depth)
            } else {
                AcceptedJSON.skipValue(&place)
            }
            AcceptedJSON.skipSpace(&place)
            let isEnd = place.pointee == UInt8(ascii: "]")
            place += 1
            if isEnd { return }
            AcceptedJSON.skipSpace(&place)
        }
    }

    @inline(__always)
    private static func kind(of number: JSONNumber) -> ValueKinds {
        if number.isInteger {
            return number.isWhole && number.magnitude <= 1 << 53 ? .integer : kind(ofLarge: number)
        }
        // The magnitude has at most twenty digits, so that the number has fewer than three hundred.
        return number.exponent < 270 || number.double.isFinite ? .double : .hugeNumber
    }

    @inline(never)
    private static func kind(ofLarge number: JSONNumber) -> ValueKinds {
        guard number.isWhole, number.exponent == 0 else { return .hugeNumber }
        let isExact = Double(exactly: number.magnitude) != nil
        if number.int64 != nil { return isExact ? .integer : .longInteger }
        return isExact ? .double : .hugeNumber
    }
}
