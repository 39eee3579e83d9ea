// What an account signs in with, taken apart: what may be shown and is kept as it is, and what is a secret.
import ExportDomain
import Secrets

/// Credentials of an account, with their secrets.
public struct AccountCredentials: Sendable, Hashable {
    /// The way to sign in, by its name in the spec; nil where the platform provides the storage.
    public var specName: String?
    /// What may be shown, by field.
    public var parameters: [String: JSONValue]
    /// What may not, by field.
    public var secrets: [String: Secret]
    /// Secrets that are taken away: their answer is `null`.
    public private(set) var removedSecrets: Set<String> = []

    /// Puts credentials together; none, unless they are given.
    public init(
        specName: String? = nil, parameters: [String: JSONValue] = [:], secrets: [String: Secret] = [:]
    ) {
        self.specName = specName
        self.parameters = parameters
        self.secrets = secrets
    }

    /// Takes answers apart, which the spec has been asked about.
    public init(_ authentication: BaseConnection.Authentication?, spec: ConnectionSpec) {
        self.init()
        guard let authentication, let form = spec.authenticationForm(authentication.specName) else { return }
        specName = authentication.specName
        parameters = form.parameters(from: authentication.answers)
        secrets = form.secrets(from: authentication.answers)
        for field in form.fields(for: authentication.answers) where field.kind == .secret {
            if authentication.answers[field.id] == .value(.null) { removedSecrets.insert(field.id) }
        }
    }

    /// The credentials with the secrets that are known already, except those that are given anew or taken away.
    public func completed(with known: [String: Secret]) -> AccountCredentials {
        var credentials = self
        credentials.secrets = known.filter { !removedSecrets.contains($0.key) }.merging(secrets) { $1 }
        return credentials
    }

    /// The text of what may be shown; nil where there is none.
    func text(_ field: String) -> String? {
        parameters[field].map { FormAnswer.value($0).text }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// An account that exists: its name, and what it signs in with.
public struct KnownAccount: Sendable, Hashable {
    /// Its name, for messages.
    public var name: String
    /// What it signs in with.
    public var credentials: AccountCredentials

    /// Describes an account.
    public init(name: String, credentials: AccountCredentials) {
        self.name = name
        self.credentials = credentials
    }
}
