// What all commands that work on a platform take: which one, where the embedded one lives, how secrets are unlocked,
// and how the network is reached.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Languages
import Profiles

/// Which platform, and what it may use.
struct PlatformOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            Text(
                "Work on the platform of this profile; “embedded” is the one that sluice carries (default: $SLUICE_PROFILE, or the profile of sluice profiles use)."
            ),
            valueName: "name"), completion: .profileNames)
    var profile: String?

    @OptionGroup var machine: MachineOptions

    /// The home folder that was named.
    var home: String? { machine.home }

    /// Where the passphrase of the vault comes from.
    var passphraseSource: PassphraseSource { machine.passphraseSource }

    /// The options, as what platforms are opened with.
    var opener: PlatformOpener {
        var opener = machine.opener
        opener.profile = profile
        return opener
    }

    /// Opens the platform that is meant.
    ///
    /// - Parameter log: is told what happens on the embedded one.
    func openPlatform(loggingTo log: Log? = nil) async throws -> Platform {
        var opener = opener
        if let log { opener.observe = log.observer() }
        return try await opener.open(opener.selection())
    }

    /// Opens the embedded platform, for a command that works on no other.
    ///
    /// - Parameters:
    ///   - what: what can be done there only.
    ///   - ignoringDefault: whether the command is about this machine alone, so that nobody takes the default
    ///     profile to be meant.
    ///   - log: is told what happens.
    func openEmbedded(
        for what: EmbeddedOnly, home: String? = nil, sandboxName: String? = nil,
        ignoringDefault: Bool = false,
        loggingTo log: Log? = nil
    ) throws -> EmbeddedPlatform {
        var opener = opener
        if let log { opener.observe = log.observer(sandbox: sandboxName) }
        let selection = try ignoringDefault ? opener.named() ?? .embedded : opener.selection()
        try opener.requireEmbedded(selection, for: what)
        return try opener.embedded(home: home, sandboxName: sandboxName)
    }
}

/// Where this machine keeps what sluice needs, and how it reaches others.
struct MachineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            Text("The folder of the embedded platform (default: $SLUICE_HOME, or the XDG data folder)."),
            valueName: "dir"), completion: .directory)
    var home: String?

    @Option(
        help: ArgumentHelp(
            Text("A file with the passphrase of the vault (default: $SLUICE_PASSPHRASE_FILE)."),
            valueName: "file"),
        completion: .file())
    var passphraseFile: String?

    @Option(
        help: ArgumentHelp(
            Text(
                "A command that prints the passphrase of the vault, run without a shell (default: $SLUICE_PASSPHRASE_COMMAND)."
            ),
            valueName: "command"))
    var passphraseCommand: String?

    @Option(
        help: ArgumentHelp(
            Text(
                "Trust the certificate authorities in this PEM file (default: $SSL_CERT_FILE, or the system's)."
            ),
            valueName: "file"), completion: .file())
    var cacert: String?

    @Option(
        help: ArgumentHelp(
            Text("Move at most so many bytes a second each way, like 500k or 20M."), valueName: "rate"))
    var limit: BytesPerSecond?

    @Option(
        help: ArgumentHelp(
            Text(
                "Write at most so many files of a run at a time, from 1 to 16 (default: as many as the destination gains by)."
            ), valueName: "number"))
    var transfers: FilesAtATime?

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            Text(
                "Look and change nothing: what would change something is refused, with the reason (default: $SLUICE_READ_ONLY)."
            )))
    var readOnly: Bool?

    /// What holds transfers back.
    var transferLimits: TransferLimits { TransferLimits(rate: limit, files: transfers) }

    /// Where the passphrase of the vault comes from.
    var passphraseSource: PassphraseSource {
        PassphraseSource(file: passphraseFile, command: passphraseCommand)
    }

    func validate() throws {
        if passphraseFile != nil, passphraseCommand != nil {
            throw ValidationError(Text("--passphrase-file and --passphrase-command exclude each other."))
        }
    }

    /// The options, as what platforms are opened with.
    var opener: PlatformOpener {
        PlatformOpener(
            home: home, passphrase: passphraseSource, cacert: cacert,
            transferLimits: transferLimits, readOnly: readOnly)
    }
}

extension FilesAtATime: ExpressibleByArgument {
    /// Reads a number of files.
    public init?(argument: String) { self.init(argument) }
}

extension BytesPerSecond: ExpressibleByArgument {
    /// Reads a rate such as `20M`.
    public init?(argument: String) { self.init(argument) }
}
