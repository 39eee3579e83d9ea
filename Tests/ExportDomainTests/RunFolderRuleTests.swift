import ExportDomain
import Foundation
import Testing

@Suite("Which folder belongs to a run")
struct RunFolderRuleTests {
    private static func rule(
        _ template: String, _ frequency: ExportFrequency = .daily
    ) throws -> RunFolderRule {
        let start = try #require(Date(rfc3339: "2026-01-15T06:00:30Z"))
        return RunFolderRule(
            connectionFolder: "/backups/", template: try FolderTemplate(template),
            schedule: Schedule(
                mode: frequency == .once ? .full : .incremental, frequency: frequency, start: start,
                end: Date(rfc3339: "2026-06-15T06:00:00Z")),
            context: FolderContext(
                dataset: DatasetReference(id: "65a0", name: "Orders/2"), destination: "SFTP",
                instanceName: "Archive", instanceID: "1240",
                place: Place(organizationName: "Acme", sandboxName: "prod"), exportTime: start))
    }

    private static func run(startedAt: String?, scheduledFor: String? = nil) throws -> FlowRun {
        let created = try #require(Date(rfc3339: "2026-01-17T07:00:00Z"))
        return FlowRun(
            id: "5b0c", flowID: "7a6e", datasetID: "65a0",
            scheduledTime: scheduledFor.flatMap(Date.init(rfc3339:)),
            status: .success,
            metrics: FlowRunMetrics(startedAt: startedAt.flatMap(Date.init(rfc3339:))),
            revision: Revision(createdAt: created, updatedAt: created, etag: "\"1\""))
    }

    private static let mornings = [
        "backups/65a0/exportTime=202601150600", "backups/65a0/exportTime=202601160600",
        "backups/65a0/exportTime=202601170600",
    ]

    @Test(
        "It is that of the latest time that is not after the run's start, and not before its occurrence",
        arguments: [
            // On time, late, and much later than other runs.
            ("2026-01-16T06:00:31Z", mornings, "backups/65a0/exportTime=202601160600"),
            ("2026-01-16T11:59:59Z", mornings, "backups/65a0/exportTime=202601160600"),
            ("2026-01-17T06:00:30Z", mornings, "backups/65a0/exportTime=202601170600"),
            // Asked for by a person between two occurrences.
            (
                "2026-01-16T09:15:20Z", mornings + ["backups/65a0/exportTime=202601160915"],
                "backups/65a0/exportTime=202601160915"
            ),
            // Nothing was written since the occurrence: an earlier folder is that of another run.
            ("2026-01-18T06:10:00Z", mornings, "backups/65a0/exportTime=202601180600"),
            ("2026-01-16T06:00:31Z", [], "backups/65a0/exportTime=202601160600"),
            // Before the schedule begins there is only the start itself.
            ("2026-01-14T05:00:00Z", mornings, "backups/65a0/exportTime=202601140500"),
            // What is no folder of a run is passed over.
            (
                "2026-01-16T06:20:00Z",
                [
                    "backups/65a0/exportTime=202601160600/inside", "backups/65a0/exportTime=2026011606",
                    "backups/65a0/exportTime=202613160610", "backups/65a0/exportTime=x", "backups/65a0",
                    "other/65a0/exportTime=202601160610",
                ], "backups/65a0/exportTime=202601160600"
            ),
        ] as [(String, [String], String)])
    func byTime(start: String, folders: [String], expected: String) throws {
        let rule = try Self.rule("%DATASET_ID%/%EXPORT_TIME%")
        let run = try Self.run(startedAt: start)
        #expect(rule.certainFolder(of: run) == nil)
        #expect(rule.folder(of: run, among: folders) == expected)
    }

    @Test(
        "The time is read in any pattern, between any other words",
        arguments: [
            ("%DATETIME(YYYYMMdd_HHmmss)%", "backups/", "backups/20260116_060030"),
            (
                "%DESTINATION%_%DATASET_ID%_%DATETIME(YYYY-MM-dd)%", "backups/SFTP_65a0_",
                "backups/SFTP_65a0_2026-01-16"
            ),
            (
                "%EXPORT_TIME%/%DATASET_NAME%", "backups/", "backups/exportTime=202601160600/Orders%2F2"
            ),
            ("in/%DATETIME(dd.MM.YYYY)%/x", "backups/in/", "backups/in/16.01.2026/x"),
            (
                "%EXPORT_TIME%_%EXPORT_TIME%", "backups/",
                "backups/exportTime=202601160600_exportTime=202601160600"
            ),
        ])
    func patterns(template: String, prefix: String, folder: String) throws {
        let rule = try Self.rule(template)
        #expect(rule.prefix == prefix)
        let run = try Self.run(startedAt: "2026-01-16T06:04:00Z")
        let others = ["20260115_060030", "20260117_060030"].map { "backups/" + $0 }
        #expect(rule.folder(of: run, among: others + [folder]) == folder)
    }

    @Test("A run that says its time needs no search, nor does a template without one")
    func certain() throws {
        let run = try Self.run(startedAt: nil, scheduledFor: "2026-01-16T06:00:30Z")
        let rule = try Self.rule("%DATASET_ID%/%EXPORT_TIME%")
        #expect(rule.certainFolder(of: run) == "backups/65a0/exportTime=202601160600")
        let other = try Self.run(startedAt: nil)
        #expect(try Self.rule("%DATASET_ID%").certainFolder(of: other) == "backups/65a0")
        #expect(try Self.rule("/").certainFolder(of: other) == "backups")
        #expect(rule.certainFolder(of: other) == nil)
    }

    @Test(
        "The folder of a file that the platform names is below the connection's, whatever stands before that",
        arguments: [
            ("backups/65a0/exportTime=202601160600/m.json", "backups/65a0/exportTime=202601160600"),
            ("/backups/other/m.json", "backups/other"), ("/acme-exports/backups/65a0/m.json", "backups/65a0"),
            ("backups/backups/m.json", "backups/backups"), ("backups/m.json", "backups"),
            ("/backups2/65a0/m.json", nil), ("m.json", nil), ("", nil), ("backups", nil),
            ("backups/../../etc/m.json", nil), ("backups/a\u{1B}/m.json", nil),
        ] as [(String, String?)])
    func ofFile(path: String, folder: String?) throws {
        #expect(try Self.rule("%DATASET_ID%/%EXPORT_TIME%").folder(ofFile: path) == folder)
    }

    @Test("A run that does not say when it started is taken to have started when it was made")
    func withoutStart() throws {
        let rule = try Self.rule("%DATASET_ID%/%EXPORT_TIME%")
        #expect(
            rule.folder(of: try Self.run(startedAt: nil), among: Self.mornings)
                == "backups/65a0/exportTime=202601170600")
    }

    @Test("An export that happens once belongs to the folder of its start, or of a later wish")
    func once() throws {
        let rule = try Self.rule("%DATASET_ID%/%EXPORT_TIME%", .once)
        let run = try Self.run(startedAt: "2026-03-16T06:00:31Z")
        #expect(rule.folder(of: run, among: Self.mornings) == "backups/65a0/exportTime=202601170600")
        #expect(rule.folder(of: run, among: []) == "backups/65a0/exportTime=202601150600")
    }
}
