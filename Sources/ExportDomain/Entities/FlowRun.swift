// One run of a dataflow: one dataset at one scheduled time, with what came of it.
import FoundationEssentials
import Languages

/// A run (`/runs`).
public struct FlowRun: Sendable, Hashable, Identifiable {
    /// A lowercase UUID.
    public var id: Identifier<FlowRun>
    /// The dataflow.
    public var flowID: Identifier<Flow>
    /// The dataset; empty where a platform names none, as it may for a run of several datasets at once.
    public var datasetID: Identifier<Dataset>
    /// The occurrence of the schedule; nil where a platform does not say.
    public var scheduledTime: Date?
    /// How it stands.
    public var status: FlowRunStatus
    /// What it has read and written.
    public var metrics: FlowRunMetrics
    /// Its history.
    public var revision: Revision

    /// The dataset by its id in words: a run that names none is one of all datasets.
    public var datasetText: Text { namesDataset ? .verbatim(datasetID.rawValue) : Text("all datasets") }

    /// Whether the platform says which dataset it is.
    public var namesDataset: Bool { !datasetID.rawValue.isEmpty }

    /// Describes a run.
    public init(
        id: Identifier<FlowRun>, flowID: Identifier<Flow>, datasetID: Identifier<Dataset>,
        scheduledTime: Date?, status: FlowRunStatus, metrics: FlowRunMetrics = FlowRunMetrics(),
        revision: Revision
    ) {
        self.id = id
        self.flowID = flowID
        self.datasetID = datasetID
        self.scheduledTime = scheduledTime
        self.status = status
        self.metrics = metrics
        self.revision = revision
    }
}

/// How a run stands (`metrics.statusSummary.status`, compared without case).
public enum FlowRunStatus: Sendable, Hashable {
    /// Not started.
    case waiting
    /// Under way.
    case processing
    /// Done.
    case success
    /// Ended without its files; the metrics have the errors.
    case failed
    /// A word that this version does not know, shown as it is.
    case other(String)

    /// Reads the API's word; absent means under way.
    public init(word: String?) {
        switch word?.lowercased() {
        case nil, "processing", "inprogress": self = .processing
        case "waiting": self = .waiting
        case "success": self = .success
        case "failed": self = .failed
        case _?: self = .other(word ?? "")
        }
    }

    /// The API's word.
    public var word: String {
        switch self {
        case .waiting: "waiting"
        case .processing: "inProgress"
        case .success: "success"
        case .failed: "failed"
        case .other(let word): word
        }
    }

    /// Whether nothing more will come of the run.
    public var isOver: Bool { self == .success || self == .failed }
}

/// What a run has read and written.
///
/// Whatever is nil is not known, which is not zero.
public struct FlowRunMetrics: Sendable, Hashable {
    /// When it started.
    public var startedAt: Date?
    /// When it ended.
    public var completedAt: Date?
    /// Bytes read so far.
    public var inputBytes: Int?
    /// Bytes to be read in all, where the platform knows it beforehand.
    public var plannedInputBytes: Int?
    /// Bytes written.
    public var outputBytes: Int?
    /// Records read, well formed or not.
    public var inputRecords: Int?
    /// Records written.
    public var outputRecords: Int?
    /// Records left out.
    public var skippedRecords: Int?
    /// Files to be written.
    public var inputFiles: Int?
    /// Files written.
    public var outputFiles: Int?
    /// Where its manifest lies, as the platform names it: a path, perhaps with the bucket or container before it.
    public var manifestPath: String?
    /// Why it failed, or what it left out.
    public var errors: [FlowRunError]

    /// Starts with nothing known.
    public init(
        startedAt: Date? = nil, completedAt: Date? = nil, inputBytes: Int? = nil,
        plannedInputBytes: Int? = nil, outputBytes: Int? = nil, inputRecords: Int? = nil,
        outputRecords: Int? = nil, skippedRecords: Int? = nil, inputFiles: Int? = nil,
        outputFiles: Int? = nil, manifestPath: String? = nil, errors: [FlowRunError] = []
    ) {
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.inputBytes = inputBytes
        self.plannedInputBytes = plannedInputBytes
        self.outputBytes = outputBytes
        self.inputRecords = inputRecords
        self.outputRecords = outputRecords
        self.skippedRecords = skippedRecords
        self.inputFiles = inputFiles
        self.outputFiles = outputFiles
        self.manifestPath = manifestPath
        self.errors = errors
    }
}

/// An error of a run (`statusSummary.errors[]`).
public struct FlowRunError: Sendable, Hashable {
    /// A code to search for.
    public var code: String
    /// The reason, as people are told it.
    public var text: Text

    /// The reason in English, as programs are told it.
    public var message: String { text.english }

    /// Describes an error.
    public init(code: String, text: Text) {
        self.code = code
        self.text = text
    }

    /// Takes the words of a platform; they are told in the reader's language only where they are the program's own.
    public init(code: String, message: String) {
        self.init(code: code, text: .known(message))
    }
}

extension FlowRunError: Encodable {
    private enum CodingKeys: CodingKey { case code, message }

    /// Writes the code and the message, for programs.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(message, forKey: .message)
    }
}
