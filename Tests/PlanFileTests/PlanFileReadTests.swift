// What a plan file says, and what a plan without some of it means.
import ExportDomain
import Foundation
import PlanFile
import Testing

/// The instant at which the plans of these tests are read.
let now = Date(timeIntervalSince1970: 1_790_000_123.5)  // 2026-09-21T14:15:23.5Z

func date(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Date {
    guard let date = Date(rfc3339: text) else {
        Issue.record("\(text) is not RFC 3339", sourceLocation: sourceLocation)
        return .distantPast
    }
    return date
}

@Suite("Reading a plan file")
struct PlanFileReadTests {
    static let example = """
        name = "Nightly backup"
        datasets = ["Web events", "65a0f0c2b1d2e3f405162738"]     # names or ids
        folder = "%DATASET_ID%/%EXPORT_TIME%"

        [destination]
        name = "Backups"
        spec = "Data Landing Zone"
        account = "Archive"
        description = "For the auditors"
        path = "backups"
        datasetFileType = "JSON"
        compression = "GZIP"
        includeFileManifest = true

        [schedule]
        mode = "incremental"
        frequency = "daily"
        interval = 1
        start = 2026-12-01T06:00:00Z
        end = 2027-06-01T06:00:00Z
        """

    static let plan = ExportPlan(
        name: "Nightly backup", datasets: ["Web events", "65a0f0c2b1d2e3f405162738"],
        destination: ExportPlan.Destination(
            name: "Backups", description: "For the auditors", spec: "Data Landing Zone", account: "Archive",
            parameters: [
                "path": "backups", "datasetFileType": "JSON", "compression": "GZIP",
                "includeFileManifest": true,
            ]),
        schedule: Schedule(
            mode: .incremental, frequency: .daily, start: date("2026-12-01T06:00:00Z"),
            end: date("2027-06-01T06:00:00Z")))

    static func read(_ text: String) throws -> ExportPlan {
        try PlanFile.read(text: text, name: "plan.toml", now: now)
    }

    /// A plan whose schedule is the given lines.
    static func schedule(_ lines: String) throws -> Schedule {
        try read("name = \"a\"\ndatasets = [\"b\"]\n[destination]\nname = \"c\"\n[schedule]\n" + lines)
            .schedule
    }

    @Test("A whole plan is read as it is written, whatever its line ends")
    func wholePlan() throws {
        #expect(try Self.read(Self.example) == Self.plan)
        #expect(try Self.read(Self.example.replacing("\n", with: "\r\n")) == Self.plan)
    }

    @Test("A full export of a destination that exists needs four lines, and is due now")
    func smallestPlan() throws {
        let plan = try Self.read(
            """
            name = "Once"
            datasets = ["Web events"]
            destination.name = "Backups"
            schedule.mode = "full"
            """)
        #expect(
            plan
                == ExportPlan(
                    name: "Once", datasets: ["Web events"],
                    destination: ExportPlan.Destination(name: "Backups"),
                    schedule: Schedule(mode: .full, frequency: .once, start: date("2026-09-21T14:15:00Z"))))
    }

    @Test("A plan without a mode is incremental, and without a frequency daily")
    func defaults() throws {
        let schedule = try Self.schedule("start = 2026-12-01T06:00:00Z\nend = 2027-06-01T06:00:00Z")
        #expect(schedule == Self.plan.schedule)
    }

    @Test("Every hour step that Experience Platform takes can be planned", arguments: [3, 6, 8, 9, 12])
    func hourly(hours: Int) throws {
        let schedule = try Self.schedule(
            """
            frequency = "hourly"
            interval = \(hours)
            start = 2026-12-01T06:00:00Z
            end = 2027-06-01T06:00:00Z
            """)
        #expect(schedule.frequency == .hourly(every: hours))
    }

    @Test(
        "An instant may be a TOML date-time or RFC 3339 text, with any offset, and loses its fraction",
        arguments: [
            "2026-12-01T06:00:00Z", "2026-12-01 06:00:00Z", "2026-12-01T08:30:00+02:30",
            "2026-11-30T22:00:00-08:00", "2026-12-01T06:00:00.75Z", "\"2026-12-01T06:00:00Z\"",
            "\"2026-12-01T08:00:00.5+02:00\"",
        ])
    func instants(start: String) throws {
        let schedule = try Self.schedule("mode = \"full\"\nstart = \(start)")
        #expect(schedule.start == date("2026-12-01T06:00:00Z"))
    }

    @Test("Malformed records fail a run unless they are to be skipped")
    func malformedRecords() throws {
        #expect(try Self.read(Self.example).malformedRecords == .fail)
        #expect(try Self.read("malformedRecords = \"skip\"\n" + Self.example).malformedRecords == .skip)
        #expect(try Self.read("malformedRecords = \"fail\"\n" + Self.example).malformedRecords == .fail)
    }

    @Test("A destination may be described in part: it may exist already")
    func partOfADestination() throws {
        let plan = try Self.read(
            """
            name = "a"
            datasets = ["b"]
            [destination]
            name = "Bucket"
            spec = "Amazon S3"
            bucketName = "acme-exports"
            [schedule]
            mode = "full"
            """)
        #expect(plan.destination.parameters == ["bucketName": "acme-exports"])
    }
}
