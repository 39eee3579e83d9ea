// Every sentence that conflicts are told with.
import Languages

extension FlowConflict: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The conflict in a sentence: what comes of the edit, and where it helps, what to do instead.
    public var text: Text {
        switch self {
        case .noDatasets:
            Text("No dataset would be left: pause or delete the flow instead.")
        case .schedule(let problem):
            Text("\(problem).")
        case .scheduleOfAll(let datasets, let old, let new):
            Text(
                "The schedule applies to all datasets of the flow: \(Self.list(datasets)) would no longer be exported \(Self.words(old)), but \(Self.words(new))."
            )
        case .neverExported(let datasets):
            Text(
                "\(Self.list(datasets)) would never be exported, since the schedule has no export left: give it a start or an end that is to come."
            )
        case .removed(let datasets):
            Text("\(Self.list(datasets)) would no longer be exported. Files that were exported stay.")
        case .datasetsShareAFolder(let datasets, let folder):
            Text(
                "The files of \(Self.list(datasets)) would come into one folder, \(Self.path(folder)): add %DATASET_ID% to the folder template."
            )
        case .flowsShareAFolder(let flow, let folder):
            Text(
                "The flow “\(flow)” exports into the same folder, \(Self.path(folder)): change the folder template of one of them."
            )
        case .endsSoon(days: 0): Text("The flow ends in less than a day, and exports nothing after that.")
        case .endsSoon(days: 1): Text("The flow ends in 1 day, and exports nothing after that.")
        case .endsSoon(let days): Text("The flow ends in \(days) days, and exports nothing after that.")
        }
    }

    private static func list(_ names: [String]) -> Text {
        .quotedList(names)
    }

    private static func path(_ folder: String) -> String { "/" + folder }

    private static func words(_ schedule: Schedule) -> Text {
        schedule.mode == .full
            ? Text("in full, \(schedule.frequency), from \(schedule.start.rfc3339)")
            : Text("incrementally, \(schedule.frequency), from \(schedule.start.rfc3339)")
    }
}
