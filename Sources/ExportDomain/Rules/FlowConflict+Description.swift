// Every sentence that conflicts are told with.

extension FlowConflict: CustomStringConvertible {
    /// The conflict in a sentence: what comes of the edit, and where it helps, what to do instead.
    public var description: String {
        switch self {
        case .noDatasets:
            "No dataset would be left: pause or delete the flow instead."
        case .schedule(let problem):
            "\(problem)."
        case .scheduleOfAll(let datasets, let old, let new):
            "The schedule applies to all datasets of the flow: \(Self.list(datasets)) would no longer be exported \(Self.words(old)), but \(Self.words(new))."
        case .neverExported(let datasets):
            "\(Self.list(datasets)) would never be exported, since the schedule has no export left: give it a start or an end that is to come."
        case .removed(let datasets):
            "\(Self.list(datasets)) would no longer be exported. Files that were exported stay."
        case .datasetsShareAFolder(let datasets, let folder):
            "The files of \(Self.list(datasets)) would come into one folder, \(Self.path(folder)): add %DATASET_ID% to the folder template."
        case .flowsShareAFolder(let flow, let folder):
            "The flow “\(flow)” exports into the same folder, \(Self.path(folder)): change the folder template of one of them."
        case .endsSoon(let days):
            "The flow \(ScheduleEnding.soon(days: days).notice ?? "ends soon"), and exports nothing after that."
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map { "“\($0)”" }.joined(separator: ", ")
    }

    private static func path(_ folder: String) -> String { "/" + folder }

    private static func words(_ schedule: Schedule) -> String {
        let files = schedule.mode == .full ? "in full" : "incrementally"
        return "\(files), \(schedule.frequency), from \(schedule.start.rfc3339)"
    }
}
