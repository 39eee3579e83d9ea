// What a field of a form could hold: from the answers so far to the names that the storage has. Only ever asked for by
// a person, never by a test of the destination.
import ExportDomain
import Languages
import ObjectStorage
import Transfer

extension FieldSuggestions {
    /// A person waits for the names, and would rather type.
    private static let patience = RetryPolicy(attempts: 2, timeLimit: .seconds(10))
    /// As many names as a page of a store has.
    private static let mostNames = 1_000

    /// Asks the storage that a form describes, as `StoredExports.suggestions` says.
    ///
    /// - Parameters:
    ///   - spec: gives the kind of destination.
    ///   - known: gives an account that exists, with its secrets.
    public static func asked(
        _ query: SuggestionQuery, of draft: DestinationDraft, makeStorage: StorageMaking,
        spec: () async throws -> ConnectionSpec,
        known: (Identifier<BaseConnection>) async throws -> KnownAccount
    ) async throws -> FieldSuggestions {
        do {
            let destination = try Destinations.destination(draft.connectionSpecID)
            var settings = try await DestinationSettings(
                asFarAsGiven: destination.completing(draft, for: query.kind), spec: try await spec(),
                known: known)
            settings.retrying = patience
            settings.parameters[query.folderKey] = .string(query.folder)
            let storage = try await makeStorage(destination, settings)
            return try await query.kind == .containers
                ? containers(beside: storage) : folders(in: query.folder, of: storage)
        } catch let error as NotReachableFromHere {
            throw FlowServiceError.refused(
                field: nil, reason: Text("Nothing can be listed from this machine: \(error)."))
        }
    }

    private static func containers(beside storage: any Storage) async throws -> FieldSuggestions {
        guard let account = storage as? any ContainerListing else {
            throw FlowServiceError.refused(
                field: nil, reason: Text("Containers cannot be listed here: type the name."))
        }
        let page = try await account.containers()
        return FieldSuggestions(
            place: account.accountLocation, values: page.names.map(account.address(of:)),
            isWhole: page.isWhole)
    }

    private static func folders(in folder: String, of storage: any Storage) async throws -> FieldSuggestions {
        let page = try await storage.folders(in: folder, limit: mostNames)
        let trimmed = folder.split(separator: "/").joined(separator: "/")
        let location = storage.location
        let place =
            trimmed.isEmpty
            ? location : location.hasSuffix("/") ? location + trimmed : "\(location)/\(trimmed)"
        return FieldSuggestions(
            place: place, values: page.names.map { SuggestionQuery.path(of: $0, in: folder) },
            isWhole: page.isWhole)
    }
}

extension SuggestionQuery {
    /// The key of the folder among the parameters; a storage's root depends on its beginning.
    fileprivate var folderKey: String { kind == .folders ? field : "path" }
}
