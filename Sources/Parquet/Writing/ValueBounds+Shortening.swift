// Bounds that are too long are replaced by shorter ones that bound the same values.

extension ValueBounds {
    /// The bytes that a bound of byte arrays may have.
    static let longestBound = 64

    /// The same bounds if they are short, or bounds a little wider.
    ///
    /// - Parameter isText: whether the values are UTF-8, so that the bounds should be, too.
    func shortened(isText: Bool) -> ValueBounds {
        var short = self
        if minimum.count > Self.longestBound {
            short.minimum = Array(minimum.prefix(Self.cut(minimum, isText: isText)))
            short.isMinimumExact = false
        }
        if maximum.count > Self.longestBound,
            let greater = Self.successor(
                of: maximum.prefix(Self.cut(maximum, isText: isText)), isText: isText)
        {
            short.maximum = greater
            short.isMaximumExact = false
        }
        return short
    }

    /// How many bytes to keep, so that no character is cut.
    private static func cut(_ bytes: [UInt8], isText: Bool) -> Int {
        guard isText else { return longestBound }
        // A byte that continues a character has the bits 10 first; no character has more than four bytes.
        let starts = (longestBound - 3...longestBound).reversed()
        return starts.first { bytes[$0] & 0xc0 != 0x80 } ?? longestBound
    }

    /// The least that is greater than all that begins with `prefix`; nil if there is none.
    private static func successor(of prefix: ArraySlice<UInt8>, isText: Bool) -> [UInt8]? {
        if isText, let text = String(validating: prefix, as: UTF8.self) {
            return successor(of: text).map { Array($0.utf8) }
        }
        guard let last = prefix.lastIndex(where: { $0 < 0xff }) else { return nil }
        return Array(prefix[prefix.startIndex..<last]) + [prefix[last] + 1]
    }

    private static func successor(of text: String) -> String? {
        var scalars = Array(text.unicodeScalars)
        while let last = scalars.popLast() {
            // The numbers of surrogates are no characters.
            let next = last.value == 0xd7ff ? 0xe000 : last.value + 1
            if let next = Unicode.Scalar(next) {
                scalars.append(next)
                var successor = String.UnicodeScalarView()
                successor.append(contentsOf: scalars)
                return String(successor)
            }
        }
        return nil
    }
}
