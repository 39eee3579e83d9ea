// What can go wrong in the embedded platform, as facts. The sentences are in PlatformError+Description.swift.
import ExportDomain
import Languages

/// Why the embedded platform did not do what it was asked.
public enum PlatformError: Error, Sendable, Hashable {
    // The home folder.

    /// Nothing says where the home folder is: neither an option nor the environment.
    case homeUnknown
    /// The home folder, or one inside it, cannot be made or used.
    case homeUnusable(path: String, reason: String)
    /// There is no space left on the disk of the database.
    case homeFull(path: String)
    /// Something that is not a folder has the home folder's name.
    case homeNotAFolder(path: String)
    /// The database was written by a newer version of this program.
    case databaseNewer(path: String)
    /// The database is not one, or parts of it are unreadable.
    case databaseDamaged(path: String, reason: String)
    /// The database cannot answer: what was being done, and why.
    case database(doing: Text, reason: String)

    // The lake.

    /// A file or folder that was to be added is not there or cannot be read.
    case unreadable(path: String, reason: Text)
    /// A file whose name does not end in what the lake takes.
    case unsupportedFile(path: String)
    /// A run's files would end in something that is not written.
    case unwrittenFormat(fileExtension: String)
    /// There was no file with anything in it.
    case nothingToAdd(paths: [String])
    /// A dataset needs a name that is neither empty nor longer than 255 bytes nor with control characters.
    case badDatasetName(String)
    /// Another dataset has the name.
    case datasetNameTaken(name: String, id: Identifier<Dataset>)
    /// There is no such dataset.
    case noDataset(id: Identifier<Dataset>)
    /// The dataset has no such batch.
    case noBatch(id: Int64, dataset: String)
    /// Runs that are not over export the batch.
    case batchInUse(id: Int64, runs: [Identifier<FlowRun>])
    /// Flows still export the dataset.
    case datasetInUse(name: String, flows: [String])
    /// A file could not be brought into the lake.
    case cannotStore(path: String, reason: Text)

    // A run.

    /// Records that are not JSON objects; `count` is a lower bound unless `isWhole`.
    case malformedRecords(count: Int, isWhole: Bool, records: Int?, first: MalformedRecord)
    /// The records of a file cannot be read.
    case sourceUnreadable(name: String, reason: Text)
    /// The run's dataset is not in the lake any more.
    case datasetRemoved(id: Identifier<Dataset>)
    /// The storage, or the machine, did not do what was asked, in its own words.
    case failed(reason: Text)
    /// Files of a failed run are still in the storage.
    case notCleanedUp(path: String, reason: Text)
    /// The run's flow is being removed.
    case flowRemoved
    /// A person has ended the run.
    case cancelled
    /// Another process has taken over the flow.
    case leaseLost(flow: Identifier<Flow>)
}

/// A line of a file that is not a JSON object.
public struct MalformedRecord: Sendable, Hashable {
    /// The file, as it was called when it was added.
    public var file: String
    /// The line's number, from 1.
    public var line: Int
    /// What is wrong with it.
    public var reason: Text

    /// Describes a malformed line.
    public init(file: String, line: Int, reason: Text) {
        self.file = file
        self.line = line
        self.reason = reason
    }
}
