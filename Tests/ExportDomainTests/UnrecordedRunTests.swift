import ExportDomain
import Foundation
import Languages
import Testing

@Suite("A run whose platform records no files")
struct UnrecordedRunTests {
    private static let layout = ExportLayout(folder: "backups/65a0")
    private static let flow: Identifier<Flow> = "7a6e0000-0000-4000-8000-000000000001"
    private static let runID: Identifier<FlowRun> = "5b0c0000-0000-4000-8000-000000000001"
    private static var manifest: String { layout.path(of: Manifest.fileName(flow: flow, run: runID)) }

    private static func run(_ status: FlowRunStatus, files: Int?, bytes: Int?, read: Int? = 7) -> FlowRun {
        FlowRun(
            id: runID, flowID: flow, datasetID: "65a0", scheduledTime: nil, status: status,
            metrics: FlowRunMetrics(
                inputBytes: read, outputBytes: bytes, outputRecords: 12, outputFiles: files),
            revision: Revision(createdAt: .distantPast, updatedAt: .distantPast, etag: "\"1\""))
    }

    private static let files = ["a", "b"].map {
        ExportedFile(path: "backups/65a0/\($0).json.gz", bytes: 10)
    }

    @Test(
        "Files are as they should be where their sums are the run's, and no single one is missing or extra",
        arguments: [
            (FlowRunStatus.success, 2, 20, []), (.success, nil, nil, []),
            (.success, 3, 20, ["backups/65a0/ has 2 files and the run counts 3"]),
            (.success, 2, 21, ["backups/65a0/ has 20 bytes and the run counts 21"]),
            // As many bytes as were read: the platform has not counted what it wrote.
            (.success, 2, 7, []),
            (.failed, 3, 30, []), (.processing, 3, 30, []),
        ] as [(FlowRunStatus, Int?, Int?, [String])])
    func sums(status: FlowRunStatus, count: Int?, bytes: Int?, findings: [String]) {
        let verification = RunVerification(
            of: Self.run(status, files: count, bytes: bytes), in: Self.layout, listed: Self.files,
            promisesManifest: false, isShared: false)
        #expect(verification.files.map(\.file) == Self.files)
        let state: FileVerification.State = status.isOver ? .present : .arrived
        #expect(verification.files.allSatisfy { $0.state == state })
        #expect(verification.findings.count == findings.count)
        for (finding, words) in zip(verification.findings, findings) {
            #expect(finding.kind == "total" && finding.description.hasPrefix(words))
        }
    }

    @Test("In a folder that runs share, sums say nothing")
    func shared() {
        let verification = RunVerification(
            of: Self.run(.success, files: 9, bytes: 99), in: Self.layout, listed: Self.files,
            promisesManifest: false, isShared: true)
        #expect(verification.findings.isEmpty)
    }

    @Test("A manifest that was promised is missed, and one that cannot be read differs; neither is counted")
    func manifests() {
        let run = Self.run(.success, files: 2, bytes: 20)
        let without = RunVerification(
            of: run, in: Self.layout, listed: Self.files, promisesManifest: true, isShared: false)
        #expect(without.findings == [.manifestMissing(path: Self.manifest)])
        let broken = RunVerification(
            of: run, in: Self.layout, listed: Self.files + [ExportedFile(path: Self.manifest, bytes: 3)],
            promisesManifest: false, isShared: false)
        #expect(broken.findings == [.manifestDiffers(path: Self.manifest, reason: Text("cannot be read"))])
        #expect(broken.files.filter(\.isManifest).map(\.state) == [.differs])
    }

    @Test("Rows are compared with the run's count once it has succeeded", arguments: [12, 11])
    func rows(found: Int) {
        for status in [FlowRunStatus.success, .failed, .processing] {
            let run = Self.run(status, files: 2, bytes: 20)
            var verification = RunVerification(
                of: run, in: Self.layout, listed: Self.files, promisesManifest: false, isShared: false)
            verification.compareRows(found, with: run)
            #expect(verification.findings.isEmpty == (found == 12 || status != .success))
        }
    }

    @Test("Manifests are known by their names, whoever's they are")
    func manifestNames() {
        #expect(Manifest.isFileName(Manifest.fileName(flow: Self.flow, run: Self.runID)))
        for name in ["manifest.json", "manifest-a-b.json", "part-00000.json.gz", "x" + Self.manifest] {
            #expect(!Manifest.isFileName(name))
        }
    }

    @Test("A manifest lists the files beside it, however the platform names their folder")
    func placedManifest() throws {
        let text =
            #"{"flowRunId":"r","scheduledTime":"t","exportResults":[{"sinkPath":"/zone/in","name":"a","size":3}]}"#
        let manifest = try Manifest(json: Array(text.utf8)).placed(in: "in")
        #expect(manifest.files == [ExportedFile(path: "in/a", bytes: 3)])
    }
}
