// JSON values: quoting, and reading what a platform sends.
import ExportDomain
import Foundation
import Testing

@Suite("JSON values")
struct JSONValueTests {
    @Test(
        "Text is quoted as RFC 8259 asks",
        arguments: [
            ("", #""""#), ("plain", #""plain""#), ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#),
            ("a/b", #""a/b""#), ("\n\r\t", #""\n\r\t""#), ("\r\n", #""\r\n""#),
            ("\u{0}\u{1}\u{1F}", "\"\\u0000\\u0001\\u001f\""), ("\u{8}\u{C}", "\"\\u0008\\u000c\""),
            ("é日本📦", #""é日本📦""#), ("\"\u{301}", "\"\\\"\u{301}\""),
        ])
    func quoting(text: String, json: String) {
        #expect(JSONValue.quoted(text) == json)
    }

    @Test("Every ASCII character that is quoted is read back as itself")
    func quotingRoundTrip() throws {
        let text = String(String.UnicodeScalarView((0..<128).compactMap(Unicode.Scalar.init)))
        let data = Data("[\(JSONValue.quoted(text))]".utf8)
        #expect(try JSONDecoder().decode([String].self, from: data) == [text])
    }

    @Test(
        "Any JSON is read as the kind of value that it is",
        arguments: [
            ("null", .null), ("true", .bool(true)), ("1", .integer(1)),
            ("-9007199254740993", .integer(-9_007_199_254_740_993)),
            ("1.5", .number(1.5)), (#""true""#, .string("true")), (#"[1,"a"]"#, .array([.integer(1), "a"])),
            (#"{"a":{"b":null}}"#, .object(["a": .object(["b": .null])])),
        ] as [(String, JSONValue)])
    func decoding(json: String, value: JSONValue) throws {
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)) == value)
        let encoded = try JSONEncoder().encode(value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: encoded) == value)
    }
}
