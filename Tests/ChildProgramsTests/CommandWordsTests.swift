// Commands as people write them, in words.
import ChildPrograms
import Testing

@Suite("A command in words")
struct CommandWordsTests {
    @Test(
        "is parted as a shell parts it, and nothing else of a shell means anything",
        arguments: [
            ("pass show acme/s3", ["pass", "show", "acme/s3"]),
            ("  a \t b\n", ["a", "b"]),
            ("'a b' \"c d\"e", ["a b", "c de"]),
            ("sh -c 'gpg -d key.gpg | head -1'", ["sh", "-c", "gpg -d key.gpg | head -1"]),
            (#"a\ b "q\"\\\$\`\n" 'x\y'"#, ["a b", #"q"\$`\n"#, #"x\y"#]),
            ("a '' \"\"", ["a", "", ""]),
            ("$HOME `id` $(id) * ~ ; | > <", ["$HOME", "`id`", "$(id)", "*", "~", ";", "|", ">", "<"]),
            ("秘密 'ключ 1'", ["秘密", "ключ 1"]),
            ("", []), ("   ", []),
        ])
    func words(text: String, words: [String]) {
        #expect(CommandWords.split(text) == words)
    }

    @Test(
        "is none where a quotation mark or a backslash lacks what belongs to it",
        arguments: ["'a", "a \"b", "a\\", "\"a\\\""])
    func unclosed(text: String) {
        #expect(CommandWords.split(text) == nil)
    }
}
