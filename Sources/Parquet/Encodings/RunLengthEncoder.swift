// Encodes levels, indices and booleans as the RLE/bit-packed hybrid.

enum RunLengthEncoder {
    static func encode(_ levels: ArraySlice<UInt8>, bitWidth: Int, appendingTo output: inout [UInt8]) {}
    static func encode(_ indices: ArraySlice<Int32>, bitWidth: Int, appendingTo output: inout [UInt8]) {}
    /// Without the length that stands before booleans in a page.
    static func encode(_ booleans: ArraySlice<Bool>, appendingTo output: inout [UInt8]) {}
}
