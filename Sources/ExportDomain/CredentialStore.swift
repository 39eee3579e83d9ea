// Where the credentials stay that a person has given on this machine for accounts of a distant platform, which never
// gives them back.

/// Keeps the credentials of a platform's accounts on this machine, so that its destinations can be looked into.
///
/// Whoever conforms keeps them sealed. All operations may throw what keeps them from being read or written.
public protocol CredentialStore: Sendable {
    /// The credentials that were given for an account, with their secrets; nil where none were given here.
    func credentials(
        of account: Identifier<BaseConnection>
    ) async throws -> BaseConnection.Authentication?

    /// Keeps the credentials of an account, in the place of those that there are.
    func keep(
        _ authentication: BaseConnection.Authentication, of account: Identifier<BaseConnection>
    ) async throws

    /// Forgets the credentials of an account.
    func forget(_ account: Identifier<BaseConnection>) async throws
}

extension CredentialStore {
    /// Takes note of a change of an account: secrets that the change leaves out stay.
    ///
    /// Where they are not known here, a change that gives none anew is no reason to keep anything.
    public func note(
        _ changed: BaseConnection.Authentication?, of account: Identifier<BaseConnection>
    ) async throws {
        guard var authentication = changed else { return try await forget(account) }
        let kept = try await credentials(of: account)
        if let kept, kept.specName == authentication.specName {
            for case (let field, .secret(let secret)) in kept.answers
            where authentication.answers[field] == nil { authentication.answers[field] = .secret(secret) }
        }
        authentication.answers = authentication.answers.filter { $0.value != .value(.null) }
        authentication.storedSecrets = []
        let hasSecret = authentication.answers.values.contains {
            if case .secret = $0 { true } else { false }
        }
        if hasSecret {
            try await keep(authentication, of: account)
        } else if kept != nil {
            try await forget(account)
        }
    }
}
