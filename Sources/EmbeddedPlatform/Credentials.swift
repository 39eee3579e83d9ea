// What an account signs in with, taken apart: what may be shown and is kept as it is, and what goes to the vault.
import ExportDomain
import Secrets

/// Credentials of an account.
struct Credentials: Sendable, Hashable {
    /// The way to sign in, by its name in the spec; nil where the platform provides the storage.
    var specName: String?
    /// What may be shown, by field.
    var parameters: [String: JSONValue] = [:]
    /// What may not, by field.
    var secrets: [String: Secret] = [:]
    /// Secrets that are taken away: their answer is `null`.
    var removedSecrets: Set<String> = []

    /// No credentials.
    init() {}

    /// Takes answers apart, which the spec has been asked about.
    init(_ authentication: BaseConnection.Authentication?, spec: ConnectionSpec) {
        guard let authentication, let form = spec.authenticationForm(authentication.specName) else { return }
        specName = authentication.specName
        parameters = form.parameters(from: authentication.answers)
        secrets = form.secrets(from: authentication.answers)
        for field in form.fields(for: authentication.answers) where field.kind == .secret {
            if authentication.answers[field.id] == .value(.null) { removedSecrets.insert(field.id) }
        }
    }

    /// The credentials with the secrets that are known already, except those that are given anew or taken away.
    func completed(with known: [String: Secret]) -> Credentials {
        var credentials = self
        credentials.secrets = known.filter { !removedSecrets.contains($0.key) }.merging(secrets) { $1 }
        return credentials
    }

    /// The text of what may be shown; nil where there is none.
    func text(_ field: String) -> String? {
        parameters[field].map { FormAnswer.value($0).text }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
