// From a plan to TOML, with the comments that let a person change it without a manual.
import ExportDomain
import FoundationEssentials
import TOMLText

extension PlanFile {
    /// The plan as a file, in an order that never changes.
    ///
    /// `read` gives the same plan back, as long as its instants are whole seconds and its parameters text,
    /// numbers, true or false, which is all that destinations ask for.
    public static func write(_ plan: ExportPlan) -> String {
        ([
            "# A plan of sluice. Check it with `sluice export --dry-run`, carry it out with `sluice export`.",
            "",
            entry("name", text(plan.name)),
            "# Names or ids.",
            "datasets = [",
        ] + plan.datasets.map { "    \(text($0))," } + [
            "]",
            "# The folders of each run, below the folder of the destination; / alone for none.",
            entry("folder", text(plan.folderTemplate.text)),
            "# Records that are not JSON objects: \"fail\" publishes nothing, \"skip\" leaves them out.",
            entry("malformedRecords", text(plan.malformedRecords.rawValue)),
            "",
        ] + destination(plan.destination) + [""] + schedule(plan.schedule)
            + (plan.notifications.map { [""] + notifications($0) } ?? []))
            .joined(separator: "\n") + "\n"
    }

    private static func destination(_ destination: ExportPlan.Destination) -> [String] {
        var lines = [
            "[destination]",
            "# An existing destination of this name is used; otherwise it is made from what follows.",
            entry("name", text(destination.name)),
        ]
        if let spec = destination.spec { lines.append(entry("spec", text(spec))) }
        if let account = destination.account { lines.append(entry("account", text(account))) }
        if !destination.description.isEmpty {
            lines.append(entry("description", text(destination.description)))
        }
        for (key, value) in destination.parameters.sorted(by: { order($0.key) < order($1.key) }) {
            if let value = toml(value) { lines.append(entry(key, value) + (hints[key] ?? "")) }
        }
        return lines
    }

    private static func schedule(_ schedule: Schedule) -> [String] {
        var lines = [
            "[schedule]",
            "# \"incremental\": everything first, then what is new, daily or hourly. \"full\": everything, once.",
            entry("mode", text(schedule.mode.word)),
            entry("frequency", text(schedule.frequency.word)),
        ]
        if case .hourly(let hours) = schedule.frequency {
            lines.append(
                entry("interval", "\(hours)")
                    + "  # hours: \(ExportFrequency.offeredHours.map(String.init).joined(separator: ", "))")
        }
        lines += ["# In UTC.", entry("start", schedule.start.rfc3339)]
        if let end = schedule.end { lines.append(entry("end", end.rfc3339)) }
        lines += [
            "# Exports at whose time nothing ran: \"catch-up\" makes one for all of them, \"skip\" waits for the next.",
            entry("missed", text(schedule.missed.rawValue)),
        ]
        return lines
    }

    private static func notifications(_ notifications: FlowNotifications) -> [String] {
        let list = { (texts: [String]) in "[\(texts.map(text).joined(separator: ", "))]" }
        return [
            "[notifications]",
            "# \"failure\", \"success\", \"ending\" before the end date, \"missed\" when nothing ran at a time of the schedule.",
            entry("on", list(notifications.orderedOccasions.map(\.rawValue))),
            "# The program and its arguments, run without a shell; the facts are in its environment, as SLUICE_….",
            entry("command", list(notifications.command)),
        ]
    }

    private static let hints = [
        "datasetFileType": "  # JSON or PARQUET",
        "compression": "  # GZIP or NONE; JSON only GZIP",
    ]

    /// Location first, then file options in the order in which they are asked for, then whatever else.
    private static func order(_ key: String) -> (Int, String) {
        let places = [
            "bucketName", "container", "path", "remotePath", "datasetFileType", "compression",
            "includeFileManifest",
        ]
        return (places.firstIndex(of: key) ?? places.count, key)
    }

    private static func entry(_ key: String, _ value: String) -> String { TOMLWriting.entry(key, value) }

    private static func toml(_ value: JSONValue) -> String? {
        switch value {
        case .string(let string): text(string)
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .null, .array, .object: nil
        }
    }

    private static func text(_ text: String) -> String { TOMLWriting.text(text) }
}
