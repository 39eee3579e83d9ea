// `sluice verify`: what was promised against what is there.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import TerminalKit

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare what the runs of a flow exported with what is there.",
        discussion: """
            Compares names and sizes of files with the run record and the manifest. Exit status 3 where they \
            differ or a run failed.
            """)

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Only this run.", valueName: "id"))
    var run: String?

    @Argument(help: ArgumentHelp("Id or name of the flow.", valueName: "flow"))
    var flow: String

    func run() async throws {
        let platform = try home.openPlatform()
        let flow = try await platform.flow(named: flow)
        let runs = try await platform.allRuns(of: flow.id).filter { run == nil || $0.id.rawValue == run }
        if let run, runs.isEmpty {
            throw Failure(sentence: "The flow “\(flow.draft.name)” has no run “\(run)”.")
        }
        var results: [VerificationResult] = []
        for run in runs {
            results.append(VerificationResult(run, try await platform.verification(of: run)))
        }
        if output.json {
            try JSONText.print(results)
        } else {
            results.forEach { $0.printText() }
            if results.isEmpty {
                StandardError.write("sluice: The flow “\(flow.draft.name)” has not run yet.")
            }
        }
        if results.contains(where: \.differs) { throw ExitCode(ExitStatus.differences) }
    }
}

/// What verification found of one run.
struct VerificationResult: Encodable {
    var run: String
    var datasetId: String
    var status: String
    var folder: String
    var files: Int
    var bytes: Int
    var findings: [Finding]

    struct Finding: Encodable {
        var kind: String
        var path: String
        var message: String
    }

    init(_ run: FlowRun, _ verification: RunVerification) {
        self.run = run.id.rawValue
        datasetId = run.datasetID.rawValue
        status = run.status.word
        folder = verification.folder
        files = verification.files.count
        bytes = verification.files.reduce(0) { $0 + $1.file.bytes }
        findings = verification.findings.map {
            Finding(kind: $0.kind, path: $0.path, message: $0.description)
        }
        if run.status == .failed {
            let reason = run.metrics.errors.first?.message ?? "it failed without a reason"
            findings.append(Finding(kind: "failed-run", path: verification.folder, message: reason))
        }
    }

    var differs: Bool { !findings.isEmpty }

    func printText() {
        let sign = differs ? "! differs" : "✓ ok"
        print(
            "\(sign)  \(run)  \(status)  \(Formatting.count(files)) files  \(Formatting.bytes(bytes))  \(folder)/"
        )
        for finding in findings {
            print("    \(finding.kind): \(TextWidth.standard.sanitized(finding.message))")
        }
    }
}
