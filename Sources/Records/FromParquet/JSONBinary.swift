// Bytes that are no text: base64 (RFC 4648, section 4), and UUIDs.

extension JSONText {
    /// `count` bytes in base64, with padding; it needs four bytes of room for each three.
    static func putBase64(
        _ source: UnsafePointer<UInt8>, _ count: Int, at place: OutputPointer
    ) -> OutputPointer {
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        let digits = alphabet.utf8Start
        var place = place
        var index = 0
        while index < count {
            let second = index + 1 < count ? source[index + 1] : 0
            let third = index + 2 < count ? source[index + 2] : 0
            let group = Int(source[index]) << 16 | Int(second) << 8 | Int(third)
            place[0] = digits[group >> 18]
            place[1] = digits[group >> 12 & 63]
            place[2] = index + 1 < count ? digits[group >> 6 & 63] : UInt8(ascii: "=")
            place[3] = index + 2 < count ? digits[group & 63] : UInt8(ascii: "=")
            place += 4
            index += 3
        }
        return place
    }

    /// Sixteen bytes as `00112233-4455-6677-8899-aabbccddeeff`, in quotes.
    static func putUUID(_ source: UnsafePointer<UInt8>, at place: OutputPointer) -> OutputPointer {
        var place = place.put(UInt8(ascii: "\""))
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 { place = place.put(UInt8(ascii: "-")) }
            place = putHexadecimal(source[index], at: place)
        }
        return place.put(UInt8(ascii: "\""))
    }
}
