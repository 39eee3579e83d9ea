// `sluice flows unfinished`: exports and changes that were left half made.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

struct FlowsUnfinished: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "unfinished",
        abstract: Text("List what was left half made, go on with it, remove it.").said,
        discussion: Text(
            """
            A program that is killed while it makes an export, or that loses its network, leaves some of the \
            entities that an export is made of; while it gives a flow other datasets or a destination another \
            account, or removes a destination, something that nothing uses. --resume makes what is missing, and nothing twice; --remove \
            removes what was made, and takes such a change back. The same plan, given to sluice export again, \
            goes on by itself.
            """
        ).said(
            examples: "sluice flows unfinished",
            "sluice flows unfinished --resume 1"))

    var effect: CommandEffect { resume == nil && remove == nil ? .looks : .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @Option(help: ArgumentHelp(Text("Go on with this one."), valueName: "id")) var resume: String?
    @Option(help: ArgumentHelp(Text("Remove what this one has made."), valueName: "id")) var remove: String?

    func validate() throws {
        if resume != nil, remove != nil {
            throw ValidationError(Text("Give --resume or --remove, not both."))
        }
    }

    func run() async throws {
        let opened = try await openPlatform()
        let (platform, journal) = (opened.flowService, opened.journal)
        let exports = try await journal.leftHalfMade()
        if let resume {
            let made = try await platform.resume(
                try exports.withID(resume), notingIn: journal, telling: opened.notificationSettings)
            try await show(made, on: opened)
        } else if let remove {
            try await discard(try exports.withID(remove), on: platform, journal)
        } else if output.json {
            try JSONText.print(exports.map(UnfinishedResult.init))
        } else {
            for export in exports {
                print("\(export.id)  \(TextWidth.standard.sanitized(export.text.said))")
            }
            if exports.isEmpty { StandardError.tell(Text("Nothing was left half made.")) }
        }
    }

    private func show(_ made: FinishedWork, on opened: Platform) async throws {
        if let flow = made.flow {
            try await FlowResult(
                try await opened.flowService.details(of: flow), on: opened
            ).print(output)
        } else if let target = made.target {
            StandardError.tell(
                Text("The destination “\(TextWidth.standard.sanitized(target.draft.name))” is ready."))
        } else {
            StandardError.tell(Text("What was left is removed."))
        }
    }

    private func discard(
        _ export: UnfinishedWork, on platform: any FlowService, _ journal: any WorkJournal
    ) async throws {
        let left = try await platform.discard(export, notingIn: journal)
        if output.json { try JSONText.print(left.map(\.description)) }
        guard left.isEmpty else {
            throw Failure(.sentences(left.map(\.text)))
        }
        StandardError.tell(Text("What was made is removed."))
    }
}

/// An export that was left half made.
private struct UnfinishedResult: Encodable {
    var id: String
    var started: String
    var name: String
    var made: [String]
    /// What was asked for, and may be made or not.
    var mayBeMade: String?
    var words: String

    init(_ work: UnfinishedWork) {
        id = work.id
        started = work.startedAt.rfc3339
        name = work.subjectName
        made = work.doneSteps.map(\.rawValue)
        mayBeMade = work.attempt?.step.rawValue
        words = work.description
    }
}

extension [UnfinishedWork] {
    fileprivate func withID(_ id: String) throws -> UnfinishedWork {
        if let match = first(where: { $0.id == id }) { return match }
        throw Failure(
            Text("Nothing that was left half made is called “\(id)”: see sluice flows unfinished."))
    }
}
