// Which texts are keys.

import ObjectStorage
import Testing

@Suite struct StorageKeyTests {
    @Test(
        "A path that is relative and has no way out is a key",
        arguments: ["a", "a/b", ".a", "a..b/...", "..a/b..", " ", "a b/c+d%20", "日本/📦", "-", "~", "a\\..\\b"])
    func keys(text: String) throws {
        #expect(try StorageKey(text).text == text)
        #expect(try StorageKey(text).components.joined(separator: "/") == text)
    }

    @Test(
        "Anything else is refused, with the reason",
        arguments: [
            ("", InvalidStorageKey.Fault.empty), ("/", .absolute), ("/etc/passwd", .absolute),
            ("a/", .emptyComponent),
            ("a//b", .emptyComponent), (".", .relativeComponent), ("..", .relativeComponent),
            ("../a", .relativeComponent), ("a/../../b", .relativeComponent), ("a/./b", .relativeComponent),
            ("a/..", .relativeComponent), ("a\0b", .controlCharacter), ("a\nb", .controlCharacter),
            ("\u{1B}[2J", .controlCharacter), ("a\u{7F}", .controlCharacter),
            ("/\u{301}a", .absolute), ("a/\u{301}/../b", .relativeComponent),
            (String(repeating: "a/", count: 512) + "b", .tooLong(maximum: 1_024)),
        ])
    func faults(text: String, fault: InvalidStorageKey.Fault) {
        let error = #expect(throws: InvalidStorageKey.self) { try StorageKey(text) }
        #expect(error?.fault == fault)
        #expect(error.map { "\($0)".count > 30 } == true)
    }

    @Test("Keys that look alike but have other bytes are other keys")
    func bytes() throws {
        let composed = try StorageKey("caf\u{E9}")
        let decomposed = try StorageKey("cafe\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(decomposed < composed)
        #expect(try StorageKey("a-b") < StorageKey("a/b"))
        #expect(!composed.hasPrefix("cafe"))
    }
}
