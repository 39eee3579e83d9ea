// Tests of destinations and accounts: from what a form says, or the database holds, to the steps of the test.
import DestinationStorages
import ExportDomain
import GRDB
import Languages

extension EmbeddedPlatform {
    /// Tests a destination as a form describes it, before it is made or changed.
    ///
    /// Every step is reported when it begins and when it has ended; the steps after one that failed are reported as
    /// skipped. The stream then ends. Nothing outside the destination's folder is touched, and without consent
    /// nothing is written. To end the test early, end the task that reads the stream.
    public func test(
        _ draft: DestinationDraft, consent: DestinationTestConsent
    ) -> AsyncStream<DestinationTestReport> {
        DestinationTest.reports(
            of: draft, consent: consent, makeStorage: storages.makeStorage,
            spec: { try connectionSpec(draft.connectionSpecID) },
            known: { try await knownAccount($0, of: draft.connectionSpecID) })
    }

    /// Asks the storage that a form describes for names that a field of it could hold.
    public func suggestions(
        _ query: SuggestionQuery, of draft: DestinationDraft
    ) async throws -> FieldSuggestions {
        try await FieldSuggestions.asked(
            query, of: draft, makeStorage: storages.makeStorage,
            spec: { try connectionSpec(draft.connectionSpecID) },
            known: { try await knownAccount($0, of: draft.connectionSpecID) })
    }

    private func knownAccount(
        _ id: Identifier<BaseConnection>, of kind: Identifier<ConnectionSpec>
    ) async throws -> KnownAccount {
        let account = try await store.read(Text("look up the account")) { db in
            try Self.account(id, of: kind, db)
        }
        return KnownAccount(name: account.name, credentials: try await storages.credentials(of: account))
    }

    /// Signs in with the credentials of an account, in the place of its newest destination.
    ///
    /// Where no destination uses the account yet and it does not name a place itself (a bucket, a container), the
    /// test ends when the server is reached.
    /// - Throws: `FlowServiceError.refused` with the step's failure.
    public func testConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        let failure = try await answering(Text("test the account")) { () -> FlowServiceError? in
            let (account, target) = try await store.read(Text("look up the account")) { db in
                (
                    try Self.account(id, db),
                    try StoredTargetConnection.filter(Column("baseConnectionID") == id)
                        .order(Column("sequence").desc).fetchOne(db)?.entity()
                )
            }
            let destination = try Destinations.destination(account.connectionSpecID)
            let settings = DestinationSettings(
                account: KnownAccount(
                    name: account.name, credentials: try await storages.credentials(of: account)),
                parameters: target?.draft.parameters ?? destination.unnamedPlace)
            let knowsPlace = target != nil || destination.unnamedPlace.isEmpty
            let test: DestinationTest
            do {
                test = try await DestinationTest(
                    of: destination, settings, consent: DestinationTestConsent(),
                    steps: [.resolve, .connect, .identify] + (knowsPlace ? [.authenticate] : []),
                    makeStorage: storages.makeStorage)
            } catch let error as DestinationError {
                return .refused(field: error.field, reason: error.text)
            }
            var failure: FlowServiceError?
            await test.run { failure = failure ?? $0.failure }
            try Task.checkCancellation()
            return failure
        }
        if let failure { throw failure }
    }
}

extension DestinationTestReport {
    /// What keeps the destination from being used, if this is it.
    fileprivate var failure: FlowServiceError? {
        switch outcome {
        case .failed(let reason, let field): .refused(field: field, reason: reason)
        case .unknownHostKey(let key):
            .refused(
                field: "domain",
                reason: Text(
                    "\(key.host) is met for the first time; its \(key.algorithm) key is \(key.fingerprint). Test the destination and confirm the fingerprint."
                )
            )
        case .running, .passed, .skipped: nil
        }
    }
}
