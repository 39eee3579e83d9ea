// `sluice verify`: what was promised against what is there.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

struct VerifyCommand: AsyncParsableCommand, PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: Text("Compare what the runs of a flow exported with what is there.").said,
        discussion: Text(
            """
            Lists what is in the folders of the runs, and compares names and sizes with the run record and the \
            manifest. With --rows, the footers of Parquet files are read for their number of rows. With --deep, \
            every file is read back: gzip checksums and lengths, every line a JSON object, every page of Parquet \
            decoded, rows as recorded, and the SHA-256 of what was sent.

            With --repair, what differs of runs that succeeded is exported again under the same names, and compared \
            again. Files that nobody exported stay. A run that failed is made again by sluice runs retry.

            Exit status 3 where they differ or a run failed.
            """
        ).said(
            examples: "sluice verify \"Nightly backup\"",
            "sluice verify \"Nightly backup\" --deep --repair"))

    var effect: CommandEffect { repair ? .changes : .looks }

    @OptionGroup var profile: ProfileOption
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions

    @Option(help: ArgumentHelp(Text("Only this run."), valueName: "id"))
    var run: String?

    @Flag(help: ArgumentHelp(Text("Also compare the rows that the footers of Parquet files state.")))
    var rows = false

    @Flag(help: ArgumentHelp(Text("Read every file back, and check all that is in it.")))
    var deep = false

    @Flag(help: ArgumentHelp(Text("Export again what differs.")))
    var repair = false

    @Argument(help: ArgumentHelp(Text("Id or name of the flow."), valueName: "flow"), completion: .flowNames)
    var flow: String

    func run() async throws {
        let opened = try await openPlatform()
        let (platform, exports) = (opened.flowService, opened.exports)
        let flow = try await platform.flow(named: flow)
        let runs =
            if let run { [try await named(run, of: flow, on: platform)] } else {
                try await platform.allRuns(of: flow.id)
            }
        var results: [VerificationResult] = []
        for (number, run) in zip(1..., runs) {
            let verify = { (run: FlowRun) in
                try await verification(of: run, on: exports, as: Text("Run \(number) of \(runs.count)"))
            }
            var (run, found) = (run, try await verify(run))
            if repair, run.status == .success, !found.filesToExportAgain.isEmpty {
                run = try await exportAgain(found.filesToExportAgain, of: run, on: opened)
                found = try await verify(run)
            }
            let result = VerificationResult(run, found, expiry: FileExpiry(try await exports.expiry(of: run)))
            if !output.json { result.printText() }
            results.append(result)
        }
        if output.json { try JSONText.print(results) }
        if results.isEmpty {
            progress.tell(Text("The flow “\(flow.draft.name)” has not run yet."))
        }
        if results.contains(where: \.differs) { throw ExitCode(ExitStatus.differences) }
    }

    private func verification(
        of run: FlowRun, on exports: any StoredExports, as title: Text
    ) async throws -> RunVerification {
        let line = VerificationLine(progress.line, title: title)
        let found = try await exports.verification(
            of: run, depth: deep ? .contents : rows ? .rows : .listing
        ) { line.take($0) }
        line.clear()
        if let summary = line.summary { progress.tell(summary) }
        return found
    }

    /// Has files written again, and gives the run as it has become.
    private func exportAgain(
        _ files: [String], of run: FlowRun, on platform: Platform
    ) async throws -> FlowRun {
        try await platform.runControl.offering("exporting files again").exportAgain(files, of: run.id)
        try await platform.runHere(run.flowID)
        return try await platform.flowService.run(run.id)
    }

    private func named(_ id: String, of flow: Flow, on platform: any FlowService) async throws -> FlowRun {
        let found: FlowRun?
        do throws(FlowServiceError) {
            found = try await platform.run(Identifier(id))
        } catch .notFound {
            found = nil
        }
        guard let found, found.flowID == flow.id else {
            throw Failure(Text("The flow “\(flow.draft.name)” has no run “\(id)”."))
        }
        return found
    }
}

/// What verification found of one run.
struct VerificationResult: Encodable {
    var run: String
    /// Nil where the run is one of all datasets, and the platform names none.
    var datasetId: String?
    var status: String
    var folder: String
    var files: Int
    var bytes: Int
    /// When the service deletes the files by itself.
    var expiryTime: FileExpiry?
    var findings: [Finding]

    struct Finding: Encodable {
        var kind: String
        var path: String
        var message: String
        fileprivate var title: Text
        fileprivate var text: Text

        private enum CodingKeys: String, CodingKey { case kind, path, message }

        fileprivate init(_ title: Text, path: String, _ text: Text) {
            kind = title.english
            self.title = title
            self.path = path
            self.text = text
            message = text.english
        }
    }

    init(_ run: FlowRun, _ verification: RunVerification, expiry: FileExpiry?) {
        self.run = run.id.rawValue
        datasetId = run.namesDataset ? run.datasetID.rawValue : nil
        status = run.status.word
        folder = verification.folder
        files = verification.files.count
        bytes = verification.files.reduce(0) { $0 + $1.file.bytes }
        expiryTime = verification.files.isEmpty ? nil : expiry
        findings = verification.findings.map {
            Finding($0.title, path: $0.path, $0.text)
        }
        if run.status == .failed {
            let reason =
                run.metrics.errors.first?.text
                ?? Text("it failed without a reason")
            findings.append(Finding(Text("failed-run"), path: verification.folder, reason))
        }
    }

    var differs: Bool { !findings.isEmpty }

    func printText() {
        let sign = differs ? Text("! differs") : Text("✓ ok")
        PlainTable.print(
            line: Text(
                "\(sign)  \(run)  \(Text.state(status))  \(Text.files(files))  \(Formatting.bytes(bytes))  \(folder)/"
            ).said
        )
        if let expiryTime { print("    \(expiryTime.sentence().said)") }
        for finding in findings {
            print("    " + TextWidth.standard.sanitized(Text("\(finding.title): \(finding.text)").said))
        }
    }
}
