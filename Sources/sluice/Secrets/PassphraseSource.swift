// The passphrase of the vault, for the wizard and for every command: a file, a command, the environment, or whoever sits
// at the terminal.
import EmbeddedPlatform
import FoundationEssentials
import Languages
import Secrets

/// Where the passphrase comes from.
struct PassphraseSource: Sendable {
    /// A file that was named as an option.
    var file: String?
    /// A command that was named as an option.
    var command: String?
    /// Whether a person may be asked, by us or by a command; not where the wizard has the terminal.
    var mayAsk = TerminalPrompt.isPossible

    /// The passphrase; nil where there is none, and none is asked for.
    ///
    /// A new vault gets one only where it was given: nobody is asked, and a key file is made.
    /// - Throws: `Failure` where what was named gives none; `CancellationError`.
    func passphrase(for use: Vault.PassphraseUse) async throws -> Secret? {
        if let given { return try await given.read(mayAsk: mayAsk) }
        guard use == .unlocking, mayAsk else { return nil }
        return try await TerminalPrompt.secret(Text("Passphrase of the vault (not shown):"))
    }

    /// What was named to give it; nil where nothing was.
    ///
    /// Options come before variables.
    var given: SecretSource? {
        if let file { return .file(file) }
        if let command { return .command(command) }
        if let file = Self.variable("SLUICE_PASSPHRASE_FILE") { return .file(file) }
        if let command = Self.variable("SLUICE_PASSPHRASE_COMMAND") { return .command(command) }
        let variable = "SLUICE_PASSPHRASE"
        return Self.variable(variable).map { _ in .environment(variable) }
    }

    private static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Vault {
    /// Unlocks the vault, before it is used.
    ///
    /// A person is told that a passphrase was wrong, and asked again; one that was given is not.
    /// - Throws: `VaultError.wrongPassphrase`; `Failure`; `CancellationError`.
    func unlock(from source: PassphraseSource) async throws {
        guard try await state() == .passphrase(isUnlocked: false) else { return }
        let isGiven = source.given != nil
        while let passphrase = try await source.passphrase(for: .unlocking) {
            do {
                return try await unlock(passphrase: passphrase)
            } catch VaultError.wrongPassphrase where !isGiven {
                StandardError.write(VaultError.wrongPassphrase.text.said)
            }
        }
    }
}

extension Vault {
    /// Unlocks the vault while the calling thread waits, before a screen takes the terminal.
    ///
    /// Signals are listened to only while there is something to ask: they are the screen's afterwards.
    func unlockBeforeScreen(from source: PassphraseSource) throws {
        guard try Blocking.wait({ try await state() }) == .passphrase(isUnlocked: false) else { return }
        try Interruption.wait { try await unlock(from: source) }
    }
}
