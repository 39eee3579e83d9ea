// The test of a distant platform's destination, from this machine.
import DestinationStorages
import ExportDomain
import FlowServiceClient

extension RemoteExports {
    /// Tests a destination as a form describes it, from this machine: the platform may reach what this machine cannot,
    /// and the other way round.
    public func test(
        _ draft: DestinationDraft, consent: DestinationTestConsent
    ) -> AsyncStream<DestinationTestReport> {
        DestinationTest.reports(
            of: draft, consent: consent, makeStorage: storageOfDraft,
            spec: { try await spec(draft.connectionSpecID) }, known: knownAccount)
    }

    /// Asks the storage that a form describes for names that a field of it could hold, from this machine.
    public func suggestions(
        _ query: SuggestionQuery, of draft: DestinationDraft
    ) async throws -> FieldSuggestions {
        try await FieldSuggestions.asked(
            query, of: draft, makeStorage: storageOfDraft,
            spec: { try await spec(draft.connectionSpecID) }, known: knownAccount)
    }

    private var storageOfDraft: StorageMaking {
        { destination, settings in
            guard destination.id == Destinations.landingZone, settings.account.credentials.specName == nil
            else { return try destination.storage(settings, over: network) }
            if try await spec(destination.id).isAuthenticationOptional {
                throw NotReachableFromHere.landingZoneOnServer
            }
            return try await landingZone.storage(of: nil, over: network)
        }
    }

    @Sendable private func knownAccount(_ id: Identifier<BaseConnection>) async throws -> KnownAccount {
        let account = try await service.connection(id)
        return try await accounts.account(account, spec: try await spec(account.connectionSpecID))
    }

    private func spec(
        _ id: Identifier<ConnectionSpec>
    ) async throws(FlowServiceError) -> ConnectionSpec {
        guard let spec = try await service.connectionSpecs().first(where: { $0.id == id }) else {
            throw .notFound(what: "kind of destination", id: id.rawValue)
        }
        return spec
    }
}
