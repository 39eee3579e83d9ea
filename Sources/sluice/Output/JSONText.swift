// Results as JSON on standard output.
import FoundationEssentials

enum JSONText {
    /// Prints a result as JSON with its keys sorted, the same for the same result.
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Swift.print(harmless(String(decoding: try encoder.encode(value), as: UTF8.self)))
    }

    /// The same JSON for a terminal that obeys control characters beyond ASCII, and those that turn text round: JSON
    /// lets them stand as they are (RFC 8259, section 7), and has them only inside its texts.
    static func harmless(_ json: String) -> String {
        let isObeyed = { (scalar: Unicode.Scalar) in
            switch scalar.value {
            case 0x7F...0x9F, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
        guard json.unicodeScalars.contains(where: isObeyed) else { return json }
        var text = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            guard isObeyed(scalar) else {
                text.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            text.append(
                contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
        }
        return String(text)
    }
}
