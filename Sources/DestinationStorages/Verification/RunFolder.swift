// The folder of one run, listed and compared with what the run has promised.
import ExportDomain
import FoundationEssentials
import ObjectStorage

/// The folder of a run in the storage of its destination.
public struct RunFolder: Sendable {
    private let run: FlowRun
    private let record: RunRecord
    private let layout: ExportLayout
    private let storage: any Storage
    private let root: String

    /// What is larger has not been written as a manifest: this one would list a million files.
    private static let largestManifest = 256 << 20

    /// Names a folder; nothing is read yet.
    /// - Parameters:
    ///   - record: what the platform has recorded of the run's files.
    ///   - root: what stands before the paths of its destination where people read them.
    public init(of run: FlowRun, _ record: RunRecord, in storage: any Storage, root: String) {
        self.run = run
        self.record = record
        layout = ExportLayout(folder: record.folder)
        self.storage = storage
        self.root = root
    }

    /// Compares what was recorded with what is there; folder and findings name paths as people write them.
    ///
    /// Where the platform has recorded no files, the manifest says which there should be, else the counts of the run
    /// how many.
    /// - Throws: `StorageError` where the storage cannot be listed or read, `CancellationError`.
    public func verification(
        depth: VerificationDepth, onProgress: @escaping @Sendable (VerificationProgress) -> Void
    ) async throws -> RunVerification {
        try await comparison(depth, onProgress).written(below: root)
    }

    private func comparison(
        _ depth: VerificationDepth, _ onProgress: @escaping @Sendable (VerificationProgress) -> Void
    ) async throws -> RunVerification {
        if let recorded = record.files {
            let verification = try await comparison(with: recorded)
            return try await looking(into: verification, depth, onProgress, comparesRows: false)
        }
        var listed: [ExportedFile] = []
        for try await object in storage.objects(prefix: prefix) where isRightInside(object) {
            listed.append(ExportedFile(object))
        }
        let manifestFile = listed.first { $0.path == manifestPath }
        guard let manifest = try await manifest(manifestFile)?.placed(in: layout.folder) else {
            let verification = RunVerification(
                of: run, in: layout, listed: listed, promisesManifest: record.manifestPath != nil,
                isShared: record.isFolderShared)
            return try await looking(
                into: verification, depth, onProgress, comparesRows: !record.isFolderShared)
        }
        let ofOthers = record.isFolderShared ? try await namedByOtherManifests(listed) : []
        var comparison = RunComparison(
            run: run, folder: layout.folder, recorded: manifest.files, promisesManifest: true,
            ofOtherRuns: ofOthers)
        for file in listed { comparison.add(file) }
        return try await looking(
            into: comparison.outcome(manifest: manifest), depth, onProgress, comparesRows: true)
    }

    /// Compares recorded files with the listing, of which no more is held than differs.
    private func comparison(with recorded: [ExportedFile]) async throws -> RunVerification {
        var comparison = RunComparison(
            run: run, folder: layout.folder, recorded: recorded,
            promisesManifest: record.manifestPath != nil, ofOtherRuns: record.filesOfOtherRuns)
        for try await object in storage.objects(prefix: prefix) where isRightInside(object) {
            comparison.add(ExportedFile(object))
        }
        return comparison.outcome(manifest: try await manifest(comparison.manifestFile))
    }

    private var manifestPath: String { layout.path(of: Manifest.fileName(flow: run.flowID, run: run.id)) }

    private var prefix: String { layout.folder.isEmpty ? "" : layout.folder + "/" }

    /// Whether an object is right in the folder, and not in one below it.
    private func isRightInside(_ object: StoredObject) -> Bool {
        !object.key.text.utf8.dropFirst(prefix.utf8.count).contains(UInt8(ascii: "/"))
    }

    /// Adds what is found in the contents of the files that are there.
    private func looking(
        into verification: RunVerification, _ depth: VerificationDepth,
        _ onProgress: @escaping @Sendable (VerificationProgress) -> Void, comparesRows: Bool
    ) async throws -> RunVerification {
        guard depth > .listing else { return verification }
        let present = verification.files.filter { $0.state == .present && !$0.isManifest }
        let contents = try await ContentsVerification(storage: storage, depth: depth, onProgress: onProgress)
            .contents(of: present.map(\.file))
        var verification = verification
        verification.add(contents.findings)
        if comparesRows, let rows = contents.rows { verification.compareRows(rows, with: run) }
        return verification
    }

    /// The manifest that was found; nil if it is none.
    private func manifest(_ file: ExportedFile?) async throws -> Manifest? {
        guard let file, file.bytes <= Self.largestManifest else { return nil }
        do {
            return try Manifest(json: try await storage.bytes(of: try StorageKey(file.path)))
        } catch is DecodingError {
            return nil
        } catch StorageError.notFound {
            return nil
        }
    }

    /// The files that other manifests in the folder name, and these themselves.
    private func namedByOtherManifests(_ listed: [ExportedFile]) async throws -> Set<String> {
        var paths: Set<String> = []
        for file in listed where Manifest.isFileName(file.name) && file.path != manifestPath {
            guard let manifest = try await manifest(file)?.placed(in: layout.folder) else { continue }
            paths.insert(file.path)
            paths.formUnion(manifest.files.map(\.path))
        }
        return paths
    }
}

extension ExportedFile {
    /// The object as a file.
    fileprivate init(_ object: StoredObject) {
        self.init(path: object.key.text, bytes: Int(object.size))
    }
}
