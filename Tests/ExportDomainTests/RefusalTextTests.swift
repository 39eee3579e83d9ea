// What a platform refuses, as people in another language are told it.
import ExportDomain
import Languages
import Testing

@Suite("What a platform refuses, in another language")
struct RefusalTextTests {
    private let backwards: Language

    init() throws {
        backwards = try Language(
            code: "xx", name: "Backwards",
            file: Array(
                #"""
                msgid "Cannot {0}: {1}"
                msgstr "{1}: {0} cannot be"

                msgid "show {0}"
                msgstr "{0} shown"

                msgid "it was cancelled"
                msgstr "cancelled it was"

                msgid "Nothing was done: the {0} “{1}” is {2}{3}."
                msgstr "{2}{3} is “{1}”, the {0}: done was nothing."

                msgid "Nothing was done: the {0} “{1}” is {2}{3}. Try again when that is over."
                msgstr "{2}{3} is “{1}”, the {0}: later."

                msgid "enabled"
                msgstr "delbane"

                msgid "exporting"
                msgstr "gnitropxe"

                msgid "flow"
                msgstr "wolf"
                """#.utf8))
    }

    @Test("is told in the reader's language, also where what was being done has a name in it")
    func activity() {
        let error = FlowServiceError(CancellationError(), doing: Text("show \("a/b.json")"))
        #expect(error.description == "Cannot show a/b.json: it was cancelled")
        #expect(error.text.string(in: backwards) == "cancelled it was: a/b.json shown cannot be")
    }

    @Test("tells states in the reader's language, and those of other platforms as they are")
    func states() {
        for (state, words) in [
            ("enabled", "delbane is “x”, the wolf: done was nothing."),
            ("exporting", "gnitropxe is “x”, the wolf: later."),
            ("melting", "melting is “x”, the wolf: later."),
        ] {
            let error = FlowServiceError.wrongState(what: "flow", id: "x", state: state)
            #expect(error.text.string(in: backwards) == words)
            #expect(error.description.contains("the flow “x” is \(state)."))
        }
        #expect(
            Text.state("disabled").english == "disabled" && Text.state("inProgress").english == "inProgress")
    }
}
