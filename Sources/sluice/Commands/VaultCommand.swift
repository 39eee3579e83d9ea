// `sluice vault`: what protects the secrets of accounts and profiles.
import ArgumentParser
import EmbeddedPlatform
import Secrets
import TerminalKit

struct VaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "Say and change what protects the secrets of accounts.",
        discussion: """
            Secrets are sealed with a key. Without a passphrase the key is in a file of the home folder that only \
            its owner can read. With one, the key is made from it: it is asked for, or read from the file that \
            --passphrase-file or SLUICE_PASSPHRASE_FILE names, or from SLUICE_PASSPHRASE.
            """,
        subcommands: [Status.self, Passphrase.self, Rotate.self, Reset.self],
        defaultSubcommand: Status.self)

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say what protects the secrets.")

        @OptionGroup var options: PlatformOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let result = VaultResult(try await options.openVault().state())
            if output.json { try JSONText.print(result) } else { print(result.sentence) }
        }
    }

    struct Passphrase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set, change or remove the passphrase.",
            discussion:
                "Every secret is sealed anew. The new passphrase is asked for twice, or read from a file.")

        @OptionGroup var options: PlatformOptions

        @Option(help: ArgumentHelp("A file with the new passphrase.", valueName: "file"))
        var newPassphraseFile: String?

        @Flag(help: "Remove the passphrase: keep the key in a file instead.")
        var remove = false

        func validate() throws {
            if remove, newPassphraseFile != nil {
                throw ValidationError("--remove and --new-passphrase-file exclude each other.")
            }
        }

        func run() async throws {
            let vault = try options.openVault()
            if remove {
                try await vault.unlock(from: options.passphraseSource)
                let count = try await vault.rotate(to: .keyFile)
                return VaultCommand.tell("The key is in a file now; no passphrase is needed.", count)
            }
            try await vault.unlock(from: options.passphraseSource)
            let count = try await vault.rotate(to: .passphrase(try await newPassphrase()))
            VaultCommand.tell("The vault has its new passphrase.", count)
        }

        private func newPassphrase() async throws -> Secret {
            if let newPassphraseFile { return try SecretSource.file(newPassphraseFile).read() }
            guard TerminalPrompt.isPossible else {
                throw Failure(
                    sentence:
                        "There is no terminal to ask for the new passphrase: give --new-passphrase-file FILE.",
                    status: ExitStatus.usage)
            }
            let first = try await TerminalPrompt.secret("New passphrase of the vault:")
            guard try await TerminalPrompt.secret("The same again:") == first else {
                throw Failure(sentence: "The two were not the same: nothing was changed.")
            }
            return first
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new key, and seal every secret with it.")

        @OptionGroup var options: PlatformOptions

        func run() async throws {
            let vault = try options.openVault()
            let source = options.passphraseSource
            var protection = Vault.Protection.keyFile
            if case .passphrase = try await vault.state() {
                guard let passphrase = try await source.passphrase(for: .unlocking) else {
                    throw VaultError.locked
                }
                try await vault.unlock(passphrase: passphrase)
                protection = .passphrase(passphrase)
            }
            VaultCommand.tell("The vault has a new key.", try await vault.rotate(to: protection))
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove every secret, for when the key or the passphrase is lost.",
            discussion: "Accounts and destinations stay; their secrets have to be entered anew with edit.")

        @OptionGroup var options: PlatformOptions
        @Flag(name: [.long, .short], help: "Do not ask.") var yes = false

        func run() async throws {
            let vault = try options.openVault()
            guard yes || Confirmation.ask("Remove the secrets of all accounts?") else {
                throw Failure(sentence: "Nothing was removed.")
            }
            let count = try await vault.reset()
            StandardError.write("Removed \(Formatting.count(count, "secret", "secrets")).")
        }
    }

    private static func tell(_ sentence: String, _ count: Int) {
        StandardError.write(
            "\(sentence) \(Formatting.count(count, "secret was", "secrets were")) sealed anew.")
    }
}

extension PlatformOptions {
    /// The vault of the home folder, which has the secrets of all profiles too.
    fileprivate func openVault() throws -> Vault {
        try openEmbedded(forWhat: "The vault belongs to", ignoringDefault: true).vault
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

    var sentence: String {
        switch (protection, keyFile) {
        case ("none", _): "There are no secrets yet."
        case ("memory", _): "A key that ends with this process, as the secrets do."
        case (_, let path?): "A key in \(path), which only you can read."
        default: "A passphrase."
        }
    }
}
