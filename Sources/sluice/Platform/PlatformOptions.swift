// What all commands that work on a platform take: which one, where the embedded one lives, how secrets are unlocked,
// and how the network is reached.
import ArgumentParser
import ExportDomain
import Languages

/// Which platform.
struct ProfileOption: ParsableArguments {
    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            Text(
                "Work on the platform of this profile; “embedded” is the one that sluice carries (default: $SLUICE_PROFILE, or the profile of sluice profiles use)."
            ),
            valueName: "name"), completion: .profileNames)
    var name: String?
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
