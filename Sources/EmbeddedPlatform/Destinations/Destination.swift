// What the platform has to know of one kind of destination: which fields it adds to the specification's forms, how
// a storage is made from the answers, and which field a failure is about. One file a destination conforms.
import ExportDomain
import FoundationEssentials
import ObjectStorage
import Secrets
import Transfer

/// One kind of destination.
protocol Destination: Sendable {
    /// The connection spec that it goes by.
    var id: Identifier<ConnectionSpec> { get }

    /// Adds the fields that only this platform asks for.
    func extend(_ spec: inout ConnectionSpec)

    /// The storage: the bucket, container, server or folder itself. Keys hold the connection's folder already.
    ///
    /// Nothing is connected yet.
    /// - Throws: `DestinationError` or `VaultError.secretMissing` where the answers do not describe one.
    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage

    /// The field of the forms that a failure at some step is about; nil where it is about none.
    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String?

    /// What stands for the place when an account is tested that no destination uses yet; empty where the account
    /// names the place itself, so that even its credentials can be tested.
    var unnamedPlace: [String: JSONValue] { get }

    /// Remembers the key of a server that a person has confirmed.
    func trust(_ key: StorageFailure.ServerKey, in storage: any Storage) async throws

    /// How many files of a run are best written at the same time.
    func filesInFlight(_ settings: DestinationSettings) -> Int

    /// After how many seconds the service deletes a file that was written; nil where it keeps files.
    ///
    /// - Parameter authentication: the way to sign in; nil where nobody does.
    func retention(authentication: String?) -> TimeInterval?
}

extension Destination {
    /// The account names the place.
    var unnamedPlace: [String: JSONValue] { [:] }

    /// Does nothing: certificates are confirmed by authorities.
    func trust(_ key: StorageFailure.ServerKey, in storage: any Storage) async throws {}

    /// A few: while one waits for an answer another is compressed.
    func filesInFlight(_ settings: DestinationSettings) -> Int { 3 }

    /// Files are kept.
    func retention(authentication: String?) -> TimeInterval? { nil }
}

/// The answers that describe a destination, those of the account with its secrets.
struct DestinationSettings: Sendable, Hashable {
    /// The name of the account, for messages.
    var account: String
    /// What to sign in with.
    var credentials: Credentials
    /// Location and file options.
    var parameters: [String: JSONValue]
    /// How often requests are sent when they fail and may be repeated.
    var retrying = RetryPolicy.standard

    /// The folder that all exports go below.
    var folder: String { (parameters["path"] ?? parameters["remotePath"])?.text ?? "" }

    /// The folder as keys have it, without slashes at its ends.
    var folderOfKeys: String { folder.split(separator: "/").joined(separator: "/") }

    /// The server that is given instead of the service's own; nil where none is.
    func endpoint() throws -> HTTPOrigin? {
        guard let text = text("endpoint") else { return nil }
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty,
            let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http"
        else {
            throw DestinationError(
                field: "endpoint", reason: "“\(text)” is not a URL like https://minio.example.com:9000")
        }
        return HTTPOrigin(scheme: scheme, host: host, port: url.port)
    }

    /// The text of an answer, of the account or the location; nil where there is none.
    func text(_ field: String) -> String? {
        let text = parameters[field].map { FormAnswer.value($0).text } ?? ""
        return text.isEmpty ? credentials.text(field) : text
    }

    /// The text of an answer that there must be.
    func requiredText(_ field: String) throws -> String {
        guard let text = text(field) else {
            throw DestinationError(field: field, reason: "\(field) is not given")
        }
        return text
    }

    /// A secret that there may be.
    func secret(_ field: String) -> Secret? { credentials.secrets[field] }

    /// A secret that there must be.
    func requiredSecret(_ field: String) throws -> Secret {
        guard let secret = secret(field) else {
            throw VaultError.secretMissing(account: account, field: field)
        }
        return secret
    }
}

/// Answers that do not describe a destination: the field, and what is wrong with it.
struct DestinationError: Error, Hashable, CustomStringConvertible {
    var field: String?
    var reason: String

    var description: String { reason.hasSuffix(".") ? reason : reason + "." }
}
