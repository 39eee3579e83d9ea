// Results as JSON on standard output.
import FoundationEssentials

enum JSONText {
    /// Prints a result as JSON with its keys sorted, the same for the same result.
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
