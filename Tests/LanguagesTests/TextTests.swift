// Texts: how they are written, looked up and filled.
import Foundation
import Languages
import Testing

@Suite("A text")
struct TextTests {
    private struct Trouble: Error, Localized {
        var what: String
        var text: Text { Text("“\(what)” is not there") }
    }

    private struct Foreign: Error, CustomStringConvertible {
        var description: String { "disk full" }
    }

    private let backwards: Language

    init() throws {
        backwards = try Language(
            code: "xx", name: "Backwards",
            file: Array(
                #"""
                msgid ""
                msgstr "Content-Type: text/plain; charset=UTF-8\n"

                # Said by a translator.
                #: Sources/Some.swift
                #, python-brace-format
                msgid "{0} of {1} chosen"
                msgstr "of {1} chosen: {0}"

                msgid "“{0}” is not there"
                msgstr ""
                "not “{0}”\n"
                "there"

                msgid "Cannot go on: {0}."
                msgstr "No way: {0}!"

                #, fuzzy
                msgid "Guessed"
                msgstr "Perhaps"

                msgid "Not said yet"
                msgstr ""

                msgid "A {{brace}} and {0}"
                msgstr "{0} and {{secarb}}"
                """#.utf8))
    }

    @Test("is said in English as it is written")
    func english() {
        #expect(Text("\(3) of \(10) chosen").english == "3 of 10 chosen")
        #expect(Text("nothing").english == "nothing")
        #expect(Text("A {brace} and \("{0}")").english == "A {brace} and {0}")
    }

    @Test("is said in another language with its values where that has them")
    func other() {
        #expect(Text("\(3) of \(10) chosen").string(in: backwards) == "of 10 chosen: 3")
        #expect(Text("A {brace} and \("{0}")").string(in: backwards) == "{0} and {secarb}")
    }

    @Test("says texts and errors within it in the same language, and others as they are")
    func nested() {
        let text = Text("Cannot go on: \(Trouble(what: "key"))."), error: any Error = Trouble(what: "key")
        #expect(text.english == "Cannot go on: “key” is not there.")
        #expect(text.string(in: backwards) == "No way: not “key”\nthere!")
        #expect(Text("Cannot go on: \(error).") == text)
        #expect(Text("Cannot go on: \(Foreign()).").string(in: backwards) == "No way: disk full!")
        let inner = Text("Cannot go on: \(Text("Cannot go on: \(1).")).")
        #expect(inner.string(in: backwards) == "No way: No way: 1!!")
    }

    @Test("of several things has them side by side, in the way of the language")
    func lists() {
        #expect(Text.list(["a", "b", "c"]).english == "a, b, c")
        #expect(Text.quotedList(["a", "b"]).english == "“a”, “b”")
        #expect(Text.all(of: []).english == "" && Text.all(of: [Text("one")]).english == "one")
        #expect(Text.all(of: ["a", "b", "c"].map(Text.verbatim)).english == "a, b and c")
        #expect(Text.sentences([Text("One."), Text("Two.")]).english == "One. Two.")
        #expect(Text.any(of: ["a", "b", "c"].map(Text.verbatim)).english == "a or b or c")
        for nothing in [Text.list([Text]()), .any(of: []), .sentences([])] { #expect(nothing == .empty) }
        #expect(Text.empty.english == "" && Text.empty.string(in: backwards) == "")
    }

    @Test("that was written down is read as it was, and told in the language of whoever reads it")
    func writtenDown() throws {
        for text in [
            Text("Cannot go on: \(Trouble(what: "key"))."), Text("A {brace} and \("{0}")"), Text("nothing"),
            .empty,
            Text("\(3) of \("{\"a\": \u{1B}}\n") chosen"),
            .list([Text("a"), Text("Cannot go on: \(Text("b")).")]),
        ] {
            let read = try JSONDecoder().decode(Text.self, from: JSONEncoder().encode(text))
            #expect(read == text && read.english == text.english)
            #expect(read.string(in: backwards) == text.string(in: backwards))
        }
        let older = Data(
            #"{"pattern":"Cannot go on: {0}.","values":[{"pattern":"“{0}” is not there","values":["x"]}]}"#
                .utf8)
        #expect(
            try JSONDecoder().decode(Text.self, from: older).string(in: backwards)
                == "No way: not “x”\nthere!")
    }

    @Test("that was written down and changed by others is told as far as it can be, or is none")
    func writtenDownByOthers() throws {
        for (json, english) in [
            (#"{"pattern":"{0} and {7} and {-1} and {x","values":["a"]}"#, "a and  and  and "),
            (#"{"pattern":"{"}"#, ""), (#"{"pattern":"a","values":[]}"#, "a"),
            (#"{"pattern":"a","values":[1]}"#, nil), (#"{"values":[]}"#, nil), (#""a""#, nil),
        ] as [(String, String?)] {
            #expect((try? JSONDecoder().decode(Text.self, from: Data(json.utf8)))?.english == english)
        }
    }

    @Test("of an error is that of the error, or what it says itself")
    func errors() {
        #expect(Text.of(Trouble(what: "key")).string(in: backwards) == "not “key”\nthere")
        #expect(Text.of(Foreign()).string(in: backwards) == "disk full")
    }

    @Test("stays English where a language has no words, or is not sure of them")
    func missing() {
        for text in [Text("Guessed"), Text("Not said yet"), Text("Never heard of")] {
            #expect(text.string(in: backwards) == text.english)
        }
    }

    @Test("is the same in every language where it is a name")
    func verbatim() {
        #expect(Text.verbatim("{0} of {1} chosen").string(in: backwards) == "{0} of {1} chosen")
    }

    @Test(
        "A file that is no catalogue is refused with its line",
        arguments: [("msgid \"a\"\nmsgstr b", 2), ("msgid \"a", 1), ("[a]\n", 1)])
    func refused(file: String, line: Int) throws {
        let error = #expect(throws: CatalogueError.self) {
            try Language(code: "xx", name: "X", file: Array(file.utf8))
        }
        #expect(error?.line == line)
    }
}
