// `sluice destinations add`, `edit` and `test`.
import ArgumentParser
import ExportDomain
import Languages
import TerminalKit

/// Whether a destination is tested before it is saved.
struct SavingOptions: ParsableArguments {
    @Flag(name: .customLong("no-test"), help: ArgumentHelp(Text("Save without a test.")))
    var skipsTest = false

    @Flag(help: ArgumentHelp(Text("Save also where the test fails.")))
    var force = false

    /// Tests a draft unless that is not wanted.
    /// - Throws: `Failure` where the test fails, and saving is not forced.
    func test(
        _ draft: DestinationDraft, on exports: any StoredExports, _ options: DestinationTestOptions
    ) async throws -> TestResult? {
        if skipsTest { return nil }
        let result = try await options.test(draft, on: exports)
        if let failure = result.failure, !force {
            throw Failure(Text("Nothing was saved: \(failure)"))
        }
        return result
    }
}

/// What a destination is to be called.
struct DestinationWords: ParsableArguments {
    @Option(help: ArgumentHelp(Text("How the destination is called.")))
    var name: String?

    @Option(help: ArgumentHelp(Text("For colleagues.")))
    var description: String?
}

private let fieldHelp = Text(
    """
    Fields are written as name=value; sluice destinations catalog KIND lists them. Secrets are never given as \
    arguments, which others can see: name=@FILE reads a file, name=env:VARIABLE a variable of the environment, \
    name=command:COMMAND runs a command without a shell and takes what it prints, name=- reads standard input. A \
    secret that is missing is asked for.

    Before it is saved the destination is tested: the server is found, connected to and signed in to, and the \
    folder is listed. With --probe a small file is also written there, read back and deleted.
    """
)

struct DestinationAdd: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: Text("Set up a destination.").said,
        usage: "sluice destinations add KIND --name NAME [--auth WAY | --account ACCOUNT] [field=value]…",
        discussion: fieldHelp.said(
            examples: "sluice destinations add \"Data Landing Zone\" --name Backups path=backups",
            "sluice destinations add s3 --name Archive bucketName=acme path=nightly \\",
            "    s3AccessKey=AKIA… s3SecretKey=command:'pass show acme/s3'"))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var words: DestinationWords
    @OptionGroup var testing: DestinationTestOptions
    @OptionGroup var saving: SavingOptions

    @Option(
        help: ArgumentHelp(Text("Use the credentials of this account, by name or id."), valueName: "account"))
    var account: String?

    @Option(help: ArgumentHelp(Text("The way to sign in, where there are several."), valueName: "way"))
    var auth: String?

    @Argument(
        help: ArgumentHelp(Text("The kind, like “Amazon S3”, or a part of it, like s3."), valueName: "kind"),
        completion: .destinationKinds)
    var kind: String

    @Argument(help: ArgumentHelp(Text("The fields."), valueName: "field=value"))
    var fields: [String] = []

    func validate() throws {
        if words.name == nil { throw ValidationError(Text("Give the destination a --name.")) }
        if account != nil, auth != nil {
            throw ValidationError(Text("--auth is for new credentials: leave it or --account out."))
        }
    }

    func run() async throws {
        let opened = try await openPlatform()
        let platform = opened.flowService
        let spec = try await platform.kind(named: kind)
        let name = words.name ?? ""
        if try await platform.allTargetConnections().contains(where: { $0.draft.name == name }) {
            throw Failure(
                Text("There is a destination “\(name)” already: choose another name, or edit it."))
        }
        let existing = try await account(on: platform, of: spec)
        var given = try await DestinationFields(
            fields, of: spec, way: auth, takesCredentials: existing == nil)
        try await given.completeSecrets()
        try given.check()
        let draft = DestinationDraft(
            name: name, description: words.description ?? "", connectionSpecID: spec.id,
            account: existing.map { .existing($0.id) }
                ?? .new(BaseConnection.Draft(name: name, authentication: given.draft)),
            parameters: spec.targetForm.parameters(from: given.parameters))
        let test = try await saving.test(draft, on: opened.exports, testing)
        let made = try await platform.createDestination(draft, notingIn: opened.journal)
        try await DestinationResult.printSaved(made, test: test, on: opened, output)
    }

    private func account(
        on platform: any FlowService, of spec: ConnectionSpec
    ) async throws -> BaseConnection? {
        guard let account else { return nil }
        return try await platform.allConnections().named(account, of: spec)
    }
}

struct DestinationEdit: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: Text("Change a destination, and its credentials.").said,
        usage: "sluice destinations edit NAME [--name NEW] [--auth WAY | --account ACCOUNT] [field=value]…",
        discussion: Text("What is not given stays as it is; name= takes a value away.").said + "\n\n"
            + fieldHelp.said(examples: "sluice destinations edit Archive s3SecretKey=@key.txt"))

    var effect: CommandEffect { .changes }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var words: DestinationWords
    @OptionGroup var testing: DestinationTestOptions
    @OptionGroup var saving: SavingOptions

    @Option(
        help: ArgumentHelp(Text("Use the credentials of this account, by name or id."), valueName: "account"))
    var account: String?

    @Option(help: ArgumentHelp(Text("Another way to sign in."), valueName: "way"))
    var auth: String?

    @Argument(
        help: ArgumentHelp(Text("Name or id of the destination."), valueName: "name"),
        completion: .destinationNames)
    var destination: String

    @Argument(help: ArgumentHelp(Text("The fields that change."), valueName: "field=value"))
    var fields: [String] = []

    func run() async throws {
        let opened = try await openPlatform()
        let platform = opened.flowService
        let target = try await platform.destination(named: destination)
        let specs = try await platform.connectionSpecs()
        guard let spec = specs.first(where: { $0.id == target.draft.connectionSpecID }) else {
            throw FlowServiceError.notFound(
                what: "kind of destination", id: target.draft.connectionSpecID.rawValue)
        }
        let other = try await account == nil ? nil : platform.allConnections().named(account ?? "", of: spec)
        let current = try await platform.connection(target.draft.baseConnectionID)
        var given = try await DestinationFields(
            fields, of: spec, way: auth, takesCredentials: other == nil,
            existing: DestinationFields.Existing(account: current, parameters: target.draft.parameters))
        try await given.completeSecrets()
        try given.check()
        let changed = BaseConnection.Draft(name: current.draft.name, authentication: given.draft)
        let draft = DestinationDraft(
            name: words.name ?? target.draft.name,
            description: words.description ?? target.draft.description, connectionSpecID: spec.id,
            account: other.map { .existing($0.id) }
                ?? (given.changesCredentials ? .changed(current.id, changed) : .existing(current.id)),
            parameters: spec.targetForm.parameters(from: given.parameters))
        let test = try await saving.test(draft, on: opened.exports, testing)
        let updated = try await platform.updateDestination(target, to: draft, notingIn: opened.journal)
        try await DestinationResult.printSaved(updated, test: test, on: opened, output)
    }
}

struct DestinationTestCommand: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: Text("Test a destination: reach it, sign in, list its folder.").said,
        discussion: .examples("sluice destinations test Archive --probe"))

    var effect: CommandEffect { testing.effect }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var testing: DestinationTestOptions

    @Argument(
        help: ArgumentHelp(Text("Name or id of the destination."), valueName: "name"),
        completion: .destinationNames)
    var destination: String

    func run() async throws {
        let platform = try await openPlatform()
        let target = try await platform.flowService.destination(named: destination).draft
        let draft = DestinationDraft(
            name: target.name, description: target.description, connectionSpecID: target.connectionSpecID,
            account: .existing(target.baseConnectionID), parameters: target.parameters)
        let result = try await testing.test(
            draft, on: platform.exports, isReadOnly: opener.isReadOnly())
        if output.json { try JSONText.print(result) }
        if let failure = result.failure { throw Failure(failure) }
        if !output.json { print(Text("“\(TextWidth.standard.sanitized(target.name))” can be used.").said) }
    }
}

extension [BaseConnection] {
    /// The account of a kind of destination with a name or id.
    /// - Throws: `Failure` for a name that no account of that kind or several have.
    fileprivate func named(_ nameOrID: String, of spec: ConnectionSpec) throws -> BaseConnection {
        let all = filter { $0.connectionSpecID == spec.id }
        let matches = all.filter { $0.id.rawValue == nameOrID || $0.draft.name == nameOrID }
        if matches.count > 1 {
            throw Failure(
                Text(
                    "\(matches.count) \(spec.name) accounts are called “\(nameOrID)”: name one by its id, like \(matches[0].id)."
                )
            )
        }
        if let match = matches.first { return match }
        let names = Text.quotedList(all.map(\.draft.name))
        throw Failure(
            all.isEmpty
                ? Text("There is no \(spec.name) account “\(nameOrID)”.")
                : Text("There is no \(spec.name) account “\(nameOrID)”; there is \(names)."))
    }
}

extension DestinationResult {
    /// Says what was saved.
    fileprivate static func printSaved(
        _ target: TargetConnection, test: TestResult?, on platform: Platform, _ output: OutputOptions
    ) async throws {
        let name = TextWidth.standard.sanitized(target.draft.name)
        if let sentence = platform.unkept.takeSentence(about: name) {
            StandardError.write("sluice: " + TextWidth.standard.sanitized(sentence.said))
        }
        var result = try await one(target, on: platform.flowService)
        result.test = test
        if output.json { return try JSONText.print(result) }
        print(
            "\(result.id)  \(TextWidth.standard.sanitized(result.name))  \(TextWidth.standard.sanitized(result.place))"
        )
    }
}
