// What is to be known of one kind of destination: which fields the embedded platform adds to the specification's
// forms, how a storage is made from the answers, and which field a failure is about. One file a destination conforms.
import ExportDomain
import FoundationEssentials
import ObjectStorage

/// One kind of destination.
public protocol Destination: Sendable {
    /// The connection spec that it goes by.
    var id: Identifier<ConnectionSpec> { get }

    /// Adds the fields that only the embedded platform asks for.
    func extend(_ spec: inout ConnectionSpec)

    /// The storage: the bucket, container, server or folder itself. Keys hold the connection's folder already.
    ///
    /// Nothing is connected yet.
    /// - Throws: `DestinationError` where the answers do not describe one.
    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage

    /// The field of the forms that a failure at some step is about; nil where it is about none.
    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String?

    /// What stands for the place when an account is tested that no destination uses yet; empty where the account
    /// names the place itself, so that even its credentials can be tested.
    var unnamedPlace: [String: JSONValue] { get }

    /// A draft in which something stands for what is still to be chosen, so that there is a storage to ask for it.
    func completing(_ draft: DestinationDraft, for kind: SuggestionQuery.Kind) -> DestinationDraft

    /// Remembers the key of a server that a person has confirmed.
    func trust(_ key: StorageFailure.ServerKey, in storage: any Storage) async throws

    /// How many files of a run are best written at the same time.
    func filesInFlight(_ settings: DestinationSettings) -> Int

    /// The credentials that the environment has for storages of this kind, by the variables that other programs read
    /// too, or by ours where there are none such; nil where it has none.
    ///
    /// What of the place is not a secret, a host or a URL, the account says.
    /// - Throws: `DestinationError` for a variable that means nothing.
    func credentials(inEnvironment environment: [String: String]) throws -> AccountCredentials?

    /// Which variables these are, as part of “set …”; nil where there are none.
    var environmentVariables: String? { get }

    /// After how many seconds the service deletes a file that was written; nil where it keeps files.
    ///
    /// - Parameter authentication: the way to sign in; nil where nobody does.
    func retention(authentication: String?) -> TimeInterval?
}

extension Destination {
    /// The account names the place.
    public var unnamedPlace: [String: JSONValue] { [:] }

    /// A draft with any name for a container that is to be chosen.
    public func completing(_ draft: DestinationDraft, for kind: SuggestionQuery.Kind) -> DestinationDraft {
        guard kind == .containers else { return draft }
        var draft = draft
        draft.parameters.merge(unnamedPlace) { $1 }
        return draft
    }

    /// Does nothing: certificates are confirmed by authorities.
    public func trust(_ key: StorageFailure.ServerKey, in storage: any Storage) async throws {}

    /// A few: while one waits for an answer another is compressed.
    public func filesInFlight(_ settings: DestinationSettings) -> Int { 3 }

    /// None.
    public func credentials(inEnvironment environment: [String: String]) throws -> AccountCredentials? { nil }

    /// None.
    public var environmentVariables: String? { nil }

    /// Files are kept.
    public func retention(authentication: String?) -> TimeInterval? { nil }
}

/// Makes the storage of a destination from the answers that describe it.
///
/// - Throws: `DestinationError` where they do not describe one.
public typealias StorageMaking =
    @Sendable (any Destination, DestinationSettings) async throws -> any Storage

extension [String: String] {
    /// The value of a variable; nil where it is missing or empty.
    func given(_ variable: String) -> String? { self[variable].flatMap { $0.isEmpty ? nil : $0 } }
}
