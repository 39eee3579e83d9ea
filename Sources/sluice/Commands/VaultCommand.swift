// `sluice vault`: what protects the secrets of accounts and profiles.
import ArgumentParser
import EmbeddedPlatform
import Languages
import Secrets
import TerminalKit

struct VaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: Text("Say and change what protects the secrets of accounts.").said,
        discussion: Text(
            """
            Secrets are sealed with a key. Without a passphrase the key is in a file of the home folder that only \
            its owner can read. With one, the key is made from it: it is asked for, or read from the file that \
            --passphrase-file or SLUICE_PASSPHRASE_FILE names, or is what the command prints that \
            --passphrase-command or SLUICE_PASSPHRASE_COMMAND names, or is in SLUICE_PASSPHRASE.
            """
        ).said(
            examples: "sluice vault"),
        subcommands: [Status.self, Passphrase.self, Rotate.self, Reset.self],
        defaultSubcommand: Status.self)

    struct Status: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: Text("Say what protects the secrets.").said,
            discussion: .examples("sluice vault status --json"))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let result = VaultResult(try await openVault().state())
            if output.json { try JSONText.print(result) } else { print(result.sentence.said) }
        }
    }

    struct Passphrase: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "passphrase", abstract: Text("Set, change or remove the passphrase.").said,
            discussion:
                Text(
                    "Every secret is sealed anew. The new passphrase is asked for twice, or read from a file, or printed by a command."
                ).said(
                    examples: "sluice vault passphrase",
                    "sluice vault passphrase --new-passphrase-command 'pass show sluice'"))

        var effect: CommandEffect { .changes }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions

        @Option(help: ArgumentHelp(Text("A file with the new passphrase."), valueName: "file"))
        var newPassphraseFile: String?

        @Option(
            help: ArgumentHelp(
                Text("A command that prints the new passphrase, run without a shell."), valueName: "command"))
        var newPassphraseCommand: String?

        @Flag(help: ArgumentHelp(Text("Remove the passphrase: keep the key in a file instead.")))
        var remove = false

        func validate() throws {
            let ways = [remove, newPassphraseFile != nil, newPassphraseCommand != nil]
            if ways.count(where: { $0 }) > 1 {
                throw ValidationError(
                    Text("--remove, --new-passphrase-file and --new-passphrase-command exclude each other."))
            }
        }

        func run() async throws {
            let vault = try openVault()
            if remove {
                try await vault.unlock(from: machine.passphraseSource)
                let count = try await vault.rotate(to: .keyFile)
                return VaultCommand.tell(Text("The key is in a file now; no passphrase is needed."), count)
            }
            try await vault.unlock(from: machine.passphraseSource)
            let count = try await vault.rotate(to: .passphrase(try await newPassphrase()))
            VaultCommand.tell(Text("The vault has its new passphrase."), count)
        }

        private func newPassphrase() async throws -> Secret {
            if let newPassphraseFile { return try await SecretSource.file(newPassphraseFile).read() }
            if let newPassphraseCommand { return try await SecretSource.command(newPassphraseCommand).read() }
            guard TerminalPrompt.isPossible else {
                throw Failure(
                    Text(
                        "There is no terminal to ask for the new passphrase: give --new-passphrase-file FILE or --new-passphrase-command COMMAND."
                    ),
                    status: ExitStatus.usage)
            }
            let first = try await TerminalPrompt.secret(Text("New passphrase of the vault:"))
            guard try await TerminalPrompt.secret(Text("The same again:")) == first else {
                throw Failure(Text("The two were not the same: nothing was changed."))
            }
            return first
        }
    }

    struct Rotate: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: Text("Make a new key, and seal every secret with it.").said,
            discussion: .examples("sluice vault rotate --passphrase-command 'pass show sluice'"))

        var effect: CommandEffect { .changes }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions

        func run() async throws {
            let vault = try openVault()
            let source = machine.passphraseSource
            var protection = Vault.Protection.keyFile
            if case .passphrase = try await vault.state() {
                guard let passphrase = try await source.passphrase(for: .unlocking) else {
                    throw VaultError.locked
                }
                try await vault.unlock(passphrase: passphrase)
                protection = .passphrase(passphrase)
            }
            VaultCommand.tell(Text("The vault has a new key."), try await vault.rotate(to: protection))
        }
    }

    struct Reset: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset",
            abstract: Text("Remove every secret, for when the key or the passphrase is lost.").said,
            discussion: Text(
                "Accounts and destinations stay; their secrets have to be entered anew with edit."
            ).said(
                examples: "sluice vault reset"))

        var effect: CommandEffect { .changes }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @Flag(name: [.long, .short], help: ArgumentHelp(Text("Do not ask."))) var yes = false

        func run() async throws {
            let vault = try openVault()
            guard yes || Confirmation.ask(Text("Remove the secrets of all accounts?")) else {
                throw Failure(Text("Nothing was removed."))
            }
            let count = try await vault.reset()
            StandardError.write(Text("Removed \(Text.secrets(count)).").said)
        }
    }

    private static func tell(_ sentence: Text, _ count: Int) {
        let sealed =
            count == 1
            ? Text("1 secret was sealed anew.") : Text("\(Formatting.count(count)) secrets were sealed anew.")
        StandardError.write(Text.sentences([sentence, sealed]).said)
    }
}

extension PlatformCommand {
    /// The vault of the home folder, which has the secrets of all profiles too.
    fileprivate func openVault() throws -> Vault {
        try openEmbedded(for: .vault, ignoringDefault: true).vault
    }
}

/// How the vault is protected.
struct VaultResult: Encodable {
    /// `none`, `key-file`, `memory` or `passphrase`.
    var protection: String
    var keyFile: String?

    init(_ state: Vault.State) {
        switch state {
        case .empty: protection = "none"
        case .keyFile(let path):
            protection = "key-file"
            keyFile = path
        case .keyInMemory: protection = "memory"
        case .passphrase: protection = "passphrase"
        }
    }

    var sentence: Text {
        switch (protection, keyFile) {
        case ("none", _): Text("There are no secrets yet.")
        case ("memory", _): Text("A key that ends with this process, as the secrets do.")
        case (_, let path?): Text("A key in \(path), which only you can read.")
        default: Text("A passphrase.")
        }
    }
}
