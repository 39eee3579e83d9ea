// Where the files of a run go and what they are called.
import FoundationEssentials

/// Where one run writes: the connection's folder, then the template's folders.
public struct ExportLayout: Sendable, Hashable {
    /// The run's folder, relative to the root of the storage, without slashes at its ends.
    public var folder: String

    /// Lays out a run.
    /// - Parameters:
    ///   - connectionFolder: the folder path of the target connection.
    ///   - template: the template of the flow's schedule.
    ///   - context: what its macros become in this run.
    public init(connectionFolder: String, template: FolderTemplate, context: FolderContext) {
        folder = FolderPath.join(connectionFolder, template.expand(context))
    }

    /// Takes a folder that was laid out before.
    public init(folder: String) { self.folder = folder.trimmingSlashes }

    /// The path of a file in the run's folder.
    public func path(of name: String) -> String { FolderPath.join(folder, name) }
}

/// The name of one exported file, in the shape of Experience Platform's own:
/// `part-00000-tid-1234567890123456789-3f2a1b0c-1111-4222-8333-444455556666-17-1-c000.json.gz`.
///
/// `transaction` and `job` are the same for all files of a run, so a name never repeats and a run that is
/// resumed writes the same names again.
public struct PartFileName: Sendable, Hashable, CustomStringConvertible {
    /// Number of the part within the run, from 0.
    public var part: Int
    /// Number of the run, 1–19 digits.
    public var transaction: Int64
    /// UUID of the run, lowercase.
    public var job: String
    /// Number of the task that wrote the file.
    public var task: Int
    /// The attempt of that task, from 1.
    public var attempt: Int
    /// Number of the file within the task, from 0.
    public var fileInTask: Int
    /// The end of the name, without its leading dot.
    public var fileExtension: String

    /// Names a part.
    public init(
        part: Int, transaction: Int64, job: String, task: Int, attempt: Int = 1, fileInTask: Int = 0,
        fileExtension: String
    ) {
        self.part = part
        self.transaction = transaction
        self.job = job
        self.task = task
        self.attempt = attempt
        self.fileInTask = fileInTask
        self.fileExtension = fileExtension
    }

    /// Reads a name of that shape; nil for any other.
    public init?(_ name: String) {
        let shape =
            /part-(\d{5,})-tid-(\d{1,19})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d+)-(\d+)-c(\d{3,})\.(json\.gz|json|parquet|gz\.parquet)/
        guard let match = name.wholeMatch(of: shape)?.output,
            let part = Int(match.1), let transaction = Int64(match.2), let task = Int(match.4),
            let attempt = Int(match.5), let fileInTask = Int(match.6)
        else { return nil }
        self.init(
            part: part, transaction: transaction, job: String(match.3), task: task, attempt: attempt,
            fileInTask: fileInTask, fileExtension: String(match.7))
    }

    /// The name.
    public var description: String {
        "part-\(part.padded(5))-tid-\(transaction)-\(job)-\(task)-\(attempt)-c\(fileInTask.padded(3)).\(fileExtension)"
    }
}
