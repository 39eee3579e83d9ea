// The options by which a flow is told to tell what has come of it.
import ArgumentParser
import ChildPrograms
import EmbeddedPlatform
import ExportDomain
import Languages

/// What a flow is to tell, and by which command.
struct NotifyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            Text(
                "Run a command on failure, retry, success, ending or missed: those named, with commas between them."
            ),
            discussion: Text(
                """
                failure is a run that is not made again by itself, retry each failure after which it is, ending is 30, 7 and 1 days before the end date and when it has come, missed a time of the schedule at \
                which nothing ran. The command finds the facts in its environment: SLUICE_EVENT, SLUICE_FLOW_NAME, \
                SLUICE_DATASET, SLUICE_STATUS, SLUICE_ERROR, SLUICE_WILL_RETRY, SLUICE_RUN_ID and others.
                """
            ).said,
            valueName: "occasions"))
    var notifyOn: Occasions?

    @Option(
        help: ArgumentHelp(
            Text("The program to run for that, without a shell (default for --notify-on: failure)."),
            valueName: "program"))
    var notifyCommand: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            Text("An argument of that program, whatever it begins with. Repeatable, in their order."),
            valueName: "argument"))
    var notifyArgument: [String] = []

    @Option(
        help: ArgumentHelp(
            Text(
                "Post it as JSON to this web address instead (sluice webhook): https://…, or @FILE, env:VARIABLE or command:COMMAND where the address is a secret."
            ), valueName: "address"))
    var notifyUrl: String?

    @Flag(help: ArgumentHelp(Text("Tell nothing any more.")))
    var noNotify = false

    /// Whether nothing is asked for.
    var isEmpty: Bool {
        notifyOn == nil && notifyCommand == nil && notifyArgument.isEmpty && notifyUrl == nil && !noNotify
    }

    func validate() throws {
        if noNotify, notifyOn != nil || notifyCommand != nil || notifyUrl != nil {
            throw ValidationError(Text("--no-notify goes with no other option about notifications."))
        }
        if !notifyArgument.isEmpty, notifyCommand == nil {
            throw ValidationError(Text("--notify-argument goes with --notify-command."))
        }
        if notifyUrl != nil, notifyCommand != nil {
            throw ValidationError(Text("--notify-url and --notify-command exclude each other."))
        }
    }

    /// Makes a flow tell what is asked for.
    ///
    /// - Throws: `Failure` on a platform that tells nothing, for a program that is not there, and where no command is
    ///   known.
    func apply(to flow: Flow, on platform: Platform) async throws {
        if isEmpty { return }
        let embedded = try platform.telling()
        if noNotify { return try await embedded.setNotifications(nil, of: flow.id) }
        let former = try await embedded.notifications(of: flow.id)?.settings
        let command =
            if let notifyCommand {
                [try Self.program(notifyCommand)] + notifyArgument
            } else if let notifyUrl {
                [try ThisProgram.path(), "webhook", try WebhookAddress(notifyUrl).text]
            } else { former?.command }
        guard let command else {
            throw Failure(
                Text(
                    "The flow “\(flow.draft.name)” has no command to run yet: add --notify-command PROGRAM, or --notify-url ADDRESS."
                ),
                status: ExitStatus.usage)
        }
        let occasions = notifyOn?.occasions ?? former?.occasions ?? [.failure]
        try await embedded.setNotifications(
            FlowNotifications(on: occasions, command: command), of: flow.id)
    }

    /// The program by its absolute path, so that it is the same one wherever it is run from.
    static func program(_ name: String) throws -> String {
        guard let path = ProgramSearch.path(of: name) else {
            throw Failure(
                Text("There is no program “\(name)” that may be run: give its path, and make it executable."),
                status: ExitStatus.usage)
        }
        return path
    }
}

/// Occasions with commas between them.
struct Occasions: ExpressibleByArgument {
    var occasions: Set<FlowNotifications.Occasion>

    /// Reads names with commas between them; nil where one is no occasion.
    init?(argument: String) {
        let words = argument.split(separator: ",").map { $0.filter { $0 != " " } }
        let known = words.compactMap(FlowNotifications.Occasion.init(rawValue:))
        guard known.count == words.count, !known.isEmpty else { return nil }
        occasions = Set(known)
    }
}

extension Platform {
    /// The embedded platform, for what no other tells.
    /// - Throws: `Failure` for another platform.
    func telling() throws -> EmbeddedPlatform {
        switch kind {
        case .embedded(let platform): return platform
        case .profile(let name): throw Failure.onlyEmbedded(Text("The profile “\(name)”"), .notifications)
        case .environment:
            throw Failure.onlyEmbedded(Text("The credential in SLUICE_CLIENT_ID"), .notifications)
        }
    }

    /// What a flow tells; nil where it tells nothing, as it never does on another platform.
    func notifications(of flow: Identifier<Flow>) async throws -> EmbeddedPlatform.NotificationState? {
        guard case .embedded(let platform) = kind else { return nil }
        return try await platform.notifications(of: flow)
    }
}
