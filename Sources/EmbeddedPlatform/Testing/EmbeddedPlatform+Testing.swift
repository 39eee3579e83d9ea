// Tests of destinations and accounts: from what a form says, or the database holds, to the steps of the test.
import ExportDomain
import FoundationEssentials
import GRDB
import ObjectStorage
import Transfer

extension EmbeddedPlatform {
    /// Tests a destination as a form describes it, before it is made or changed.
    ///
    /// Every step is reported when it begins and when it has ended; the steps after one that failed are reported as
    /// skipped. The stream then ends. Nothing outside the destination's folder is touched, and without consent
    /// nothing is written. To end the test early, end the task that reads the stream.
    public func test(
        _ draft: DestinationDraft, consent: DestinationTestConsent
    ) -> AsyncStream<DestinationTestReport> {
        AsyncStream { continuation in
            let task = Task {
                await test(draft, consent: consent) { continuation.yield($0) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Signs in with the credentials of an account, in the place of its newest destination.
    ///
    /// Where no destination uses the account yet and it does not name a place itself (a bucket, a container), the
    /// test ends when the server is reached.
    /// - Throws: `FlowServiceError.refused` with the step's failure.
    public func testConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        let failure = try await answering("test the account") { () -> FlowServiceError? in
            let (account, target) = try await store.read("look up the account") { db in
                (
                    try Self.account(id, db),
                    try StoredTargetConnection.filter(Column("baseConnectionID") == id)
                        .order(Column("sequence").desc).fetchOne(db)?.entity()
                )
            }
            let destination = try Destinations.destination(account.connectionSpecID)
            let settings = DestinationSettings(
                account: account.name, credentials: try await storages.credentials(of: account),
                parameters: target?.draft.parameters ?? destination.unnamedPlace)
            let knowsPlace = target != nil || destination.unnamedPlace.isEmpty
            let test: DestinationTest
            do {
                test = try destinationTest(
                    of: destination, settings, consent: DestinationTestConsent(),
                    steps: [.resolve, .connect, .identify] + (knowsPlace ? [.authenticate] : []))
            } catch let error as DestinationError {
                return .refused(field: error.field, reason: "\(error)")
            }
            var failure: FlowServiceError?
            await test.run { failure = failure ?? $0.failure }
            try Task.checkCancellation()
            return failure
        }
        if let failure { throw failure }
    }

    private func test(
        _ draft: DestinationDraft, consent: DestinationTestConsent,
        _ report: (DestinationTestReport) -> Void
    ) async {
        do {
            let destination = try Destinations.destination(draft.connectionSpecID)
            let settings = try await settings(of: draft)
            try await destinationTest(of: destination, settings, consent: consent).run(report)
        } catch {
            let field: String? =
                switch error {
                case FlowServiceError.invalid(let field, _): field
                case let error as DestinationError: error.field
                case VaultError.secretMissing(_, let field): field
                default: nil
                }
            report(
                DestinationTestReport(step: .resolve, outcome: .failed(reason: "\(error)", field: field)))
            for step in DestinationTestStep.allCases.dropFirst() {
                report(
                    DestinationTestReport(
                        step: step, outcome: .skipped(because: "the destination is not complete")))
            }
        }
    }

    private func destinationTest(
        of destination: any Destination, _ settings: DestinationSettings, consent: DestinationTestConsent,
        steps: [DestinationTestStep] = DestinationTestStep.allCases
    ) throws -> DestinationTest {
        var settings = settings
        settings.retrying = Self.testPolicy
        let storage = try storages.makeStorage(destination, settings)
        return DestinationTest(
            storage: storage, folder: settings.folder, consent: consent, steps: steps,
            randomName: Self.randomName(),
            field: { [settings] in destination.field(for: $0, at: $1, settings) },
            remember: { try await destination.trust($0, in: storage) })
    }

    /// A person waits for a test, and would rather know.
    private static let testPolicy = RetryPolicy(attempts: 2, timeLimit: .seconds(10))

    private func settings(of draft: DestinationDraft) async throws -> DestinationSettings {
        let spec = try connectionSpec(draft.connectionSpecID)
        if let problem = spec.problem(with: draft.parameters) { throw problem }
        let parameters = spec.targetForm.parameters(from: draft.parameters.mapValues(FormAnswer.value))
        let (name, credentials) = try await credentials(of: draft.account, spec: spec)
        return DestinationSettings(account: name, credentials: credentials, parameters: parameters)
    }

    private func credentials(
        of account: DestinationDraft.Account, spec: ConnectionSpec
    ) async throws -> (name: String, Credentials) {
        switch account {
        case .existing(let id):
            let stored = try await storedAccount(id, spec: spec)
            return (stored.name, try await storages.credentials(of: stored))
        case .new(let draft):
            if let problem = spec.problem(with: draft.authentication) { throw problem }
            return (draft.name, Credentials(draft.authentication, spec: spec))
        case .changed(let id, let draft):
            let stored = try await storedAccount(id, spec: spec)
            let given = Credentials(draft.authentication, spec: spec)
            let isSameWay = stored.authSpec == given.specName
            let known = isSameWay ? try await storages.credentials(of: stored).secrets : [:]
            let staying = Set(known.keys).subtracting(given.removedSecrets)
            if let problem = spec.problem(with: draft.authentication, storedSecrets: staying) {
                throw problem
            }
            return (draft.name, given.completed(with: known))
        }
    }

    private func storedAccount(
        _ id: Identifier<BaseConnection>, spec: ConnectionSpec
    ) async throws -> StoredBaseConnection {
        try await store.read("look up the account") { db in
            try Self.check(id, isOf: spec, db)
            return try Self.account(id, db)
        }
    }

    private static func randomName() -> String {
        let number = UInt64.random(in: 0 ... .max)
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
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
                reason:
                    "\(key.host) is met for the first time; its \(key.algorithm) key is \(key.fingerprint). Test the destination and confirm the fingerprint."
            )
        case .running, .passed, .skipped: nil
        }
    }
}
