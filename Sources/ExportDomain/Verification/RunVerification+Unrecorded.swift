// What can be said of the folder of a run whose platform records no files: Experience Platform counts what it writes,
// and says no more unless there is a manifest.
import FoundationEssentials
import Languages

extension RunVerification {
    /// Compares what is in a folder with the counts of a run, no manifest being there that could be read.
    ///
    /// Nothing says which files there should be, so that none is missing and none is extra; only their sums can differ.
    /// - Parameters:
    ///   - run: the run; while it goes on, nothing is compared, since counts and listing were not taken at one instant.
    ///   - layout: its folder.
    ///   - listed: all files of the folder.
    ///   - promisesManifest: whether the flow's file options include one.
    ///   - isShared: whether other runs may write into the folder, so that the sums say nothing.
    public init(
        of run: FlowRun, in layout: ExportLayout, listed: [ExportedFile], promisesManifest: Bool,
        isShared: Bool
    ) {
        let manifestPath = layout.path(of: Manifest.fileName(flow: run.flowID, run: run.id))
        let state: FileVerification.State = run.status.isOver ? .present : .arrived
        self.init(
            folder: layout.folder,
            files: listed.map {
                FileVerification(file: $0, state: state, isManifest: Manifest.isFileName($0.name))
            }.sorted { $0.file.path < $1.file.path }, findings: [])
        if let index = files.firstIndex(where: { $0.file.path == manifestPath }) {
            if run.status.isOver {
                files[index].state = .differs
                findings.append(.manifestDiffers(path: manifestPath, reason: Text("cannot be read")))
            }
        } else if promisesManifest, run.status == .success {
            findings.append(.manifestMissing(path: manifestPath))
        }
        guard run.status == .success, !isShared else { return }
        let written = files.filter { !$0.isManifest }.map(\.file)
        compare(.files, written.count, with: run.metrics.outputFiles)
        // A platform that has not counted what it wrote repeats what it read.
        if run.metrics.outputBytes != run.metrics.inputBytes {
            compare(.bytes, written.reduce(0) { $0 + $1.bytes }, with: run.metrics.outputBytes)
        }
    }

    /// Compares the rows of all files of a run with its count.
    public mutating func compareRows(_ rows: Int, with run: FlowRun) {
        guard run.status == .success else { return }
        compare(.records, rows, with: run.metrics.outputRecords)
    }

    private mutating func compare(
        _ quantity: VerificationFinding.Quantity, _ found: Int, with expected: Int?
    ) {
        guard let expected, expected != found else { return }
        findings.append(.total(folder: folder, of: quantity, expected: expected, found: found))
    }
}
