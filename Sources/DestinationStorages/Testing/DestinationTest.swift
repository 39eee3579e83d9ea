// The test of a destination: one step after the other, each told as it begins and as it ends. It knows the storage
// and the folder, and nothing of accounts or of the database.
import ExportDomain
import FoundationEssentials
import Hexadecimal
import Languages
import ObjectStorage
import Transfer

/// The test of one storage.
public struct DestinationTest: Sendable {
    let storage: any Storage
    /// The folder of the destination; nothing outside it is touched.
    let folder: String
    let consent: DestinationTestConsent
    /// The steps to take.
    var steps = DestinationTestStep.allCases
    /// Tells things apart that are made at the same time.
    let randomName: String
    /// The field of the forms that a failure is about.
    let field: @Sendable (StorageFailure.Reason, DestinationTestStep) -> String?
    /// Remembers a host key that a person has confirmed.
    let remember: @Sendable (StorageFailure.ServerKey) async throws -> Void

    /// Takes the steps, until one fails or the task is cancelled.
    public func run(_ report: (DestinationTestReport) -> Void) async {
        var obstacle: Text?
        var mayHaveProbe = false
        for step in steps {
            if let obstacle {
                report(DestinationTestReport(step: step, outcome: .skipped(because: obstacle)))
                continue
            }
            if step.needsConsent, !consent.writesProbe {
                report(
                    DestinationTestReport(
                        step: step, outcome: .skipped(because: Text("nothing is to be written"))))
                continue
            }
            if step == .write { mayHaveProbe = true }
            report(DestinationTestReport(step: step, outcome: .running))
            let outcome = await take(step)
            if Task.isCancelled { break }
            report(DestinationTestReport(step: step, outcome: outcome))
            switch outcome {
            case .failed: obstacle = Text("the step before it failed")
            case .unknownHostKey: obstacle = Text("the server's key has to be confirmed first")
            case .running, .passed, .skipped: break
            }
        }
        if mayHaveProbe, obstacle != nil || Task.isCancelled { await removeProbe() }
    }

    /// The probe, below the folder and named so that it can be told from exports.
    private func probe() throws -> StorageKey {
        try StorageKey(prefix + ".sluice-probe-" + randomName)
    }

    private var probeText: [UInt8] { Array("A probe of sluice, to be deleted: \(randomName)\n".utf8) }

    private var prefix: String {
        let trimmed = folder.split(separator: "/").joined(separator: "/")
        return trimmed.isEmpty ? "" : trimmed + "/"
    }

    private func take(_ step: DestinationTestStep) async -> DestinationTestReport.Outcome {
        do {
            switch step {
            case .resolve: try await storage.reach(.resolve)
            case .connect: try await storage.reach(.connect)
            case .identify: return try await identify()
            case .authenticate: try await storage.reach(.authenticate)
            case .list: return .passed(try await list())
            case .write: try await storage.put(bytes: probeText, at: try probe())
            case .readBack:
                if try await storage.bytes(of: try probe()) != probeText {
                    return .failed(reason: Text("What was read back is not what was written."), field: nil)
                }
            case .delete: try await storage.delete(try probe())
            }
            return .passed(nil)
        } catch {
            return failed(error, at: step)
        }
    }

    private func identify() async throws -> DestinationTestReport.Outcome {
        do {
            try await storage.reach(.identify)
        } catch let error as StorageError {
            guard case .hostKeyUnknown(let key) = error.failure.reason else { throw error }
            guard key.fingerprint == consent.confirmedFingerprint else {
                return .unknownHostKey(
                    HostKey(host: key.host, algorithm: key.algorithm, fingerprint: key.fingerprint))
            }
            try await remember(key)
            try await storage.reach(.identify)
        }
        return .passed(nil)
    }

    /// Looks into the folder; one that does not exist yet is no failure, since the first export makes it.
    private func list() async throws -> Text? {
        do {
            let page = try await storage.list(prefix: prefix, after: nil, limit: 1)
            return page.objects.isEmpty ? Text("there are no files yet") : Text("there are files already")
        } catch let error as StorageError {
            guard case .notFound(let failure) = error, failure.reason == .noSuchObject else { throw error }
            return Text("there are no files yet")
        }
    }

    private func failed(
        _ error: any Error, at step: DestinationTestStep
    ) -> DestinationTestReport.Outcome {
        let reason = (error as? StorageError)?.failure.reason
        return .failed(reason: .of(error), field: reason.flatMap { field($0, step) })
    }

    /// Removes the probe after a failure, also in a task that is cancelled.
    private func removeProbe() async {
        await Task {
            if let key = try? probe() { try? await storage.delete(key) }
        }.value
    }
}

extension DestinationTest {
    /// A person waits for a test, and would rather know.
    private static let patience = RetryPolicy(attempts: 2, timeLimit: .seconds(10))

    /// Prepares the test of a destination; nothing is connected yet.
    /// - Throws: `DestinationError` where the answers do not describe one.
    public init(
        of destination: any Destination, _ settings: DestinationSettings, consent: DestinationTestConsent,
        steps: [DestinationTestStep] = DestinationTestStep.allCases, makeStorage: StorageMaking
    ) async throws {
        var settings = settings
        settings.retrying = Self.patience
        let storage = try await makeStorage(destination, settings)
        self.init(
            storage: storage, folder: settings.folder, consent: consent, steps: steps,
            randomName: UInt64.random(in: 0 ... .max).hexadecimal,
            field: { [settings] in destination.field(for: $0, at: $1, settings) },
            remember: { try await destination.trust($0, in: storage) })
    }
}

extension DestinationTestStep {
    /// Whether a person has to agree to it.
    fileprivate var needsConsent: Bool {
        switch self {
        case .write, .readBack, .delete: true
        case .resolve, .connect, .identify, .authenticate, .list: false
        }
    }
}
