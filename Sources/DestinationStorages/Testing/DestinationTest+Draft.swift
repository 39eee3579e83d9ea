// The test of a destination as a form describes it, before it is made: from the answers to the steps.
import ExportDomain
import Languages

extension DestinationTest {
    /// Tests what a form describes, as `StoredExports.test` says.
    ///
    /// - Parameters:
    ///   - spec: gives the kind of destination.
    ///   - known: gives an account that exists, with its secrets.
    public static func reports(
        of draft: DestinationDraft, consent: DestinationTestConsent, makeStorage: @escaping StorageMaking,
        spec: @escaping @Sendable () async throws -> ConnectionSpec,
        known: @escaping @Sendable (Identifier<BaseConnection>) async throws -> KnownAccount
    ) -> AsyncStream<DestinationTestReport> {
        AsyncStream { continuation in
            let task = Task {
                do {
                    let settings = try await DestinationSettings(
                        of: draft, spec: try await spec(), known: known)
                    let test = try await DestinationTest(
                        of: try Destinations.destination(draft.connectionSpecID), settings, consent: consent,
                        makeStorage: makeStorage)
                    await test.run { continuation.yield($0) }
                } catch {
                    for report in reports(ofIncomplete: error) { continuation.yield(report) }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// The reports where the answers describe no destination, or none that can be reached from here.
    private static func reports(ofIncomplete error: any Error) -> [DestinationTestReport] {
        if let unreachable = error as? NotReachableFromHere {
            return DestinationTestStep.allCases.map {
                DestinationTestReport(step: $0, outcome: .skipped(because: unreachable.text))
            }
        }
        let field: String? =
            switch error {
            case FlowServiceError.invalid(let field, _, _): field
            case let error as DestinationError: error.field
            default: nil
            }
        return DestinationTestStep.allCases.enumerated().map { index, step in
            DestinationTestReport(
                step: step,
                outcome: index == 0
                    ? .failed(reason: .of(error), field: field)
                    : .skipped(because: Text("the destination is not complete")))
        }
    }
}

/// A storage that only the platform can reach, so that there is nothing to be tried from this machine.
public struct NotReachableFromHere: Error, Hashable, Localized {
    /// Why, as part of a sentence.
    public let text: Text

    /// Says why.
    public init(_ reason: Text) { text = reason }
}
