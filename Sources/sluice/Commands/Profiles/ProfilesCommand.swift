// `sluice profiles`: the ways to other platforms, and which of them is used where none is named.
import ArgumentParser
import EmbeddedPlatform
import FlowServiceClient
import FoundationEssentials
import Languages
import Profiles
import TerminalKit

struct ProfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: Text("List, show, choose, rename and remove profiles.").said,
        discussion: Text(
            """
            A profile is an organisation of Experience Platform, a sandbox and a credential; sluice login makes one. \
            A command works on the platform that --profile names, else SLUICE_PROFILE, else the variables SLUICE_CLIENT_ID, \
            SLUICE_CLIENT_SECRET, SLUICE_ORGANIZATION, SLUICE_SANDBOX, SLUICE_SCOPES, SLUICE_GATEWAY and \
            SLUICE_IDENTITY_SERVICE, which need no profile; else on that of the default profile; else on the one \
            that sluice carries, which --profile embedded names.
            """
        ).said(
            examples: "sluice profiles"),
        subcommands: [List.self, Show.self, Use.self, Rename.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand, MachineCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: Text("List the profiles; the default one is marked.").said,
            discussion: .examples("sluice profiles list --json"))

        var effect: CommandEffect { .looks }

        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let profiles = try machine.opener.profiles().read()
            let vault = try machine.opener.embedded().vault
            var results: [ProfileResult] = []
            for name in profiles.names { results.append(try await ProfileResult(name, in: profiles, vault)) }
            if output.json { return try JSONText.print(results) }
            if results.isEmpty {
                return StandardError.tell(Text("There is no profile yet: sluice login makes one."))
            }
            PlainTable.print(
                [
                    .empty, Text("NAME"), Text("ORGANISATION"), Text("SANDBOX"), Text("CLIENT"),
                    Text("SECRET"),
                ],
                results.map {
                    [
                        $0.isDefault ? "*" : "", $0.name, $0.organizationName ?? $0.organization, $0.sandbox,
                        $0.clientId, $0.secret == "set" ? Text("set").said : Text("missing").said,
                    ]
                })
        }
    }

    struct Show: AsyncParsableCommand, MachineCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: Text("Show a profile. Of its secret it says whether it is set, and never what it is.")
                .said,
            discussion: .examples("sluice profiles show acme"))

        var effect: CommandEffect { .looks }

        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions
        @Argument(
            help: ArgumentHelp(Text("Name of the profile (default: the default one)."), valueName: "name"),
            completion: .profileNames)
        var name: String?

        func run() async throws {
            let profiles = try machine.opener.profiles().read()
            guard let text = name ?? profiles.standard?.text else {
                throw Failure(
                    Text("No profile is the default: name one, as sluice profiles list shows them."),
                    status: ExitStatus.usage)
            }
            let vault = try machine.opener.embedded().vault
            let result = try await ProfileResult(profiles.name(text), in: profiles, vault)
            if output.json { try JSONText.print(result) } else { result.printText() }
        }
    }

    struct Use: AsyncParsableCommand, MachineCommand {
        static let configuration = CommandConfiguration(
            commandName: "use",
            abstract: Text("Make a profile the default, or the platform that sluice carries.").said,
            discussion: .examples("sluice profiles use acme"))

        var effect: CommandEffect { .changes }

        @OptionGroup var machine: MachineOptions
        @Flag(help: ArgumentHelp(Text("The platform that sluice carries."))) var embedded = false
        @Argument(
            help: ArgumentHelp(Text("Name of the profile."), valueName: "name"), completion: .profileNames)
        var name: String?

        func validate() throws {
            if embedded == (name != nil) {
                throw ValidationError(Text("Give the name of a profile, or --embedded."))
            }
        }

        func run() async throws {
            let wanted = name == ProfileName.embeddedWord ? nil : name
            try await machine.opener.profiles().change { try $0.use(wanted) }
            StandardError.write(
                (wanted.map { Text("The profile “\($0)” is used where no other is named.") }
                    ?? Text("The platform that sluice carries is used where no profile is named.")).said)
        }
    }

    struct Rename: AsyncParsableCommand, MachineCommand {
        static let configuration = CommandConfiguration(
            commandName: "rename", abstract: Text("Give a profile another name.").said,
            discussion: .examples("sluice profiles rename acme acme-prod"))

        var effect: CommandEffect { .changes }

        @OptionGroup var machine: MachineOptions
        @Argument(
            help: ArgumentHelp(Text("Name of the profile."), valueName: "name"), completion: .profileNames)
        var name: String
        @Argument(help: ArgumentHelp(Text("Its new name."), valueName: "new")) var new: String

        func run() async throws {
            let vault = try machine.opener.embedded().vault
            let store = try machine.opener.profiles()
            let old = try store.read().name(name)
            let new = try ProfileName(self.new)
            try await vault.unlock(from: machine.passphraseSource)
            try await store.change { profiles in
                try profiles.rename(old, to: new)
                try await vault.rename(profile: old.text, to: new.text)
            }
            StandardError.write(Text("The profile “\(old)” is called “\(new)” now.").said)
        }
    }

    struct Remove: AsyncParsableCommand, MachineCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: Text("Remove a profile, and its secret from the vault.").said,
            discussion: Text("Nothing is changed on the platform itself.").said(
                examples: "sluice profiles remove acme"))

        var effect: CommandEffect { .changes }

        @OptionGroup var machine: MachineOptions
        @Flag(name: [.long, .short], help: ArgumentHelp(Text("Do not ask."))) var yes = false
        @Argument(
            help: ArgumentHelp(Text("Name of the profile."), valueName: "name"), completion: .profileNames)
        var name: String

        func run() async throws {
            let vault = try machine.opener.embedded().vault
            let store = try machine.opener.profiles()
            let found = try store.read().name(name)
            guard yes || Confirmation.ask(Text("Remove the profile “\(found)”, and its secret?")) else {
                throw Failure(Text("Nothing was removed."))
            }
            let wasDefault = try await store.change { profiles in
                let wasDefault = profiles.standard == found
                profiles.remove(found)
                try await vault.forget(profile: found.text)
                return wasDefault
            }
            try? FileManager.default.removeItem(atPath: ProfileTokens.lock(of: found, in: store.folder))
            StandardError.write(
                wasDefault
                    ? Text(
                        "Removed “\(found)”. The platform that sluice carries is used where no profile is named."
                    )
                    .said : Text("Removed “\(found)”.").said)
        }
    }
}

/// A profile as the commands print it: everything but secrets.
struct ProfileResult: Encodable {
    var name: String
    var isDefault: Bool
    var organization: String
    var organizationName: String?
    var sandbox: String
    var clientId: String
    var scopes: [String]
    var gateway: String
    var identityService: String
    var cacert: String?
    /// `set` or `missing`.
    var secret: String

    init(_ name: ProfileName, _ profile: Profile, isDefault: Bool, hasSecret: Bool) {
        self.name = name.text
        self.isDefault = isDefault
        organization = profile.organizationID
        organizationName = profile.organizationName
        sandbox = profile.sandboxName
        clientId = profile.clientID
        scopes = profile.scopes
        gateway = profile.gateway.url
        identityService = profile.identityService.url
        cacert = profile.certificateAuthorities
        secret = hasSecret ? "set" : "missing"
    }

    /// A profile of the file, with what the vault has of it.
    init(_ name: ProfileName, in profiles: Profiles, _ vault: Vault) async throws {
        let profile = try profiles.profile(name.text).profile
        let fields = try await vault.fieldsSet(ofProfile: name.text)
        self.init(
            name, profile, isDefault: profiles.standard == name,
            hasSecret: fields.contains(ProfileSecrets.clientSecret))
    }

    func printText() {
        var facts = [(Text("Name"), name), (Text("Organisation"), organization)]
        if let organizationName { facts.append((Text("Called"), organizationName)) }
        facts += [
            (Text("Sandbox"), sandbox), (Text("Client id"), clientId),
            (
                Text("Client secret"),
                secret == "set"
                    ? Text("set, and not shown").said : Text("missing: sluice login --name \(name)").said
            ),
            (Text("Scopes"), scopes.joined(separator: ", ")), (Text("Gateway"), gateway),
            (Text("Identity service"), identityService),
        ]
        if let cacert { facts.append((Text("Authorities"), cacert)) }
        facts.append((Text("Default"), isDefault ? Text("yes").said : Text("no").said))
        PlainTable.print(facts: facts)
    }
}
