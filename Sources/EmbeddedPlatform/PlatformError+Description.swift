// Every sentence that the embedded platform's errors are told with: what failed, on what, why, what to do.
import ExportDomain
import Languages

extension PlatformError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        switch self {
        case .homeUnknown:
            Text(
                "Neither HOME nor XDG_DATA_HOME says where data belong: name a folder with --home or SLUICE_HOME."
            )
        case .homeUnusable(let path, let reason):
            Text("Cannot use the home folder \(path): \(reason). Choose another with --home or SLUICE_HOME.")
        case .homeFull(let path):
            Text(
                "No space is left on the disk of \(path): free some there. What was begun is gone on with then."
            )
        case .homeNotAFolder(let path):
            Text(
                "Cannot use the home folder \(path): it is not a folder. Choose another with --home or SLUICE_HOME."
            )
        case .databaseNewer(let path):
            Text(
                "The database \(path) was written by a newer version of sluice: use that version, or another home folder."
            )
        case .databaseDamaged(let path, let reason):
            Text(
                "The database \(path) is damaged (\(reason)): restore it from a backup, or choose another home folder."
            )
        case .database(let doing, let reason):
            Text("Cannot \(doing): \(reason).")
        case .unreadable(let path, let reason):
            Text("Cannot read \(path): \(reason).")
        case .unsupportedFile(let path):
            Text("\(path) is not taken: names of data files end in \(Text.list(DataFormat.endings)).")
        case .unwrittenFormat(let fileExtension):
            Text("Files that end in .\(fileExtension) are not written: choose JSON with GZIP, or PARQUET.")
        case .nothingToAdd(let paths):
            Text("There is no data in \(Text.list(paths)): hidden and empty files are passed over.")
        case .badDatasetName(let name):
            Text("“\(name)” cannot be the name of a dataset: give 1 to 255 bytes without control characters.")
        case .datasetNameTaken(let name, let id):
            Text(
                "There is a dataset “\(name)” already: add a batch to it with --into \(id), or choose another name."
            )
        case .noDataset(let id):
            Text("There is no dataset “\(id)”: sluice datasets list shows those there are.")
        case .noBatch(let id, let dataset):
            Text("“\(dataset)” has no batch \(id): sluice datasets show lists those it has.")
        case .batchInUse(let id, let runs):
            Text(
                "The batch \(id) is being exported by the run \(Text.list(runs.map(\.rawValue))): wait for its end, or cancel it."
            )
        case .datasetInUse(let name, let flows):
            Text(
                "“\(name)” is still exported by \(Text.quotedList(flows)): take it out of the flow, pause the flow, or let it end."
            )
        case .cannotStore(let path, let reason):
            Text("Cannot bring \(path) into the lake: \(reason).")
        case .malformedRecords(let count, let isWhole, let records, let first):
            Self.malformedSentence(count: count, isWhole: isWhole, records: records, first: first)
        case .sourceUnreadable(let name, let reason):
            Text("Cannot read \(name) of the dataset: \(reason). Add the data again.")
        case .datasetRemoved(let id):
            Text(
                "The dataset “\(id)” was removed from the lake: leave it out of the flow, or add the data again."
            )
        case .failed(let reason):
            reason
        case .notCleanedUp(let path, let reason):
            Text("\(path) could not be removed after the failure (\(reason)): delete it by hand.")
        case .flowRemoved:
            Text("The flow was removed before the run came to its end.")
        case .cancelled:
            Text("The run was cancelled, and nothing of it is published: sluice runs retry makes it again.")
        case .leaseLost(let flow):
            Text("The flow “\(flow)” was taken over by another process.")
        }
    }

    private static func malformedSentence(
        count: Int, isWhole: Bool, records: Int?, first: MalformedRecord
    ) -> Text {
        let found: Text =
            switch (isWhole, records, count) {
            case (true, nil, 1), (true, 1?, 1): Text("1 record is not a JSON object")
            case (true, let records?, 1): Text("1 of \(records) records is not a JSON object")
            case (true, let records?, _): Text("\(count) of \(records) records are not JSON objects")
            case (true, nil, _): Text("\(count) records are not JSON objects")
            case (false, nil, 1), (false, 1?, 1): Text("At least 1 record is not a JSON object")
            case (false, let records?, 1): Text("At least 1 of \(records) records is not a JSON object")
            case (false, let records?, _):
                Text("At least \(count) of \(records) records are not JSON objects")
            case (false, nil, _): Text("At least \(count) records are not JSON objects")
            }
        return Text(
            "\(found); the first is in \(first.file), line \(first.line): \(first.reason). Mend the file and add the data again, or leave such records out with malformedRecords = \"skip\"."
        )
    }

    /// What a run says that left records out.
    fileprivate static func skippedSentence(count: Int, first: MalformedRecord) -> Text {
        let found =
            count == 1
            ? Text("1 record was left out, not being a JSON object")
            : Text("\(count) records were left out, not being JSON objects")
        return Text("\(found); the first is in \(first.file), line \(first.line): \(first.reason).")
    }
}

extension PlatformError {
    /// The error as the record of a run has it, with a code in the form of Experience Platform's
    /// (`LETTERS-NUMBER-STATUS`).
    var runError: FlowRunError {
        let code =
            switch self {
            case .malformedRecords: "SLUICE-1001-422"
            case .sourceUnreadable: "SLUICE-1002-500"
            case .datasetRemoved: "SLUICE-1003-404"
            case .cancelled: "SLUICE-1004-409"
            case .failed: "SLUICE-2001-500"
            case .notCleanedUp: "SLUICE-2002-500"
            default: "SLUICE-1000-500"
            }
        return FlowRunError(code: code, text: text)
    }

    /// What a run notes that succeeded without some of its records.
    static func skippedNote(count: Int, first: MalformedRecord) -> FlowRunError {
        FlowRunError(code: "SLUICE-1001-200", text: skippedSentence(count: count, first: first))
    }

    /// What a run notes that succeeded, and could not remove what broken connections had left.
    static func unfinishedNote(folder: String, reason: Text) -> FlowRunError {
        FlowRunError(
            code: "SLUICE-2002-200",
            text: Text(
                "Unfinished uploads below \(folder) could not be removed (\(reason)): remove them by hand, or let a lifecycle rule of the storage do it."
            )
        )
    }
}
