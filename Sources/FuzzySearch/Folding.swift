// Letters without their marks, so that “naive” finds “naïve”.

enum Folding {
    /// What a scalar is searched as: a Latin letter without its marks, else itself.
    static func withoutMark(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let place = Int(scalar.value) - 0xC0
        guard letters.indices.contains(place), letters[place] != UInt8(ascii: ".") else { return scalar }
        return Unicode.Scalar(letters[place])
    }

    /// A scalar in lower case, where that is one scalar.
    static func lowercased(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return UInt32(UInt8(scalar).lowercased) }
        guard let known = Unicode.Scalar(scalar) else { return scalar }
        let lower = known.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first?.value ?? scalar : scalar
    }

    /// The letters U+00C0 to U+017F without their marks; a full stop for those that are none (Unicode Character
    /// Database, canonical decompositions; and letters with a stroke).
    private static let letters = Array(
        ("AAAAAA.CEEEEIIII.NOOOOO.OUUUUY..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"
            + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKk.LlLlLl."
            + ".LlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTt..UuUuUuUuUuUuWwYyYZzZzZz.").utf8)
}

extension UInt8 {
    /// An ASCII capital as its small letter; any other byte as it is.
    @inline(__always)
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
