// What the wizard asks of the world. Effects are values, so that a test says which ones it expects.
import ExportDomain
import FoundationEssentials

/// Something to be done outside the wizard's own state.
public enum WizardEffect: Equatable, Sendable {
    /// Do this and answer with the token.
    case request(WizardRequest, token: Int)
    /// Send `woke` with the token after so many seconds.
    case wake(after: Double, token: Int)
    /// Work from now on with the platform that was opened under this token; what was asked of the other is no longer
    /// wanted.
    case usePlatform(token: Int)
    /// The answer with this token is no longer wanted.
    case cancel(token: Int)
    /// Use the mouse, or leave it to the terminal.
    case useMouse(Bool)
    /// Send a text to the terminal's clipboard.
    case copy(String)
    /// Ring the terminal's bell.
    case ringBell
    /// Have the terminal show a notification on the desktop.
    case notify(String)
    /// Give the terminal's window a title, until the wizard is left.
    case setTitle(String)
    /// Stop the process until the shell continues it (Ctrl-Z).
    case suspend
    /// End the wizard with this exit status.
    case quit(status: Int32)
}

/// A request to the platform.
public enum WizardRequest: Equatable, Sendable {
    /// The kinds of destination and the destination connections.
    case catalogue
    /// Whether the platform is production.
    case isProduction
    /// The exportable datasets; what has come of them is reported meanwhile.
    case datasets
    /// Search datasets, or put them in order; what is found is reported as it comes.
    case arrange(DatasetArrangement)
    /// Make a destination.
    case createDestination(DestinationDraft)
    /// Change a destination.
    case updateDestination(TargetConnection, to: DestinationDraft)
    /// Remove a destination.
    case removeDestination(TargetConnection)
    /// Test a destination; the steps are reported as they are taken.
    case testDestination(DestinationDraft, DestinationTestConsent)
    /// Ask the storage that a form describes for names that a field of it could hold.
    case suggestions(SuggestionQuery, DestinationDraft)
    /// Tell what is in a folder of this machine.
    case folderContents(path: String)
    /// Read a key or another secret from a file.
    case readFile(path: String)
    /// Run a command that prints a secret, without a shell.
    case runSecretCommand(String)
    /// The dataflows with what they join and their latest exports.
    case flows
    /// Pause or resume a dataflow.
    case perform(FlowAction, on: FlowDetails)
    /// Change a dataflow.
    case editFlow(FlowDetails, FlowEdit)
    /// Export all datasets of a dataflow now.
    case exportNow(FlowDetails)
    /// Remove a dataflow; its destination stays.
    case removeFlow(Flow)
    /// Make the dataflow.
    case createFlow(ExportPlan, datasets: [Dataset], destination: TargetConnection)
    /// The exports that were left half made on this platform.
    case unfinished
    /// Go on with an export that was left half made.
    case resume(UnfinishedWork)
    /// Remove what an export that was left half made has made.
    case discard(UnfinishedWork)
    /// The runs of a dataflow, with what is in their folders; a folder may be as it was seen a moment ago, unless all
    /// are to be listed anew.
    case runs(Identifier<Flow>, isFresh: Bool = false)
    /// Make a run that failed again.
    case retry(Identifier<FlowRun>)
    /// Write files of a run again.
    case exportAgain([String], of: Identifier<FlowRun>)
    /// End a run.
    case cancelRun(Identifier<FlowRun>)
    /// Have exports move at most so many bytes a second together from now on; nil for as fast as they can.
    case limitTransfers(to: TransferLimits)
    /// Some records of a file.
    case preview(path: String, run: Identifier<FlowRun>, first: Int, limit: Int)
    /// The platforms that there are.
    case platforms
    /// The sandboxes of a platform.
    case sandboxes(of: PlatformID)
    /// Open a platform, to go on with.
    case openPlatform(PlatformID)
    /// Save the plan as a file.
    case savePlan(ExportPlan, path: String, replacing: Bool)
}
