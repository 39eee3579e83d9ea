// Expected against found.
import ExportDomain
import Foundation
import Languages
import Testing

@Suite("Verification")
struct VerificationTests {
    static let folder = "backups/a/exportTime=202601150600"
    static let one = ExportedFile(path: folder + "/part-1.json.gz", bytes: 10, records: 2)
    static let two = ExportedFile(path: folder + "/part-2.json.gz", bytes: 20, records: 4)
    static let manifestFile = ExportedFile(path: folder + "/manifest-flow-run.json", bytes: 99)
    static let manifest = Manifest(
        run: "run", scheduledTime: instant("2026-01-15T06:00:00Z"), folder: folder,
        files: [(one.name, one.bytes), (two.name, two.bytes)])

    static func compare(
        _ status: FlowRunStatus = .success, recorded: [ExportedFile] = [one, two],
        promisesManifest: Bool = true, found: [ExportedFile] = [one, two, manifestFile],
        ofOtherRuns: Set<String> = [], manifest: Manifest? = manifest
    ) -> RunVerification {
        let run = FlowRun(
            id: "run", flowID: "flow", datasetID: "a", scheduledTime: instant("2026-01-15T06:00:00Z"),
            status: status, revision: Revision(createdAt: .now, updatedAt: .now, etag: ""))
        var comparison = RunComparison(
            run: run, folder: folder, recorded: recorded, promisesManifest: promisesManifest,
            ofOtherRuns: ofOtherRuns)
        for file in found { comparison.add(file) }
        return comparison.outcome(manifest: manifest)
    }

    @Test("A run whose files and manifest are all there has no findings")
    func allThere() {
        let verification = Self.compare()
        #expect(verification.findings.isEmpty)
        #expect(verification.folder == Self.folder)
        #expect(verification.files.map(\.file) == [Self.manifestFile, Self.one, Self.two])
        #expect(verification.files.map(\.state) == [.present, .present, .present])
        #expect(verification.files.map(\.isManifest) == [true, false, false])
    }

    @Test("A run without a promised manifest needs none")
    func noManifestPromised() {
        #expect(
            Self.compare(promisesManifest: false, found: [Self.one, Self.two], manifest: nil).findings.isEmpty
        )
    }

    @Test("A file that is gone is missing")
    func missing() {
        let verification = Self.compare(found: [Self.two, Self.manifestFile])
        #expect(verification.findings == [.missing(path: Self.one.path)])
        #expect(verification.files.first { $0.file == Self.one }?.state == .differs)
    }

    @Test("A file of another size is found out, also when it is empty")
    func size() {
        let cut = ExportedFile(path: Self.one.path, bytes: 0)
        let verification = Self.compare(found: [cut, Self.two, Self.manifestFile])
        #expect(verification.findings == [.size(path: Self.one.path, expected: 10, found: 0)])
    }

    @Test("A file that no run wrote is extra, unless another run of the flow wrote it")
    func extra() {
        let other = ExportedFile(path: Self.folder + "/notes.txt", bytes: 1)
        let found = [Self.one, Self.two, Self.manifestFile, other]
        let verification = Self.compare(found: found)
        #expect(verification.findings == [.extra(path: other.path)])
        #expect(verification.files.first { $0.file == other }?.state == .differs)

        let shared = Self.compare(found: found, ofOtherRuns: [other.path])
        #expect(shared.findings.isEmpty)
        #expect(!shared.files.contains { $0.file == other })
    }

    @Test("Of a thousand strangers each is named, of all the others there is a count")
    func manyExtras() {
        let others = (0..<1_500).map { ExportedFile(path: "\(Self.folder)/x\($0)", bytes: 1) }
        let verification = Self.compare(found: [Self.one, Self.two, Self.manifestFile] + others)
        #expect(verification.findings.count == 1_001)
        #expect(verification.findings.contains(.moreExtra(folder: Self.folder, count: 500)))
    }

    @Test("What was found in a file's contents marks the file, in the order of the files")
    func contents() {
        var verification = Self.compare(found: [Self.one, Self.manifestFile])
        verification.add([.rows(path: Self.one.path, expected: 2, found: 1)])
        #expect(verification.findings.map(\.kind) == ["rows", "missing"])
        #expect(verification.files.first { $0.file == Self.one }?.state == .differs)
        #expect(verification.files.first(where: \.isManifest)?.state == .present)
    }

    @Test("A promised manifest that is gone is found out")
    func manifestMissing() {
        let verification = Self.compare(found: [Self.one, Self.two], manifest: nil)
        #expect(verification.findings == [.manifestMissing(path: Self.manifestFile.path)])
    }

    @Test("A failed run owes no manifest")
    func failed() {
        #expect(Self.compare(.failed, recorded: [], found: [], manifest: nil).findings.isEmpty)
    }

    static func manifest(
        run: Identifier<FlowRun> = "run", time: String = "2026-01-15T06:00:00Z",
        files: [(String, Int)] = [(one.name, 10), (two.name, 20)], folder: String = folder
    ) -> Manifest {
        Manifest(
            run: run, scheduledTime: instant(time), folder: folder,
            files: files.map { (name: $0.0, bytes: $0.1) })
    }

    @Test(
        "A manifest that does not say what the run record says is found out",
        arguments: [
            (nil, "cannot be read"),
            (manifest(run: "other"), "names the run other"),
            (
                manifest(time: "2026-01-16T06:00:00Z"),
                "names the scheduled time 2026-01-16T06:00:00Z instead of 2026-01-15T06:00:00Z"
            ),
            (manifest(files: [(one.name, 10)]), "does not list part-2.json.gz with 20 bytes"),
            (
                manifest(files: [(one.name, 10), (two.name, 20), ("part-3.json.gz", 1)]),
                "lists part-3.json.gz with 1 byte, which the run did not write"
            ),
            (
                manifest(files: [(one.name, 11), (two.name, 20)]),
                "does not list part-1.json.gz with 10 bytes"
            ),
            (manifest(folder: "elsewhere"), "does not list part-1.json.gz with 10 bytes"),
        ] as [(Manifest?, String)])
    func manifestDiffers(manifest: Manifest?, reason: String) {
        let verification = Self.compare(manifest: manifest)
        #expect(
            verification.findings.map(\.description) == ["\(Self.manifestFile.path), the manifest, \(reason)"]
        )
        #expect(verification.files.first(where: \.isManifest)?.state == .differs)
    }

    @Test(
        "While a run goes on, nothing is missing and nothing is extra: files arrive",
        arguments: [FlowRunStatus.processing, .waiting, .other("Queued")])
    func goingOn(status: FlowRunStatus) {
        let verification = Self.compare(
            status, recorded: [Self.one], found: [Self.one, Self.two], manifest: nil)
        #expect(verification.findings.isEmpty)
        #expect(verification.files.map(\.state) == [.present, .arrived])
    }

    @Test(
        "While a run goes on, a record that is ahead of the listing or behind the manifest is no difference")
    func goingOnWithALateView() {
        let ahead = Self.compare(.processing, found: [Self.one], manifest: nil)
        #expect(ahead.findings.isEmpty)
        #expect(ahead.files.map(\.file) == [Self.one])

        let behind = Self.compare(.processing, recorded: [Self.one])
        #expect(behind.findings.isEmpty)
        #expect(behind.files.first(where: \.isManifest)?.state == .arrived)
    }

    @Test("Findings come in the order of the files")
    func order() {
        let extra = ExportedFile(path: Self.folder + "/a.txt", bytes: 1)
        let verification = Self.compare(found: [extra, Self.two], manifest: nil)
        #expect(verification.findings.map(\.kind) == ["extra", "manifest-missing", "missing"])
        #expect(verification.findings.map(\.path) == verification.findings.map(\.path).sorted())
    }

    @Test(
        "Every finding names its file and says what to do",
        arguments: [
            (.missing(path: "a"), "missing", "a was exported and is no longer there: export again"),
            (
                .size(path: "a", expected: 2, found: 1), "size",
                "a has 1 byte and was exported with 2: export again"
            ),
            (.extra(path: "a"), "extra", "a was not written by this flow: find out who did"),
            (
                .moreExtra(folder: "a", count: 3), "extra",
                "a/ has 3 more files that were not written by this flow: export to a folder of its own"
            ),
            (
                .digest(path: "a", expected: "0123456789abcdef", found: "fedcba9876543210"), "digest",
                "a was changed since it was exported (SHA-256 fedcba987654… instead of 0123456789ab…): export again, and find out who changed it"
            ),
            (
                .rows(path: "a", expected: 2, found: 1), "rows",
                "a has 1 row and was exported with 2: export again"
            ),
            (
                .unreadable(path: "a", reason: Text("its gzip data end too early")), "unreadable",
                "a cannot be read back: its gzip data end too early; export again"
            ),
            (.manifestMissing(path: "a"), "manifest-missing", "a, the manifest, is not there: export again"),
            (
                .manifestDiffers(path: "a", reason: Text("cannot be read")), "manifest-differs",
                "a, the manifest, cannot be read"
            ),
        ] as [(VerificationFinding, String, String)])
    func sentences(finding: VerificationFinding, kind: String, sentence: String) {
        #expect(finding.kind == kind)
        #expect(finding.path == "a")
        #expect(finding.description == sentence)
    }
}
