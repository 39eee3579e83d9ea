// Encodes values as PLAIN.

enum PlainEncoder {
    static func encode(
        _ values: PhysicalValues, _ range: Range<Int>, appendingTo output: inout [UInt8]
    ) {}
}
