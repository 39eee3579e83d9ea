// The answers that describe one destination, and what can be wrong with them.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import Transfer

/// The answers that describe a destination, those of the account with its secrets.
public struct DestinationSettings: Sendable, Hashable {
    /// What to sign in with, and the name of the account for messages.
    public var account: KnownAccount
    /// Location and file options.
    public var parameters: [String: JSONValue]
    /// How often requests are sent when they fail and may be repeated.
    public var retrying = RetryPolicy.standard

    /// Takes answers.
    public init(account: KnownAccount, parameters: [String: JSONValue]) {
        self.account = account
        self.parameters = parameters
    }

    /// Takes the answers of a draft, if they are what its kind of destination asks for.
    ///
    /// - Parameter known: gives an account that exists.
    /// - Throws: `FlowServiceError.invalid` for answers that cannot be; what `known` throws.
    init(
        of draft: DestinationDraft, spec: ConnectionSpec,
        known: (Identifier<BaseConnection>) async throws -> KnownAccount
    ) async throws {
        if let problem = spec.problem(with: draft.parameters) { throw problem }
        self.init(
            account: try await Self.account(of: draft, spec: spec, known: known),
            parameters: spec.targetForm.parameters(from: draft.parameters.mapValues(FormAnswer.value)))
    }

    /// Takes the answers of a draft whose place is not complete yet.
    ///
    /// - Parameter known: gives an account that exists.
    /// - Throws: `FlowServiceError.invalid` for credentials that nobody can be signed in with; what `known` throws.
    init(
        asFarAsGiven draft: DestinationDraft, spec: ConnectionSpec,
        known: (Identifier<BaseConnection>) async throws -> KnownAccount
    ) async throws {
        self.init(
            account: try await Self.account(of: draft, spec: spec, known: known),
            parameters: draft.parameters)
    }

    private static func account(
        of draft: DestinationDraft, spec: ConnectionSpec,
        known: (Identifier<BaseConnection>) async throws -> KnownAccount
    ) async throws -> KnownAccount {
        switch draft.account {
        case .existing(let id):
            return try await known(id)
        case .new(let account):
            if let problem = spec.problem(with: account.authentication) { throw problem }
            return KnownAccount(
                name: account.name,
                credentials: AccountCredentials(account.authentication, spec: spec))
        case .changed(let id, let account):
            let present = try await known(id).credentials
            let given = AccountCredentials(account.authentication, spec: spec)
            let secrets = present.specName == given.specName ? present.secrets : [:]
            let staying = Set(secrets.keys).subtracting(given.removedSecrets)
            if let problem = spec.problem(with: account.authentication, storedSecrets: staying) {
                throw problem
            }
            return KnownAccount(name: account.name, credentials: given.completed(with: secrets))
        }
    }
}

extension DestinationSettings {
    /// What to sign in with.
    var credentials: AccountCredentials { account.credentials }

    /// The folder that all exports go below.
    var folder: String { (parameters["path"] ?? parameters["remotePath"])?.text ?? "" }

    /// The folder as keys have it, without slashes at its ends.
    var folderOfKeys: String { folder.split(separator: "/").joined(separator: "/") }

    /// The server that is given instead of the service's own; nil where none is.
    func endpoint() throws -> HTTPOrigin? {
        guard let text = text("endpoint") else { return nil }
        guard let origin = HTTPOrigin(endpoint: text) else {
            throw DestinationError(
                field: "endpoint", reason: Text("“\(text)” is not a URL like https://minio.example.com:9000.")
            )
        }
        return origin
    }

    /// The text of an answer, of the account or the location; nil where there is none.
    func text(_ field: String) -> String? {
        let text = parameters[field].map { FormAnswer.value($0).text } ?? ""
        return text.isEmpty ? credentials.text(field) : text
    }

    /// The text of an answer that there must be.
    func requiredText(_ field: String) throws -> String {
        guard let text = text(field) else {
            throw DestinationError(field: field, reason: Text("\(field) is not given."))
        }
        return text
    }

    /// A secret that there may be.
    func secret(_ field: String) -> Secret? { credentials.secrets[field] }

    /// A secret that there must be.
    func requiredSecret(_ field: String) throws -> Secret {
        guard let secret = secret(field) else {
            throw DestinationError(
                field: field,
                reason: Text("The account “\(account.name)” has no “\(field)” any more: enter it anew."))
        }
        return secret
    }
}

/// Answers that do not describe a destination: the field, and what is wrong with it.
public struct DestinationError: Error, Hashable, Localized {
    /// The field; nil where it is none.
    public var field: String?
    /// What is wrong, as a sentence with its stop.
    public var reason: Text

    /// Says what is wrong.
    public init(field: String?, reason: Text) {
        self.field = field
        self.reason = reason
    }

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The reason as a sentence.
    public var text: Text { reason }
}
