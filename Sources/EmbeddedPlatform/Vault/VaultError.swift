// What can go wrong with the vault, and the sentences for it.
import ExportDomain
import Languages

/// Why secrets cannot be kept or used.
public enum VaultError: Error, Sendable, Hashable {
    /// The passphrase is needed, and nobody gave it.
    case locked
    /// The passphrase is not the vault's.
    case wrongPassphrase
    /// A passphrase has to have something in it.
    case emptyPassphrase
    /// The key file is not there.
    case keyFileMissing(path: String)
    /// Others may read the key file, or write it; its mode in octal.
    case keyFileOpen(path: String, mode: String)
    /// The key file belongs to another user.
    case keyFileOfAnother(path: String)
    /// The system does not let the key file be read or written.
    case keyFileUnusable(path: String, reason: String)
    /// The file holds no key, or not the vault's.
    case keyFileDamaged(path: String)
    /// What is written down of the vault cannot be.
    case damaged
    /// A secret cannot be opened with the vault's key.
    case secretDamaged(account: String, field: String)
    /// The credentials of an account of a distant platform cannot be opened with the vault's key.
    case remoteCredentialsDamaged(account: Identifier<BaseConnection>, profile: String)
    /// A secret of a profile cannot be opened with the vault's key.
    case profileSecretDamaged(profile: String)
    /// Another process has changed the key meanwhile, again and again.
    case changedMeanwhile
}

extension VaultError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        switch self {
        case .locked:
            Text(
                "The vault is locked: name a file with its passphrase in SLUICE_PASSPHRASE_FILE, or a command that prints it in SLUICE_PASSPHRASE_COMMAND, or type it when asked in a terminal."
            )
        case .wrongPassphrase:
            Text(
                "This is not the vault's passphrase: check it for typing errors and for another keyboard layout."
            )
        case .emptyPassphrase:
            Text("The passphrase is empty: choose one, or keep the key in a file.")
        case .keyFileMissing(let path):
            Text(
                "The vault's key file \(path) is missing: restore it from a backup, or reset the vault and enter the secrets of the accounts anew."
            )
        case .keyFileOpen(let path, let mode):
            Text(
                "The vault's key file \(path) can be read or changed by others (mode 0\(mode)): run chmod 600 \(path), and rotate the key if others may have read it."
            )
        case .keyFileOfAnother(let path):
            Text(
                "The vault's key file \(path) belongs to another user: run sluice as that user, or choose another home folder."
            )
        case .keyFileUnusable(let path, let reason):
            Text("Cannot use the vault's key file \(path): \(reason).")
        case .keyFileDamaged(let path):
            Text(
                "The vault's key file \(path) does not hold the vault's key: restore it from a backup, or reset the vault and enter the secrets of the accounts anew."
            )
        case .damaged:
            Text(
                "The vault is damaged: restore the database from a backup, or reset the vault and enter the secrets of the accounts anew."
            )
        case .secretDamaged(let account, let field):
            Text("The secret “\(field)” of the account “\(account)” is damaged: enter it anew.")
        case .remoteCredentialsDamaged(let account, let profile):
            Text(
                "The credentials of the account \(account) of the profile “\(profile)” are damaged: enter them anew."
            )
        case .profileSecretDamaged(let profile):
            Text(
                "The secret of the profile “\(profile)” is damaged: enter it anew with sluice login --name \(profile)."
            )
        case .changedMeanwhile:
            Text("The vault's key was changed by another process meanwhile: try again.")
        }
    }
}
