// Text that was never meant to be a plan.
import ExportDomain
import Foundation
import PlanFile
import Testing

@Suite("Hostile plan files")
struct HostilePlanTests {
    @Test("Nothing is not a plan", arguments: ["", "\n\n", "# nothing", "\u{FEFF}"])
    func nothing(text: String) {
        #expect(
            PlanFileErrorTests.error(text)?.description
                == "plan.toml: “destination” is missing; add [destination] with its name.")
    }

    @Test("Text of more than a megabyte is refused unread")
    func tooLarge() {
        let text = "name = \"\(String(repeating: "a", count: PlanFile.largestText))\""
        #expect(
            PlanFileErrorTests.error(text)?.description
                == "plan.toml: is larger than 1024 KB, so it is not a plan.")
    }

    @Test("Text with a NUL is refused, not read up to it")
    func nul() {
        #expect(
            PlanFileErrorTests.error(PlanFileReadTests.example + "\n\u{0}")?.description
                == "plan.toml: has a NUL character, so it is not a text file.")
    }

    static let half = PlanFile.largestText / 2

    @Test(
        "Text that nests without end is refused with its line",
        arguments: [
            "a = " + String(repeating: "[", count: half),
            "a = " + String(repeating: "{a=", count: half / 2),
            "a = " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
            String(repeating: "a.", count: half - 4) + "a=1",
            String(repeating: "a . ", count: half / 4) + "a=1\n!",
            "\"=\"." + String(repeating: "'='.", count: half / 4) + "a=1\n!",
            "[" + String(repeating: "a.", count: half - 8) + "a]\n!",
            "a = {" + String(repeating: "a.", count: half - 8) + "a=1}\n!",
            "a = [\"\"\"\"\"\"\", {" + String(repeating: "a.", count: half - 16) + "a=1}]\n!",
        ])
    func deep(text: String) {
        #expect(
            PlanFileErrorTests.error("\n" + text)?.description
                == "plan.toml, line 2: nests deeper than any plan does.")
    }

    @Test("Any bytes are refused with an error, never with a crash", arguments: 0..<200)
    func anyBytes(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let alphabet = Array("ab.=[]{}\"'\\#\n ,01-:TZ".utf8) + [0x0D, 0x7F, 0xC3, 0xE2, 0xFF]
        let noise = String(
            decoding: (0..<next(200)).map { _ in alphabet[next(alphabet.count)] }, as: UTF8.self)
        #expect(PlanFileErrorTests.error(noise) != nil)

        var bytes = Array(PlanFileReadTests.example.utf8)
        for _ in 0..<3 { bytes[next(bytes.count)] = alphabet[next(alphabet.count)] }
        // A changed plan may be a plan: then it is written and read like any other.
        if let plan = try? PlanFileReadTests.read(String(decoding: bytes, as: UTF8.self)) {
            #expect(throws: Never.self) { try PlanFileReadTests.read(PlanFile.write(plan)) }
        }
    }

    @Test("A key with an escaped NUL is an unknown key like any other")
    func nulInKey() throws {
        let error = try #require(PlanFileErrorTests.error("\"a\\u0000b\" = 1\n" + PlanFileReadTests.example))
        guard case .unknownKey = error.problem else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("Escape sequences in a plan never reach the terminal through its errors")
    func escapeSequences() throws {
        for text in [
            "\"\\u001b[2J\" = 1\n", "malformedRecords = \"\\u001b[2J\"\n", "folder = \"%\\u001b[2J%\"\n",
        ] {
            let plan = PlanFileReadTests.example.replacing(
                "folder = \"%DATASET_ID%/%EXPORT_TIME%\"\n", with: "")
            let error = try #require(PlanFileErrorTests.error(text + plan))
            #expect(!error.description.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    @Test("A very long key is cut short in the sentence")
    func longKey() throws {
        let key = String(repeating: "a", count: 100_000)
        let error = try #require(PlanFileErrorTests.error("\(key) = 1\n" + PlanFileReadTests.example))
        #expect(error.description.count < 300)
    }
}
