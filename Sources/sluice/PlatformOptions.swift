// What all commands that use the embedded platform take: where it lives, how its secrets are unlocked, and how the
// network is reached. The one place where the platform is opened.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials

/// Where the embedded platform lives, and what it may use.
struct PlatformOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the embedded platform (default: $SLUICE_HOME, or the XDG data folder).",
            valueName: "dir"))
    var home: String?

    @Option(
        help: ArgumentHelp(
            "A file with the passphrase of the vault (default: $SLUICE_PASSPHRASE_FILE).", valueName: "file"))
    var passphraseFile: String?

    @Option(
        help: ArgumentHelp(
            "Trust the certificate authorities in this PEM file (default: $SSL_CERT_FILE, or the system's).",
            valueName: "file"))
    var cacert: String?

    @Option(
        help: ArgumentHelp(
            "Move at most so many bytes a second each way, like 500k or 20M.", valueName: "rate"))
    var limit: BytesPerSecond?

    /// Opens the embedded platform.
    /// - Parameters:
    ///   - asksForPassphrase: whether a person may be asked for it; not where a screen has the terminal.
    ///   - sandboxName: what the macro of the sandbox becomes; nil for the standard.
    func openPlatform(
        home path: String? = nil, asksForPassphrase: Bool = true, sandboxName: String? = nil
    ) throws -> EmbeddedPlatform {
        var source = passphraseSource
        source.mayAsk = source.mayAsk && asksForPassphrase
        let asked = source
        var configuration = EmbeddedPlatform.Configuration(
            environment: try environment(), bandwidthLimit: limit?.value,
            userAgent: "sluice/\(Sluice.configuration.version)",
            passphrase: { try await asked.passphrase(for: $0) })
        if let sandboxName { configuration.place.sandboxName = sandboxName }
        return try EmbeddedPlatform(home: Home(path: path ?? home), configuration: configuration)
    }

    /// Where the passphrase of the vault comes from.
    var passphraseSource: PassphraseSource { PassphraseSource(file: passphraseFile) }

    private func environment() throws -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        if let cacert {
            guard FileManager.default.isReadableFile(atPath: cacert) else {
                throw Failure(sentence: "Cannot read \(cacert), which --cacert names.")
            }
            environment["SSL_CERT_FILE"] = cacert
        }
        return environment
    }
}

/// A rate as people write it: `20M` is 20,000,000 bytes a second.
struct BytesPerSecond: ExpressibleByArgument, Equatable {
    var value: Int64

    /// Reads a number with k, M or G; nil for anything else, and for less than a kilobyte.
    init?(argument: String) {
        let units: [Character: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9]
        let unit = argument.last.flatMap { units[$0] }
        guard let number = Double(unit == nil ? argument : String(argument.dropLast())),
            case let bytes = number * (unit ?? 1), bytes >= 1_000, bytes < 1e15
        else { return nil }
        value = Int64(bytes)
    }
}
