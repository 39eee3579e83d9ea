// A small world for the wizard: fixed ids, a fixed clock, names that try to break out of their cells.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

enum Fixture {
    /// The language of the sessions that are begun.
    @TaskLocal static var language = Language.english
    /// Whether the sessions that are begun only look.
    @TaskLocal static var isReadOnly = false

    /// 2026-11-23 21:04:30 UTC.
    static let now = Date(timeIntervalSince1970: 1_795_467_870)

    static func landingZone() throws -> ConnectionSpec {
        let catalog = try ConnectionSpecCatalog.embedded()
        return try required(catalog.destinations.first { $0.name == "Data Landing Zone" })
    }

    static func destinations() throws -> [TargetConnection] {
        let spec = try landingZone()
        return ["Backups", "東京 exports 🚀", "Old archive"].enumerated().map { index, name in
            TargetConnection(
                id: Identifier("00000000-0000-4000-8000-00000000000\(index)"),
                draft: TargetConnection.Draft(
                    name: name, connectionSpecID: spec.id,
                    baseConnectionID: "00000000-0000-4000-8000-0000000000ff",
                    parameters: [
                        "path": .string(["backups/nightly", "東京", "old"][index]), "datasetFileType": "JSON",
                        "compression": "GZIP", "includeFileManifest": .bool(index == 0),
                    ]),
                revision: revision(daysAgo: index))
        }
    }

    static let datasets = [
        Dataset(
            id: "65a0f0c2b1d2e3f405162701", name: "Loyalty members", description: "who collects points",
            format: "json", records: 12_000, bytes: 4_800_000, lastBatchAt: now.addingTimeInterval(-86_400)),
        Dataset(
            id: "65a0f0c2b1d2e3f405162702", name: "Order history", format: "json", records: 40_000,
            bytes: 21_000_000, lastBatchAt: now.addingTimeInterval(-3_600)),
        Dataset(
            id: "65a0f0c2b1d2e3f405162703", name: "Web events", description: "page views and purchases",
            format: "json", records: 120_000, bytes: 96_000_000, lastBatchAt: now.addingTimeInterval(-60)),
        Dataset(
            id: "65a0f0c2b1d2e3f405162704", name: "店舗一覧 👩‍👩‍👧 \u{1B}[31mred\u{1B}[0m\n\u{202E}evil",
            format: "json", records: 300, bytes: 64_000, lastBatchAt: now.addingTimeInterval(-600)),
    ]

    static func flow() throws -> Flow {
        Flow(
            id: "7a6e0000-0000-4000-8000-000000000001",
            draft: Flow.Draft(
                name: "Web events and 1 more to Backups", flowSpecID: try landingZone().flowSpecID,
                sourceConnectionID: "900d0000-0000-4000-8000-000000000001",
                targetConnectionID: "00000000-0000-4000-8000-000000000000",
                schedule: Schedule(
                    mode: .incremental, frequency: .daily, start: now.wholeMinute,
                    end: Schedule.proposedEnd(forStart: now.wholeMinute))),
            state: .enabled, revision: revision(daysAgo: 0))
    }

    /// One run that goes on, one that failed, one that is done.
    static func reports() -> [RunReport] {
        [
            report(
                1, dataset: 2, status: .processing,
                metrics: FlowRunMetrics(
                    startedAt: now.addingTimeInterval(-4), inputBytes: 48_000_000,
                    plannedInputBytes: 96_000_000,
                    outputBytes: 6_100_000, outputRecords: 61_234, inputFiles: 4, outputFiles: 1),
                files: [part(0, bytes: 3_050_123, records: 30_000, state: .arrived)]),
            report(
                2, dataset: 1, status: .failed,
                metrics: FlowRunMetrics(
                    startedAt: now.addingTimeInterval(-5), completedAt: now.addingTimeInterval(-4),
                    inputBytes: 21_000_000, plannedInputBytes: 21_000_000, outputBytes: 0, outputRecords: 0,
                    errors: [
                        FlowRunError(
                            code: "MALFORMED_RECORDS",
                            message:
                                "3 lines are not JSON objects, the first in part-00001.json, line 17: unexpected end. Mend the file, or set malformedRecords to skip."
                        )
                    ])),
            report(
                3, dataset: 0, status: .success,
                metrics: FlowRunMetrics(
                    startedAt: now.addingTimeInterval(-6), completedAt: now.addingTimeInterval(-5),
                    inputBytes: 4_800_000, plannedInputBytes: 4_800_000, outputBytes: 700_321,
                    outputRecords: 12_000,
                    inputFiles: 1, outputFiles: 1),
                files: [part(0, bytes: 700_321, records: 12_000, state: .present)]),
        ]
    }

    static func finishedReports() -> [RunReport] {
        [reports()[2]]
    }

    /// A run of which only the platform tells.
    static func unseenReports() -> [RunReport] {
        [
            RunReport(
                run: reports()[2].run,
                problem:
                    "This machine does not know the credentials of the account Archive: edit the destination and enter them, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            )
        ]
    }

    /// Three exports of two datasets: of the newest a file is gone, the one before failed, the oldest is as it should be.
    static func history() -> [RunReport] {
        (0..<3).flatMap { age in
            (0..<2).map { dataset in
                let time = now.wholeMinute.addingTimeInterval(-86_400 * Double(age))
                var report = report(
                    age * 2 + dataset + 1, dataset: dataset,
                    status: age == 1 && dataset == 1 ? .failed : .success,
                    metrics: FlowRunMetrics(
                        startedAt: time.addingTimeInterval(2), completedAt: time.addingTimeInterval(14),
                        inputBytes: 48_000_000, plannedInputBytes: 48_000_000, outputBytes: 6_100_000,
                        outputRecords: 20_000 * (3 - age), inputFiles: 30, outputFiles: 30,
                        errors: age == 1 && dataset == 1
                            ? [
                                FlowRunError(
                                    code: "DENIED", message: "The bucket takes nothing: ask for s3:PutObject."
                                )
                            ]
                            : []),
                    files: (0..<30).map { part($0, bytes: 203_333, records: 666, state: .present) })
                report.run.scheduledTime = time
                if age == 1, dataset == 1 { report.verification.files = [] }
                if age == 0, dataset == 0, let path = report.verification.files.first?.file.path {
                    report.verification.add([.missing(path: path)])
                }
                return report
            }
        }
    }

    private static func report(
        _ number: Int, dataset: Int, status: FlowRunStatus, metrics: FlowRunMetrics,
        files: [FileVerification] = []
    ) -> RunReport {
        let folder = "backups/nightly/\(datasets[dataset].id)/exportTime=202611232104"
        return RunReport(
            run: FlowRun(
                id: Identifier("5b0c0000-0000-4000-8000-00000000000\(number)"),
                flowID: "7a6e0000-0000-4000-8000-000000000001", datasetID: datasets[dataset].id,
                scheduledTime: now.wholeMinute, status: status, metrics: metrics,
                revision: revision(daysAgo: 0)),
            verification: RunVerification(
                folder: folder,
                files: files.map {
                    var file = $0
                    file.file.path = "\(folder)/\($0.file.path)"
                    return file
                }, findings: []))
    }

    private static func part(
        _ part: Int, bytes: Int, records: Int, state: FileVerification.State
    ) -> FileVerification {
        let name = PartFileName(
            part: part, transaction: 1_234_567_890_123_456_789, job: "3f2a1b0c-1111-4222-8333-444455556666",
            task: 17,
            fileExtension: "json.gz")
        return FileVerification(
            file: ExportedFile(path: name.description, bytes: bytes, records: records), state: state)
    }

    private static func revision(daysAgo: Int) -> Revision {
        let time = now.addingTimeInterval(-86_400 * Double(daysAgo))
        return Revision(createdAt: time, updatedAt: time, etag: "\"0\"")
    }

    private static func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }

    struct Missing: Error {}
}

extension DatasetListing {
    /// The first of so many datasets.
    init(_ datasets: [Dataset], of total: Int) {
        self.init()
        append(DatasetPage(items: datasets, start: 0, total: total))
    }
}

/// Drives a wizard as a person and a platform would.
struct Session {
    var wizard: Wizard
    var effects: [WizardEffect] = []
    var now = Fixture.now
    var size = Size(columns: 80, rows: 24)

    init(
        setting: Wizard.Setting = Wizard.Setting(
            platform: "embedded platform", place: Place(organizationName: "Acme", sandboxName: "prod"),
            timeZone: TimeZone(secondsFromGMT: 3_600) ?? .gmt, leavingStopsRuns: true,
            controlsRuns: true)
    ) {
        var setting = setting
        setting.language = Fixture.language
        setting.isReadOnly = Fixture.isReadOnly
        wizard = Wizard(setting)
    }

    /// A wizard whose catalogue and datasets are loaded.
    static func opened(destinations: [TargetConnection]? = nil) throws -> Session {
        var session = Session()
        session.send(.started)
        session.answer(
            .catalogue([try Fixture.landingZone()], try destinations ?? Fixture.destinations(), []))
        return session
    }

    /// The verification pane of a flow, with what runs it has.
    ///
    /// - Parameter change: what is to be otherwise in the wizard's setting.
    static func verifying(
        _ reports: [RunReport], change: (inout Wizard.Setting) -> Void = { _ in }
    ) throws -> Session {
        var setting = Session().wizard.setting
        change(&setting)
        var session = Session(setting: setting)
        session.send(.started)
        session.answer(.catalogue([try Fixture.landingZone()], try Fixture.destinations(), []))
        session.press(.character("f"))
        session.answer(.flows(try Fixture.flows()))
        session.press(.home, .enter)
        session.answer(.runs(reports))
        return session
    }

    /// A wizard in which a destination and some datasets were chosen, at Scheduling.
    static func scheduling() throws -> Session {
        var session = try opened()
        session.press(.enter)
        session.answer(.datasets(DatasetListing(Fixture.datasets, of: 4)))
        session.press(.down, .down, .character(" "), .character(" "), .enter)
        return session
    }

    mutating func send(_ event: WizardEvent) {
        effects = wizard.update(event, at: Moment(now: now, size: size))
    }

    mutating func press(_ keys: Key...) {
        for key in keys { send(.key(key)) }
    }

    mutating func type(_ text: String) {
        for character in text { send(.key(.character(character))) }
    }

    /// Answers the last request.
    mutating func answer(_ answer: WizardAnswer) {
        guard let token else { return }
        send(.answered(token: token, answer))
    }

    /// Reports that steps of the test under way passed, and then that it is over.
    mutating func reportTest(passed steps: [DestinationTestStep], then last: DestinationTestReport? = nil) {
        guard let token = wizard.setup?.test?.token else { return }
        for report in steps.map({ DestinationTestReport(step: $0, outcome: .passed(nil)) })
            + (last.map { [$0] } ?? [])
        {
            send(.answered(token: token, .tested(report)))
        }
        send(.answered(token: token, .testEnded))
    }

    /// The token of the last request or wake-up.
    var token: Int? {
        for effect in effects.reversed() {
            switch effect {
            case .request(_, let token), .wake(_, let token): return token
            case .cancel, .suspend, .quit, .usePlatform, .useMouse, .copy, .ringBell, .notify, .setTitle:
                continue
            }
        }
        return nil
    }

    /// The requests of the last event.
    var requests: [WizardRequest] {
        effects.compactMap { if case .request(let request, _) = $0 { request } else { nil } }
    }

    func lines(_ size: Size? = nil, theme: Theme = .standard) -> [String] {
        wizard.view(at: Moment(now: now, size: size ?? self.size), theme: theme).lines
    }

    /// Sees to it that the frame is as large as the window and goes nowhere beyond it, from tiny to huge.
    func expectFramesFit(sourceLocation: SourceLocation = #_sourceLocation) {
        for columns in stride(from: 1, through: 210, by: 11) {
            for rows in [1, 2, 5, 10, 16, 17, 24, 40, 60] {
                let lines = lines(Size(columns: columns, rows: rows))
                #expect(lines.count == rows, sourceLocation: sourceLocation)
                #expect(
                    lines.allSatisfy { TextWidth.standard.width(of: $0) <= columns },
                    sourceLocation: sourceLocation)
            }
        }
    }

    /// The frame as one text.
    var screen: String { lines().joined(separator: "\n") }
}
