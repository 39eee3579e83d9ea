// What is known of the files of runs: from the platform where it tells them, else from the flow and the storage.
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import ObjectStorage

/// The records of runs; those of runs that are over are kept.
actor RecordLookUp {
    private let service: RemoteFlowService
    private let listings = FolderListings()
    private var kept: [Identifier<FlowRun>: RunRecord] = [:]
    /// Whether the platform has been found to record no files, and need not be asked for each run.
    private var recordsNoFiles = false

    init(service: RemoteFlowService) { self.service = service }

    /// What is known of a run's files.
    ///
    /// - Parameter storage: where they are; nil where it cannot be looked into, and the schedule alone says which
    ///   folder it is.
    func record(
        of run: FlowRun, in flow: ExportedFlow, _ storage: (any Storage)?
    ) async throws -> RunRecord {
        if let record = try await recorded(run) { return record }
        let rule = flow.folderRule(for: run.datasetID)
        let told = run.metrics.manifestPath.flatMap(rule.folder(ofFile:))
        let folder =
            if let told {
                told
            } else if let certain = rule.certainFolder(of: run) {
                certain
            } else if let storage {
                try await listings.folder(of: run, by: rule, in: storage)
            } else {
                rule.folder(of: run, among: [])
            }
        let layout = ExportLayout(folder: folder)
        let hasManifest = told != nil || flow.target.draft.fileOptions?.includesManifest ?? false
        return RunRecord(
            folder: layout.folder,
            manifestPath: hasManifest
                ? layout.path(of: Manifest.fileName(flow: run.flowID, run: run.id)) : nil,
            files: nil, isFolderShared: flow.sharesFolders)
    }

    /// What the platform has recorded; nil where it does not say.
    func recorded(_ run: FlowRun) async throws(FlowServiceError) -> RunRecord? {
        if let record = kept[run.id] { return record }
        if recordsNoFiles { return nil }
        let record = try await service.recordedFiles(of: run.id)
        if run.status.isOver {
            kept[run.id] = record
            recordsNoFiles = record == nil
        }
        return record
    }

    /// Forgets what was recorded of a run.
    ///
    /// - Returns: whether there was anything, so that there may be news.
    func forget(_ run: Identifier<FlowRun>) -> Bool { kept.removeValue(forKey: run) != nil }
}

/// The folders of runs that were found by listing, for a while.
private actor FolderListings {
    private static let keeping = Duration.seconds(30)

    private struct Place: Hashable {
        var location: String
        var prefix: String
    }

    /// What was listed below a prefix.
    private struct Listing {
        var folders: Set<String> = []
        /// The folder of each manifest, by its name.
        var manifests: [String: String] = [:]
        let since = ContinuousClock.now
    }

    private var listings: [Place: Listing] = [:]

    /// The folder of a run: the one in which its manifest is, else the one that the rule says.
    func folder(of run: FlowRun, by rule: RunFolderRule, in storage: any Storage) async throws -> String {
        let listing = try await listing(below: rule.prefix, in: storage)
        return listing.manifests[Manifest.fileName(flow: run.flowID, run: run.id)]
            ?? rule.folder(of: run, among: listing.folders)
    }

    private func listing(below prefix: String, in storage: any Storage) async throws -> Listing {
        let place = Place(location: storage.location, prefix: prefix)
        if let listing = listings[place], ContinuousClock.now - listing.since < Self.keeping {
            return listing
        }
        var listing = Listing()
        for try await object in storage.objects(prefix: prefix) {
            let path = object.key.text
            guard let slash = path.lastIndex(of: "/") else { continue }
            let folder = String(path[..<slash])
            listing.folders.insert(folder)
            let name = String(path[path.index(after: slash)...])
            if Manifest.isFileName(name) { listing.manifests[name] = folder }
        }
        listings[place] = listing
        return listing
    }
}
