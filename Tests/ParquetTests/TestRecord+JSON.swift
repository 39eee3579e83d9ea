// Records as JSON, in the form that `Tests/Support/Interop/parquet_files.py` brings other programs' values to.

import Parquet

extension TestValue {
    /// The value of a field as JSON.
    ///
    /// Numbers of times and decimals are those that are stored; floating point is its bits as a double; byte
    /// arrays and text are hexadecimal.
    func json(_ node: SchemaNode) -> String {
        switch self {
        case .null: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .integer(let value):
            if case .integer(let width, isSigned: false)? = node.logicalType {
                return width == 64
                    ? "\(UInt64(bitPattern: value))" : "\(UInt32(truncatingIfNeeded: value))"
            }
            return "\(value)"
        case .number(let value):
            guard case .column(.float, _) = node.kind else { return Self.bits(value) }
            return Self.bits(Double(Float(value)))
        case .bytes(let bytes): return Self.json(bytes, node)
        case .list(let values):
            var element = node
            element.repetition = .required
            return "[" + values.map { $0.json(element) }.joined(separator: ",") + "]"
        case .group(let values):
            switch node.logicalType {
            case .list?, .map?: return values[0].jsonOfElements(node.children[0])
            default:
                let fields = zip(node.children, values).map { "\"\($0.name)\":\($1.json($0))" }
                return "{" + fields.joined(separator: ",") + "}"
            }
        }
    }

    /// The elements of a list or a map, without the group that repeats.
    private func jsonOfElements(_ node: SchemaNode) -> String {
        guard case .list(let entries) = self else { return "null" }
        let elements = entries.map { entry -> String in
            guard case .group(let values) = entry else { return "null" }
            let parts = zip(node.children, values).map { $1.json($0) }
            return parts.count == 1 ? parts[0] : "[" + parts.joined(separator: ",") + "]"
        }
        return "[" + elements.joined(separator: ",") + "]"
    }

    private static func bits(_ value: Double) -> String {
        value.isNaN ? "\"nan\"" : "\"d\(value.bitPattern)\""
    }

    private static func json(_ bytes: [UInt8], _ node: SchemaNode) -> String {
        let number = { bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        switch (node.kind, node.logicalType) {
        case (_, .decimal):
            let start: Int128 = (bytes.first ?? 0) >= 0x80 ? -1 : 0
            return "\(bytes.reduce(start) { $0 << 8 | Int128($1) })"
        case (_, .float16): return bits(half(UInt16(number())))
        case (.column(.int96, _), _):
            let nanoseconds = bytes[..<8].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
            let day = bytes[8...].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
            return "\((day - 2_440_588) * 86_400_000_000_000 + nanoseconds)"
        default:
            let digits = Array("0123456789abcdef")
            return "\"x" + String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }) + "\""
        }
    }

    private static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1f)
        let fraction = Double(bits & 0x3ff) / 1024
        switch exponent {
        case 0: return sign * fraction * 0x1p-14
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    }
}
