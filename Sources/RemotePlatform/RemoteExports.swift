// What lies in the storages of a distant platform's destinations, seen from this machine: runs and what they count from
// the platform, files from the storage itself.
import DestinationStorages
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import Languages
import ObjectStorage

/// The exports of a distant platform.
///
/// Storages are opened with the credentials that were given for them on this machine, else with those of the
/// environment; the landing zone with those that the platform hands out.
public struct RemoteExports: StoredExports {
    let service: RemoteFlowService
    let accounts: AccountAccess
    let landingZone: LandingZoneAccess
    let network: StorageNetwork
    private let flows: FlowLookUp
    private let records: RecordLookUp
    private let storages = OpenedStorages()

    /// Joins a platform with what opens its storages; nothing is asked for yet.
    /// - Parameters:
    ///   - service: the platform.
    ///   - credentials: those that were given on this machine for its accounts.
    ///   - network: what storages are reached by. Its environment is asked for credentials too.
    public init(
        of service: RemoteFlowService, credentials: any CredentialStore, over network: StorageNetwork
    ) {
        self.service = service
        self.network = network
        accounts = AccountAccess(credentials: credentials, environment: network.environment)
        landingZone = LandingZoneAccess(service: service)
        flows = FlowLookUp(service: service)
        records = RecordLookUp(service: service)
    }

    /// Compares what a run has promised with what is in its folder.
    ///
    /// Where the platform records no files, the manifest says which there should be, else the counts of the run how
    /// many.
    public func verification(
        of run: FlowRun, depth: VerificationDepth,
        onProgress: @escaping @Sendable (VerificationProgress) -> Void
    ) async throws(FlowServiceError) -> RunVerification {
        try await answering(Text("verify the run")) {
            let (flow, storage) = try await opened(run)
            let record = try await records.record(of: run, in: flow, storage)
            let root = flow.target.draft.rootOfPaths
            let verification = try await RunFolder(of: run, record, in: storage, root: root)
                .verification(depth: depth, onProgress: onProgress)
            let isSurprising = verification.findings.contains { $0.kind == "extra" }
            // Another run may have written into the folder since the platform was asked.
            guard isSurprising, await records.forget(run.id) else { return verification }
            let fresh = try await records.record(of: run, in: flow, storage)
            if fresh == record { return verification }
            return try await RunFolder(of: run, fresh, in: storage, root: root)
                .verification(depth: depth, onProgress: onProgress)
        }
    }

    /// The folder of a run.
    ///
    /// Where the platform does not say it and the storage cannot be looked into, it is the one that the schedule tells.
    public func folder(of run: FlowRun) async throws(FlowServiceError) -> String {
        try await answering(Text("look up the run's folder")) { try await record(of: run).folder }
    }

    /// The files that a run has written: as the platform has recorded them, else as its manifest has them, else those
    /// that are in its folder.
    public func exportedFiles(of run: FlowRun) async throws(FlowServiceError) -> [ExportedFile] {
        let recorded = try await answering(Text("list the run's files")) {
            try await records.recorded(run)?.files
        }
        if let recorded { return recorded }
        let verification = try await verification(of: run)
        let root = try await rootOfPaths(of: run)
        let extras = Set(verification.findings.filter { $0.kind == "extra" }.map(\.path))
        return verification.files.filter { !$0.isManifest && !extras.contains(root + $0.file.path) }.map(
            \.file)
    }

    /// What stands before the paths of a run's files where people read them.
    public func rootOfPaths(of run: FlowRun) async throws(FlowServiceError) -> String {
        try await flows.flow(run.flowID).target.draft.rootOfPaths
    }

    /// The path of a run's manifest; nil where its flow's file options have none.
    public func manifestPath(of run: FlowRun) async throws(FlowServiceError) -> String? {
        try await answering(Text("look up the run's manifest")) { try await record(of: run).manifestPath }
    }

    /// Where a file of a run lies.
    public func location(
        of path: String, in run: Identifier<FlowRun>
    ) async throws(FlowServiceError) -> String {
        try await answering(Text("say where \(path) is")) {
            try await opened(try await service.run(run)).storage.place(of: path)
        }
    }

    /// When the service deletes the files of a run: those of the landing zone after as many days as the platform says,
    /// else after seven.
    public func expiry(of run: FlowRun) async throws(FlowServiceError) -> Date? {
        guard let end = run.metrics.completedAt else { return nil }
        return try await answering(Text("look up how long the run's files are kept")) {
            let flow = try await flows.flow(run.flowID)
            let kind = try Destinations.destination(flow.spec.id)
            guard flow.spec.id == Destinations.landingZone else {
                let way = flow.account.draft.authentication?.specName
                return kind.retention(authentication: way).map { end.addingTimeInterval($0) }
            }
            if flow.hasLandingZoneOnServer { return nil }
            return end.addingTimeInterval(86_400 * Double(await landingZone.days()))
        }
    }

    /// The records of a file of a run, of which only what is asked for is read.
    public func records(
        of path: String, in run: Identifier<FlowRun>
    ) async throws(FlowServiceError) -> any RecordPages {
        try await answering(Text("show \(path)")) {
            let storage = try await opened(try await service.run(run)).storage
            return try StoredRecords(path, in: storage)
        }
    }

    /// What is known of a run's files, with a look into the storage only where that is needed and possible.
    private func record(of run: FlowRun) async throws -> RunRecord {
        if let recorded = try await records.recorded(run) { return recorded }
        let flow = try await flows.flow(run.flowID)
        return try await records.record(of: run, in: flow, try? await storage(of: flow))
    }

    /// The flow of a run, and the storage that it writes to.
    private func opened(_ run: FlowRun) async throws -> (flow: ExportedFlow, storage: any Storage) {
        let flow = try await flows.flow(run.flowID)
        return (flow, try await storage(of: flow))
    }

    private func storage(of flow: ExportedFlow) async throws -> any Storage {
        if flow.spec.id == Destinations.landingZone, let storage = try await landingZoneStorage(of: flow) {
            return storage
        }
        let settings = DestinationSettings(
            account: try await accounts.account(flow.account, spec: flow.spec),
            parameters: flow.target.draft.parameters)
        return try await storages.storage(settings, for: flow.target.id) {
            try Destinations.destination(flow.spec.id).storage($0, over: network)
        }
    }

    /// The landing zone that the platform gives the credentials of; nil where they are those of the account.
    private func landingZoneStorage(of flow: ExportedFlow) async throws -> (any Storage)? {
        if flow.hasLandingZoneOnServer { throw NotReachableFromHere.landingZoneOnServer }
        let ownAccount = flow.account.draft.authentication == nil ? nil : flow.account.id
        if ownAccount != nil, try await accounts.isKnown(flow.account) { return nil }
        return try await landingZone.storage(of: ownAccount, over: network)
    }

    /// Does what was asked, and gives its errors in the protocol's words.
    private func answering<T: Sendable>(
        _ doing: Text, _ body: () async throws -> T
    ) async throws(FlowServiceError) -> T {
        do {
            return try await body()
        } catch {
            throw FlowServiceError(error, doing: doing)
        }
    }
}

extension NotReachableFromHere {
    /// A server of this program that has its landing zone in a folder.
    static let landingZoneOnServer = NotReachableFromHere(
        Text("the landing zone is a folder on the platform's machine, which can be looked into only there"))
}
