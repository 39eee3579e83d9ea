// A terminal's compiled description with all colours added to it: most terminals show them, and few descriptions know.

/// A compiled description of a terminal (term(5), both formats).
struct TerminalDescription: Equatable {
    private static let shortNumbers = 0o432
    private static let longNumbers = 0o1036

    /// Places in the lists of standard capabilities (term(5), `Caps`).
    private enum Capability {
        static let canChangeColors = 27
        static let colors = 13, pairs = 14
        static let foreground = 359, background = 360
    }

    private var names: [UInt8] = []
    private var flags: [UInt8] = []
    private var numbers: [Int] = []
    private var strings: [Int] = []
    private var text: [UInt8] = []
    private var more = Extension()

    /// The capabilities that are called by their names.
    private struct Extension: Equatable {
        var flags: [UInt8] = []
        var numbers: [Int] = []
        var strings: [Int] = []
        /// The places of the names in the part of the text that has names: of flags, numbers and strings, in this order.
        var names: [Int] = []
        var text: [UInt8] = []
    }

    /// Reads a description; nil for what is none.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let magic = reader.short(), magic == Self.shortNumbers || magic == Self.longNumbers,
            let header = reader.shorts(5)
        else { return nil }
        let isLong = magic == Self.longNumbers
        guard let names = reader.bytes(header[0]), let flags = reader.bytes(header[1]) else { return nil }
        reader.align()
        guard let numbers = reader.numbers(header[2], isLong: isLong), let strings = reader.shorts(header[3]),
            let text = reader.bytes(header[4])
        else { return nil }
        (self.names, self.flags, self.numbers, self.strings, self.text) = (
            names, flags, numbers, strings, text
        )
        reader.align()
        guard let counts = reader.shorts(5) else { return }
        guard let ownFlags = reader.bytes(counts[0]) else { return nil }
        reader.align()
        guard let ownNumbers = reader.numbers(counts[1], isLong: isLong),
            let ownStrings = reader.shorts(counts[2]),
            let ownNames = reader.shorts(counts[0] + counts[1] + counts[2]),
            let ownText = reader.bytes(counts[4])
        else { return nil }
        more = Extension(
            flags: ownFlags, numbers: ownNumbers, strings: ownStrings, names: ownNames, text: ownText)
    }

    /// The same with numbers for all colours, of which the first eight stay what they are; nil where it has no colours.
    var withDirectColor: TerminalDescription? {
        guard numbers.count > Capability.pairs, strings.count > Capability.background,
            numbers[Capability.colors] >= 8, strings[Capability.foreground] >= 0
        else { return nil }
        var new = self
        new.numbers[Capability.colors] = 1 << 24
        new.numbers[Capability.pairs] = 0x7FFF
        if flags.count > Capability.canChangeColors { new.flags[Capability.canChangeColors] = 0 }
        for (place, base) in [(Capability.foreground, 3), (Capability.background, 4)] {
            let few = "%?%p1%{8}%<%t\(base)%p1%d"
            let parts = "%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d"
            new.strings[place] = new.text.count
            new.text += Array("\u{1B}[\(few)%e\(base)8;2;\(parts)%;m\u{0}".utf8)
        }
        // Names begin where the texts before them end.
        let texts = more.strings.filter { $0 >= 0 }.reduce(0) { sum, start in
            sum + more.text[min(start, more.text.count)...].prefix { $0 != 0 }.count + 1
        }
        new.more.names.insert(max(0, more.text.count - texts), at: more.flags.count)
        new.more.flags.append(1)
        new.more.text += Array("RGB\u{0}".utf8)
        return new
    }

    /// The description in the format that has room for large numbers.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        func add(_ value: Int, width: Int = 2) {
            for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
        }
        func align() { if bytes.count % 2 == 1 { bytes.append(0) } }
        let counts = [names.count, flags.count, numbers.count, strings.count, text.count]
        for value in [Self.longNumbers] + counts { add(value) }
        bytes += names + flags
        align()
        for number in numbers { add(number, width: 4) }
        for string in strings { add(string) }
        bytes += text
        align()
        let valid = more.strings.count { $0 >= 0 } + more.names.count
        for value in [more.flags.count, more.numbers.count, more.strings.count, valid, more.text.count] {
            add(value)
        }
        bytes += more.flags
        align()
        for number in more.numbers { add(number, width: 4) }
        for place in more.strings + more.names { add(place) }
        return bytes + more.text
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        mutating func bytes(_ count: Int) -> [UInt8]? {
            guard count >= 0, place + count <= bytes.count else { return nil }
            defer { place += count }
            return Array(bytes[place..<(place + count)])
        }

        mutating func short() -> Int? { shorts(1)?.first }

        mutating func shorts(_ count: Int) -> [Int]? { numbers(count, isLong: false) }

        mutating func numbers(_ count: Int, isLong: Bool) -> [Int]? {
            let width = isLong ? 4 : 2
            guard count >= 0, let read = bytes(count * width) else { return nil }
            return stride(from: 0, to: read.count, by: width).map { start in
                let value = (0..<width).reduce(UInt32(0)) { $0 | UInt32(read[start + $1]) << UInt32(8 * $1) }
                return isLong ? Int(Int32(bitPattern: value)) : Int(Int16(truncatingIfNeeded: value))
            }
        }

        mutating func align() { place += place % 2 }
    }
}
