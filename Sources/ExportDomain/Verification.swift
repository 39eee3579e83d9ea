// Expected against found: what the record and the manifest of a run promise, and what the storage has.
import FoundationEssentials

/// What is known of one run's files.
public struct RunVerification: Sendable, Hashable {
    /// The run's folder, relative to the root of the storage.
    public var folder: String
    /// Every file that was recorded or found there, sorted by path.
    public var files: [FileVerification]
    /// What is wrong, in the order of the files; empty when everything is as it should be.
    public var findings: [VerificationFinding]

    /// Takes the outcome of a comparison.
    public init(folder: String, files: [FileVerification], findings: [VerificationFinding]) {
        self.folder = folder
        self.files = files
        self.findings = findings
    }
}

/// One file of a run's folder.
public struct FileVerification: Sendable, Hashable {
    /// The file as it is, or as it should be where it is missing.
    public var file: ExportedFile
    /// Whether it is as it should be.
    public var state: State
    /// Whether it is the run's manifest.
    public var isManifest: Bool

    /// How a file compares with what was promised.
    public enum State: Sendable, Hashable {
        /// Promised and there, with the promised size.
        case present
        /// There; the run goes on, so nothing is promised yet.
        case arrived
        /// Differs from what was promised, as the findings say.
        case differs
    }

    /// Describes a file.
    public init(file: ExportedFile, state: State, isManifest: Bool = false) {
        self.file = file
        self.state = state
        self.isManifest = isManifest
    }
}

/// One difference between what was promised and what is there.
public enum VerificationFinding: Sendable, Hashable, CustomStringConvertible {
    /// A file that the run wrote is not there.
    case missing(path: String)
    /// A file has another size than the run wrote.
    case size(path: String, expected: Int, found: Int)
    /// A file is there that no run wrote.
    case extra(path: String)
    /// The manifest was promised and is not there.
    case manifestMissing(path: String)
    /// The manifest does not say what the run record says.
    case manifestDiffers(path: String, reason: String)

    /// The word by which scripts tell findings apart.
    public var kind: String {
        switch self {
        case .missing: "missing"
        case .size: "size"
        case .extra: "extra"
        case .manifestMissing: "manifest-missing"
        case .manifestDiffers: "manifest-differs"
        }
    }

    /// The file.
    public var path: String {
        switch self {
        case .missing(let path), .size(let path, _, _), .extra(let path), .manifestMissing(let path),
            .manifestDiffers(let path, _):
            path
        }
    }

    /// The difference in one sentence.
    public var description: String {
        switch self {
        case .missing(let path): "\(path) was exported and is no longer there: export again"
        case .size(let path, let expected, let found):
            "\(path) has \(found) bytes and was exported with \(expected): export again"
        case .extra(let path): "\(path) was not written by this flow: find out who did"
        case .manifestMissing(let path): "\(path), the manifest, is not there: export again"
        case .manifestDiffers(let path, let reason): "\(path), the manifest, \(reason)"
        }
    }
}

extension RunVerification {
    /// Compares the record of a run with its folder.
    /// - Parameters:
    ///   - run: the run; while it goes on, nothing is missing and nothing is extra, since record and
    ///     listing were not taken at one instant.
    ///   - folder: its folder, relative to the root of the storage.
    ///   - recorded: the files that the run record has.
    ///   - promisesManifest: whether the flow's file options include one.
    ///   - found: what the storage has in the folder.
    ///   - ofOtherRuns: paths that other runs wrote into the same folder.
    ///   - manifest: the manifest read back from the storage; nil where it is not there or cannot be read.
    public static func compare(
        run: FlowRun, folder: String, recorded: [ExportedFile], promisesManifest: Bool,
        found: [ExportedFile], ofOtherRuns: Set<String> = [], manifest: Manifest? = nil
    ) -> RunVerification {
        let layout = ExportLayout(folder: folder)
        let manifestPath = layout.path(of: Manifest.fileName(flow: run.flowID, run: run.id))
        let foundByPath = Dictionary(found.map { ($0.path, $0) }) { first, _ in first }
        let recordedPaths = Set(recorded.map(\.path))
        var files: [FileVerification] = []
        var findings: [VerificationFinding] = []

        for file in recorded {
            let there = foundByPath[file.path]
            if let there, there.bytes == file.bytes {
                files.append(FileVerification(file: file, state: .present))
            } else if there != nil || run.status.isOver {
                files.append(FileVerification(file: file, state: .differs))
                findings.append(
                    there.map { .size(path: file.path, expected: file.bytes, found: $0.bytes) }
                        ?? .missing(path: file.path))
            }
        }
        for file in found
        where !recordedPaths.contains(file.path) && file.path != manifestPath
            && !ofOtherRuns.contains(file.path)
        {
            files.append(FileVerification(file: file, state: run.status.isOver ? .differs : .arrived))
            if run.status.isOver { findings.append(.extra(path: file.path)) }
        }
        if let found = foundByPath[manifestPath] {
            let reason = manifest.map { $0.difference(from: recorded, run: run) } ?? "cannot be read"
            let state: FileVerification.State =
                if !run.status.isOver { .arrived } else { reason == nil ? .present : .differs }
            files.append(FileVerification(file: found, state: state, isManifest: true))
            if let reason, state == .differs {
                findings.append(.manifestDiffers(path: manifestPath, reason: reason))
            }
        } else if promisesManifest, run.status == .success {
            findings.append(.manifestMissing(path: manifestPath))
        }
        return RunVerification(
            folder: layout.folder, files: files.sorted { $0.file.path < $1.file.path },
            findings: findings.sorted { $0.path < $1.path })
    }
}

extension Manifest {
    /// How the manifest differs from the record of its run, in words; nil where it does not.
    func difference(from recorded: [ExportedFile], run: FlowRun) -> String? {
        if flowRunId != run.id { return "names the run \(flowRunId)" }
        if let time = run.scheduledTime?.rfc3339, time != scheduledTime {
            return "names the scheduled time \(scheduledTime) instead of \(time)"
        }
        let listed = Set(exportResults.map { ExportedFile(path: $0.path, bytes: $0.size) })
        let expected = Set(recorded.map { ExportedFile(path: $0.path, bytes: $0.bytes) })
        if let unlisted = expected.subtracting(listed).min(by: { $0.path < $1.path }) {
            return "does not list \(unlisted.name) with \(unlisted.bytes) bytes"
        }
        if let unknown = listed.subtracting(expected).min(by: { $0.path < $1.path }) {
            return "lists \(unknown.name) with \(unknown.bytes) bytes, which the run did not write"
        }
        return nil
    }
}

extension Manifest.ExportResult {
    /// The file's path in the storage, without a leading slash.
    public var path: String { FolderPath.join(sinkPath, name) }
}
