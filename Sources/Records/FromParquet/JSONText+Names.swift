// Strings that are written once, and not for every record.

extension JSONText {
    /// `text` as a JSON string.
    static func string(_ text: String) -> [UInt8] {
        let source = Array(text.utf8)
        let capacity = stringGrowth * source.count + JSONOutput.slack
        return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            guard let start = output.baseAddress else { return }
            var place = start.put(UInt8(ascii: "\""))
            source.withUnsafeBufferPointer { bytes in
                guard let first = bytes.baseAddress else { return }
                place = putString(first, end: first + bytes.count, readable: first + bytes.count, at: place)
            }
            count = place.put(UInt8(ascii: "\"")) - start
        }
    }

    /// What stands before the value of the member `name`.
    static func member(_ name: String) -> [UInt8] {
        string(name) + [UInt8(ascii: ":")]
    }
}
