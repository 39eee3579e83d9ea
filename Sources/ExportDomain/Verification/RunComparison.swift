// Expected against found: what the record and the manifest of a run promise, and what the storage lists.
import FoundationEssentials
import Languages

/// The comparison of one run's record with its folder, of which one file after the other is found.
///
/// It holds what the record has and what differs; a folder full of other files takes no more.
public struct RunComparison: Sendable {
    /// So many files that no run wrote are named; of the others there is a count.
    static let namedExtras = 1_000

    private let run: FlowRun
    private let layout: ExportLayout
    private let recorded: [ExportedFile]
    private let places: [String: Int]
    private let promisesManifest: Bool
    private let ofOtherRuns: Set<String>

    /// The sizes found of the recorded files, in their order.
    private var foundBytes: [Int?]
    private var extras: [ExportedFile] = []
    private var unnamedExtras = 0
    /// The manifest, if it was found.
    public private(set) var manifestFile: ExportedFile?

    /// Begins a comparison.
    /// - Parameters:
    ///   - run: the run; while it goes on, nothing is missing and nothing is extra, since record and
    ///     listing were not taken at one instant.
    ///   - folder: its folder, relative to the root of the storage.
    ///   - recorded: the files that the run record has.
    ///   - promisesManifest: whether the flow's file options include one.
    ///   - ofOtherRuns: paths that other runs wrote into the same folder.
    public init(
        run: FlowRun, folder: String, recorded: [ExportedFile], promisesManifest: Bool,
        ofOtherRuns: Set<String> = []
    ) {
        self.run = run
        layout = ExportLayout(folder: folder)
        self.recorded = recorded
        places = Dictionary(zip(recorded.map(\.path), recorded.indices)) { first, _ in first }
        self.promisesManifest = promisesManifest
        self.ofOtherRuns = ofOtherRuns
        foundBytes = Array(repeating: nil, count: recorded.count)
    }

    /// Takes a file that the storage has in the folder.
    public mutating func add(_ file: ExportedFile) {
        if let place = places[file.path] {
            foundBytes[place] = file.bytes
        } else if file.path == manifestPath {
            manifestFile = file
        } else if !ofOtherRuns.contains(file.path) {
            if extras.count < Self.namedExtras { extras.append(file) } else { unnamedExtras += 1 }
        }
    }

    /// What has come of it, once all files were added.
    /// - Parameter manifest: the manifest read back from the storage; nil where it is not there or is none.
    public func outcome(manifest: Manifest?) -> RunVerification {
        var outcome = RunVerification(folder: layout.folder, files: [], findings: [])
        compareRecorded(&outcome)
        noteExtras(&outcome)
        compareManifest(manifest, &outcome)
        outcome.files.sort { $0.file.path < $1.file.path }
        outcome.findings.sort { $0.path < $1.path }
        return outcome
    }

    private var manifestPath: String { layout.path(of: Manifest.fileName(flow: run.flowID, run: run.id)) }

    private func compareRecorded(_ outcome: inout RunVerification) {
        for (file, found) in zip(recorded, foundBytes) {
            if found == file.bytes {
                outcome.files.append(FileVerification(file: file, state: .present))
            } else if found != nil || run.status.isOver {
                outcome.files.append(FileVerification(file: file, state: .differs))
                outcome.findings.append(
                    found.map { .size(path: file.path, expected: file.bytes, found: $0) }
                        ?? .missing(path: file.path))
            }
        }
    }

    private func noteExtras(_ outcome: inout RunVerification) {
        let state: FileVerification.State = run.status.isOver ? .differs : .arrived
        outcome.files += extras.map { FileVerification(file: $0, state: state) }
        guard run.status.isOver else { return }
        outcome.findings += extras.map { .extra(path: $0.path) }
        if unnamedExtras > 0 {
            outcome.findings.append(.moreExtra(folder: layout.folder, count: unnamedExtras))
        }
    }

    private func compareManifest(_ manifest: Manifest?, _ outcome: inout RunVerification) {
        if let manifestFile {
            let reason = manifest.map { $0.difference(from: recorded, run: run) } ?? Text("cannot be read")
            let state: FileVerification.State =
                if !run.status.isOver { .arrived } else { reason == nil ? .present : .differs }
            outcome.files.append(FileVerification(file: manifestFile, state: state, isManifest: true))
            if let reason, state == .differs {
                outcome.findings.append(.manifestDiffers(path: manifestPath, reason: reason))
            }
        } else if promisesManifest, run.status == .success {
            outcome.findings.append(.manifestMissing(path: manifestPath))
        }
    }
}

extension Manifest {
    /// How the manifest differs from the record of its run, in words; nil where it does not.
    func difference(from recorded: [ExportedFile], run: FlowRun) -> Text? {
        if flowRunId != run.id { return Text("names the run \(flowRunId)") }
        if let time = run.scheduledTime?.rfc3339, time != scheduledTime {
            return Text("names the scheduled time \(scheduledTime) instead of \(time)")
        }
        let listed = Set(exportResults.map { ExportedFile(path: $0.path, bytes: $0.size) })
        let expected = Set(recorded.map { ExportedFile(path: $0.path, bytes: $0.bytes) })
        if let unlisted = expected.subtracting(listed).min(by: { $0.path < $1.path }) {
            return Text("does not list \(unlisted.name) with \(Text.bytes(unlisted.bytes))")
        }
        if let unknown = listed.subtracting(expected).min(by: { $0.path < $1.path }) {
            return Text(
                "lists \(unknown.name) with \(Text.bytes(unknown.bytes)), which the run did not write")
        }
        return nil
    }
}

extension Manifest.ExportResult {
    /// The file's path in the storage, without a leading slash.
    public var path: String { FolderPath.join(sinkPath, name) }
}
