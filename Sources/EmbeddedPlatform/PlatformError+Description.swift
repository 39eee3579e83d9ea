// Every sentence that the embedded platform's errors are told with: what failed, on what, why, what to do.
import ExportDomain

extension PlatformError: CustomStringConvertible {
    /// A sentence a person can act on.
    public var description: String {
        switch self {
        case .homeUnknown:
            "Neither HOME nor XDG_DATA_HOME says where data belong: name a folder with --home or SLUICE_HOME."
        case .homeUnusable(let path, let reason):
            "Cannot use the home folder \(path): \(reason). Choose another with --home or SLUICE_HOME."
        case .homeFull(let path):
            "No space is left on the disk of \(path): free some there. What was begun is gone on with then."
        case .homeNotAFolder(let path):
            "Cannot use the home folder \(path): it is not a folder. Choose another with --home or SLUICE_HOME."
        case .databaseNewer(let path):
            "The database \(path) was written by a newer version of sluice: use that version, or another home folder."
        case .databaseDamaged(let path, let reason):
            "The database \(path) is damaged (\(reason)): restore it from a backup, or choose another home folder."
        case .database(let doing, let reason):
            "Cannot \(doing): \(reason)."
        case .unreadable(let path, let reason):
            "Cannot read \(path): \(reason)."
        case .unsupportedFile(let path):
            "\(path) is not taken: names of data files end in \(DataFormat.endings.joined(separator: ", "))."
        case .unwrittenFormat(let fileExtension):
            "Files that end in .\(fileExtension) are not written: choose JSON with GZIP, or PARQUET."
        case .nothingToAdd(let paths):
            "There is no data in \(paths.joined(separator: ", ")): hidden and empty files are passed over."
        case .badDatasetName(let name):
            "“\(name)” cannot be the name of a dataset: give 1 to 255 bytes without control characters."
        case .datasetNameTaken(let name, let id):
            "There is a dataset “\(name)” already: add a batch to it with --into \(id), or choose another name."
        case .noDataset(let id):
            "There is no dataset “\(id)”: sluice datasets list shows those there are."
        case .noBatch(let id, let dataset):
            "“\(dataset)” has no batch \(id): sluice datasets show lists those it has."
        case .batchInUse(let id, let runs):
            "The batch \(id) is being exported by the run \(runs.map(\.rawValue).joined(separator: ", ")): wait for its end, or cancel it."
        case .datasetInUse(let name, let flows):
            "“\(name)” is still exported by \(flows.map { "“\($0)”" }.joined(separator: ", ")): take it out of the flow, pause the flow, or let it end."
        case .cannotStore(let path, let reason):
            "Cannot bring \(path) into the lake: \(reason)."
        case .malformedRecords(let count, let isWhole, let records, let first):
            Self.malformedSentence(count: count, isWhole: isWhole, records: records, first: first)
        case .sourceUnreadable(let name, let reason):
            "Cannot read \(name) of the dataset: \(reason). Add the data again."
        case .datasetRemoved(let id):
            "The dataset “\(id)” was removed from the lake: leave it out of the flow, or add the data again."
        case .failed(let reason):
            reason
        case .notCleanedUp(let path, let reason):
            "\(path) could not be removed after the failure (\(reason)): delete it by hand."
        case .flowRemoved:
            "The flow was removed before the run came to its end."
        case .cancelled:
            "The run was cancelled, and nothing of it is published: sluice runs retry makes it again."
        case .leaseLost(let flow):
            "The flow “\(flow)” was taken over by another process."
        }
    }

    private static func malformedSentence(
        count: Int, isWhole: Bool, records: Int?, first: MalformedRecord
    ) -> String {
        let number = isWhole ? "\(count)" : "At least \(count)"
        let total = records.map { " of \($0)" } ?? ""
        return
            "\(number)\(total) \(count == 1 ? "record is not a JSON object" : "records are not JSON objects"); "
            + "the first is in \(first.file), line \(first.line): \(first.reason). "
            + "Mend the file and add the data again, or leave such records out with malformedRecords = \"skip\"."
    }

    /// What a run says that left records out.
    static func skippedSentence(count: Int, first: MalformedRecord) -> String {
        "\(count) \(count == 1 ? "record was" : "records were") left out, not being JSON objects; "
            + "the first is in \(first.file), line \(first.line): \(first.reason)."
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
        return FlowRunError(code: code, message: description)
    }

    /// What a run notes that succeeded without some of its records.
    static func skippedNote(count: Int, first: MalformedRecord) -> FlowRunError {
        FlowRunError(code: "SLUICE-1001-200", message: skippedSentence(count: count, first: first))
    }

    /// What a run notes that succeeded, and could not remove what broken connections had left.
    static func unfinishedNote(folder: String, reason: String) -> FlowRunError {
        FlowRunError(
            code: "SLUICE-2002-200",
            message:
                "Unfinished uploads below \(folder) could not be removed (\(reason)): remove them by hand, or let a lifecycle rule of the storage do it."
        )
    }
}
