// The words that errors have for entities and for what was being done, which are English where programs read them.
import Languages

extension Text {
    /// An entity or a part of one, by the word that errors have for it; a word of another platform stays as it is.
    public static func entity(_ what: String) -> Text { entities[what] ?? .verbatim(what) }

    /// What a platform does not offer, by the words that errors have for it.
    static func offer(_ what: String) -> Text { offers[what] ?? .verbatim(what) }

    /// What was being done, by the words that errors have for it.
    public static func activity(_ doing: String) -> Text { activities[doing] ?? .verbatim(doing) }

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

    private static let offers = byEnglish([
        Text("other platforms"), Text("exports outside of the schedule"),
        Text("commands that tell what has come of a flow"), Text("making runs again"),
        Text("exporting files again"), Text("ending runs"),
    ])

    private static let activities = byEnglish([
        Text("sign in"), Text("read the destinations"), Text("list the kinds of destination"),
        Text("list the sandboxes"), Text("list the datasets"), Text("show the dataset"),
        Text("look up the dataset"), Text("find the dataset"), Text("choose the datasets"),
        Text("list the accounts"), Text("show the account"), Text("look up the account"),
        Text("make the account"), Text("change the account"), Text("remove the account"),
        Text("test the account"), Text("read the account's credentials"),
        Text("keep the account's credentials"), Text("forget the account's credentials"),
        Text("list the destinations"), Text("show the destination"), Text("look up the destination"),
        Text("make the destination"), Text("change the destination"), Text("remove the destination"),
        Text("list the source connections"), Text("show the source connection"),
        Text("make the source connection"), Text("remove the source connection"),
        Text("list the flows"), Text("list the dataflows"), Text("show the flow"), Text("show the dataflow"),
        Text("pause the dataflow"), Text("resume the dataflow"), Text("show the datasets of the dataflow"),
        Text("look up the flow"),
        Text("make the flow"), Text("make the dataflow"), Text("change the flow"),
        Text("change the dataflow"), Text("remove the flow"), Text("remove the dataflow"),
        Text("make the export"), Text("note what is being made"), Text("forget what was made"),
        Text("set the notifications"), Text("show the notifications"), Text("export now"),
        Text("list the runs"), Text("show the run"), Text("show the runs"), Text("follow the runs"),
        Text("count the runs"), Text("plan the runs"), Text("run what is due"), Text("begin the run"),
        Text("end the run"), Text("cancel the run"), Text("make the run again"),
        Text("export the files again"), Text("verify the run"), Text("list the run's files"),
        Text("look up the run's files"), Text("look up the run's folder"), Text("look up the run's sources"),
        Text("look up the run's manifest"), Text("look up the run's destination"),
        Text("look up how long the run's files are kept"), Text("look up the landing zone"),
        Text("get the credentials of the landing zone"),
        Text("look up how long files are kept in the landing zone"),
        Text("add the dataset"), Text("remove the dataset"), Text("add to the dataset"),
        Text("add the batch"), Text("remove the batch"), Text("look up the batch"),
        Text("look for due flows"), Text("look for unfinished runs"), Text("look for unfinished batches"),
        Text("look for what is new"), Text("note the run's progress"), Text("note a file of the run"),
        Text("keep the profile's secret"), Text("read the profile's secrets"),
        Text("read the account's secrets"), Text("look at the profile's secrets"),
        Text("remove the profile's secrets"), Text("rename the profile"), Text("look at the vault"),
        Text("change the vault's key"), Text("reset the vault"),
    ])
}
