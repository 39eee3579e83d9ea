// The credentials that a person has given on this machine for accounts of a distant platform, in the vault.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages
import Secrets

extension Vault {
    /// The credentials of the accounts of a platform that is reached by a profile.
    public func remoteCredentials(ofProfile profile: String) -> RemoteCredentials {
        RemoteCredentials(vault: self, profile: profile)
    }
}

/// The credentials of the accounts of one distant platform, sealed in the vault.
///
/// Its operations throw `VaultError`, and `PlatformError` where the database cannot answer.
public struct RemoteCredentials: CredentialStore {
    let vault: Vault
    let profile: String

    /// The credentials of an account; a vault that is locked does not matter where there are none.
    public func credentials(
        of account: Identifier<BaseConnection>
    ) async throws -> BaseConnection.Authentication? {
        for _ in 0..<3 {
            let (keyID, stored) = try await vault.store.read(Text("read the account's credentials")) { db in
                (
                    try StoredVault.current(db)?.keyID,
                    try StoredRemoteCredentials.of(account, profile: profile).fetchOne(db)
                )
            }
            guard let stored else { return nil }
            let key = try await vault.key()
            if key.id != keyID { continue }
            guard let opened = key.open(stored.sealed, of: account, profile: profile),
                let text = try? JSONDecoder().decode(SealedCredentials.self, from: opened)
            else { throw VaultError.remoteCredentialsDamaged(account: account, profile: profile) }
            return text.authentication
        }
        throw VaultError.changedMeanwhile
    }

    /// Seals the credentials of an account.
    public func keep(
        _ authentication: BaseConnection.Authentication, of account: Identifier<BaseConnection>
    ) async throws {
        let text = try JSONEncoder().encode(SealedCredentials(authentication))
        try await vault.write(Text("keep the account's credentials"), needsKey: true) { db, key in
            guard let key else { throw VaultError.locked }
            try StoredRemoteCredentials(
                profile: profile, accountID: account,
                sealed: try key.seal(text, of: account, profile: profile)
            ).save(db)
        }
    }

    /// Forgets the credentials of an account.
    public func forget(_ account: Identifier<BaseConnection>) async throws {
        _ = try await vault.store.write(Text("forget the account's credentials")) { db in
            try StoredRemoteCredentials.of(account, profile: profile).deleteAll(db)
        }
    }
}

/// What is sealed of an account; here secrets leave their `Secret`s.
private struct SealedCredentials: Codable {
    var specName: String
    var answers: [String: JSONValue]
    var secrets: [String: String]

    init(_ authentication: BaseConnection.Authentication) {
        specName = authentication.specName
        answers = [:]
        secrets = [:]
        for (field, answer) in authentication.answers {
            switch answer {
            case .value(let value): answers[field] = value
            case .secret(let secret): secrets[field] = secret.reveal()
            }
        }
    }

    var authentication: BaseConnection.Authentication {
        BaseConnection.Authentication(
            specName: specName,
            answers: answers.mapValues(FormAnswer.value)
                .merging(secrets.mapValues { FormAnswer.secret(Secret($0)) }) { $1 })
    }
}
