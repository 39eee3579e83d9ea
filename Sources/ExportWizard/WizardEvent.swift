// What can happen to the wizard.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import TerminalKit

/// Something that happened.
///
/// Everything from outside the wizard's own state arrives as one of these, or in the `Moment` beside it.
public enum WizardEvent: Equatable, Sendable {
    /// The wizard opened.
    case started
    /// A key was pressed.
    case key(Key)
    /// Text was pasted; it may be a secret.
    case paste(Secret)
    /// The mouse was used, on what a click is for.
    case mouse(MouseEvent, on: ClickTarget?)
    /// The process was asked to stop (SIGINT).
    case interrupted
    /// The answer to the request with that token.
    case answered(token: Int, WizardAnswer)
    /// The time that was waited for has come.
    case woke(token: Int)
}

/// When and on how large a screen something happened.
public struct Moment: Equatable, Sendable {
    /// The time.
    public var now: Date
    /// The size of the screen, which decides how far a page of a list goes.
    public var size: Size

    /// Names a moment.
    public init(now: Date, size: Size) {
        self.now = now
        self.size = size
    }
}

/// What came of a request.
public enum WizardAnswer: Equatable, Sendable {
    /// The kinds of destination, the destination connections and the accounts, newest first.
    case catalogue([ConnectionSpec], [TargetConnection], [BaseConnection])
    /// Whether the platform is production; nil where it does not say.
    case isProduction(Bool?)
    /// The exportable datasets that have come so far; more may follow under the same token.
    case datasets(DatasetListing)
    /// Datasets that were searched for, or put in order; more may follow under the same token.
    case arranged(DatasetArrangement.Found)
    /// The destination was made or changed.
    case destinationSaved(TargetConnection, notice: Text? = nil)
    /// The destination was removed.
    case destinationRemoved(TargetConnection)
    /// A step of a test; others and `testEnded` follow under the same token.
    case tested(DestinationTestReport)
    /// A test is over.
    case testEnded
    /// What a field could hold.
    case suggestions(FieldSuggestions)
    /// What is in a folder of this machine.
    case folderContents(FolderContents)
    /// What the file holds.
    case fileRead(Secret)
    /// The dataflows, newest first.
    case flows([FlowOverview])
    /// The dataflow was changed, paused or resumed.
    case flowChanged(FlowDetails)
    /// The runs of a dataflow that were begun, whatever its schedule says.
    case runsStarted([Identifier<FlowRun>], of: FlowDetails)
    /// The dataflow was removed.
    case flowRemoved(Flow)
    /// The dataflow was made.
    case flowCreated(Flow)
    /// Exports move at most so fast from now on.
    case transfersLimited(to: TransferLimits)
    /// The exports that were left half made, the oldest first.
    case unfinished([UnfinishedWork])
    /// An export that was left half made is made; its dataflow, where it is more than a destination.
    case resumed(FlowDetails?)
    /// What it had made is removed; but for what is still there, in sentences.
    case discarded(leaving: [Text])
    /// The runs of the dataflow with what is in their folders, newest first.
    case runs([RunReport])
    /// The run is made again, or over.
    case runChanged(Identifier<FlowRun>)
    /// Some records of a file.
    case preview(FilePreview)
    /// The platforms that there are.
    case platforms([PlatformChoice])
    /// The sandboxes of a platform.
    case sandboxes([PlatformChoice])
    /// The platform was opened; `usePlatform` goes over to it.
    case platformOpened(Wizard.Setting)
    /// The plan was saved under that path.
    case planSaved(path: String)
    /// The request was not done.
    case failed(RequestFailure)
}

extension WizardAnswer {
    /// Whether no other answer follows under the same token.
    var isLast: Bool {
        switch self {
        case .tested: false
        case .arranged(let found): found.isWhole
        case .datasets(let listing): listing.isWhole
        default: true
        }
    }
}

/// Why a request was not done.
public struct RequestFailure: Equatable, Sendable {
    /// The reason in one sentence.
    public var reason: Text
    /// The field that caused it, where it was one.
    public var field: String?

    /// Describes a failure.
    public init(reason: Text, field: String? = nil) {
        self.reason = reason
        self.field = field
    }
}

/// A run and what is in its folder.
public struct RunReport: Equatable, Sendable, Identifiable {
    /// The run.
    public var run: FlowRun
    /// What was promised and what is there; with no files where `problem` says why they cannot be seen.
    public var verification: RunVerification
    /// Why it cannot be seen from here what is there; nil where it can.
    public var problem: Text?
    /// When the platform deletes the files; nil where it keeps them.
    public var expiry: Date?

    /// So many runs are shown of a dataflow, the newest; it may have thousands.
    public static let mostShown = 100

    /// The run's id.
    public var id: Identifier<FlowRun> { run.id }

    /// Joins a run with its folder.
    public init(run: FlowRun, verification: RunVerification, expiry: Date? = nil) {
        self.run = run
        self.verification = verification
        self.expiry = expiry
    }

    /// A run of whose folder nothing is known but why.
    public init(run: FlowRun, problem: Text) {
        self.init(run: run, verification: RunVerification(folder: "", files: [], findings: []))
        self.problem = problem
    }
}

/// Some records of a file.
public struct FilePreview: Equatable, Sendable {
    /// The file's path in the storage.
    public var path: String
    /// The records, one text each.
    public var records: [String]
    /// Why there are not more, where the file is damaged.
    public var problem: Text?
    /// The place of the first of them in the file, from 0.
    public var first: Int
    /// Whether no others follow.
    public var isLast: Bool
    /// How many there are in the file, where it says so itself.
    public var total: Int?

    /// Describes records.
    public init(
        path: String, records: [String], problem: Text? = nil, first: Int = 0, isLast: Bool = false,
        total: Int? = nil
    ) {
        self.path = path
        self.records = records
        self.problem = problem
        self.first = first
        self.isLast = isLast
        self.total = total
    }
}
