// The words that errors have for entities, for states and for what is not offered, which are English where programs
// read them.
import Languages

extension Text {
    /// An entity or a part of one, by the word that errors have for it; a word of another platform stays as it is.
    public static func entity(_ what: String) -> Text { entities[what] ?? .verbatim(what) }

    /// A state of a flow or of a run, by the API's word or by the words that errors have in its place; a word of another
    /// platform stays as it is.
    public static func state(_ word: String) -> Text { states[word] ?? .verbatim(word) }

    /// What a platform does not offer, by the words that errors have for it.
    static func offer(_ what: String) -> Text { offers[what] ?? .verbatim(what) }

    private static func byEnglish(_ texts: [Text]) -> [String: Text] {
        Dictionary(texts.map { ($0.english, $0) }) { first, _ in first }
    }

    private static let entities = byEnglish([
        Text("dataset"), Text("flow"), Text("run"), Text("account"), Text("destination"), Text("batch"),
        Text("kind of destination"), Text("source connection"), Text("connection spec"), Text("flow spec"),
        Text("sandbox"), Text("half made export"),
        Text("metrics"), Text("duration"), Text("sizes"), Text("record counts"),
        Text("record counts of a connection"), Text("file counts"), Text("further details of files"),
        Text("file of a run"), Text("status"), Text("message of a run"), Text("further details"),
        Text("selection of datasets"), Text("activity"), Text("form"), Text("attributes"),
        Text("credentials"), Text("transformation"), Text("schedule"), Text("last operation"),
        Text("status of an operation"), Text("last run"), Text("inherited attributes"),
        Text("inherited connection"), Text("list of sandboxes"), Text("page"), Text("description of files"),
        Text("spec"), Text("answer"), Text("count"), Text("result of the test"), Text("list of datasets"),
        Text("description of the landing zone"), Text("credentials of the landing zone"), Text("search"),
        Text("change"), Text("refusal of the sign-in"), Text("list of connection specs"), Text("object"),
    ])

    private static let states = byEnglish([
        Text("enabled"), Text("disabled"), Text("exporting"), Text("updating"),
        Text("waiting"), Text("inProgress"), Text("success"), Text("failed"),
        Text("in another state"), Text("being worked on by another sluice"),
    ])

    private static let offers = byEnglish([
        Text("other platforms"), Text("exports outside of the schedule"),
        Text("commands that tell what has come of a flow"), Text("making runs again"),
        Text("exporting files again"), Text("ending runs"),
    ])
}
