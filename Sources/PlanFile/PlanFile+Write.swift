// From a plan to TOML, with the comments that let a person change it without a manual.
import ExportDomain
import FoundationEssentials
import Languages
import TOMLText

extension PlanFile {
    /// The plan as a file, in an order that never changes, with comments in a language.
    ///
    /// `read` gives the same plan back, as long as its instants are whole seconds and its parameters text,
    /// numbers, true or false, which is all that destinations ask for.
    public static func write(_ plan: ExportPlan, in language: Language = .english) -> String {
        PlanWriter(language: language).file(of: plan)
    }
}

/// The lines of a plan file.
private struct PlanWriter {
    /// That of the comments; keys and values are the same in all.
    let language: Language

    func file(of plan: ExportPlan) -> String {
        ([
            comment(
                Text(
                    "A plan of sluice. Check it with `sluice export --dry-run`, carry it out with `sluice export`."
                )),
            "",
            entry("name", text(plan.name)),
            comment(Text("Names or ids.")),
            "datasets = [",
        ] + plan.datasets.map { "    \(text($0))," } + [
            "]",
            comment(
                Text("The folders of each run, below the folder of the destination; / alone for none.")),
            entry("folder", text(plan.folderTemplate.text)),
            comment(
                Text(
                    "Records that are not JSON objects: \"fail\" publishes nothing, \"skip\" leaves them out."
                )),
            entry("malformedRecords", text(plan.malformedRecords.rawValue)),
            "",
        ] + destination(plan.destination) + [""] + schedule(plan.schedule)
            + (plan.notifications.map { [""] + notifications($0) } ?? []))
            .joined(separator: "\n") + "\n"
    }

    private func destination(_ destination: ExportPlan.Destination) -> [String] {
        var lines = [
            "[destination]",
            comment(
                Text("An existing destination of this name is used; otherwise it is made from what follows.")
            ),
            entry("name", text(destination.name)),
        ]
        if let spec = destination.spec { lines.append(entry("spec", text(spec))) }
        if let account = destination.account { lines.append(entry("account", text(account))) }
        if !destination.description.isEmpty {
            lines.append(entry("description", text(destination.description)))
        }
        for (key, value) in destination.parameters.sorted(by: { Self.order($0.key) < Self.order($1.key) }) {
            if let value = toml(value) { lines.append(entry(key, value, hint: Self.hints[key])) }
        }
        return lines
    }

    private func schedule(_ schedule: Schedule) -> [String] {
        var lines = [
            "[schedule]",
            comment(
                Text(
                    "\"incremental\": everything first, then what is new, daily or hourly. \"full\": everything, once."
                )),
            entry("mode", text(schedule.mode.word)),
            entry("frequency", text(schedule.frequency.word)),
        ]
        if case .hourly(let hours) = schedule.frequency {
            let offered = Text.list(ExportFrequency.offeredHours.map(String.init))
            lines.append(entry("interval", "\(hours)", hint: Text("hours: \(offered)")))
        }
        lines += [comment(Text("In UTC.")), entry("start", schedule.start.rfc3339)]
        if let end = schedule.end { lines.append(entry("end", end.rfc3339)) }
        lines += [
            comment(
                Text(
                    "Exports at whose time nothing ran: \"catch-up\" makes one for all of them, \"skip\" waits for the next."
                )),
            entry("missed", text(schedule.missed.rawValue)),
        ]
        return lines
    }

    private func notifications(_ notifications: FlowNotifications) -> [String] {
        let list = { (texts: [String]) in "[\(texts.map(text).joined(separator: ", "))]" }
        return [
            "[notifications]",
            comment(
                Text(
                    "\"failure\", \"success\", \"ending\" before the end date, \"missed\" when nothing ran at a time of the schedule."
                )),
            entry("on", list(notifications.orderedOccasions.map(\.rawValue))),
            comment(
                Text(
                    "The program and its arguments, run without a shell; the facts are in its environment, as SLUICE_…."
                )),
            entry("command", list(notifications.command)),
        ]
    }

    private static let hints = [
        "datasetFileType": Text("JSON or PARQUET"),
        "compression": Text("GZIP or NONE; JSON only GZIP"),
    ]

    /// Location first, then file options in the order in which they are asked for, then whatever else.
    private static func order(_ key: String) -> (Int, String) {
        let places = [
            "bucketName", "container", "path", "remotePath", "datasetFileType", "compression",
            "includeFileManifest",
        ]
        return (places.firstIndex(of: key) ?? places.count, key)
    }

    private func comment(_ words: Text) -> String { "# " + words.string(in: language) }

    private func entry(_ key: String, _ value: String, hint: Text? = nil) -> String {
        TOMLWriting.entry(key, value) + (hint.map { "  " + comment($0) } ?? "")
    }

    private func toml(_ value: JSONValue) -> String? {
        switch value {
        case .string(let string): text(string)
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .null, .array, .object: nil
        }
    }

    private func text(_ text: String) -> String { TOMLWriting.text(text) }
}
