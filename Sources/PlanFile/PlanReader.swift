// From a TOML document to a plan. Each part checks its own keys; what may stand under them is asked of
// ExportDomain.
import ExportDomain
import FoundationEssentials
import Languages
import TOMLText

struct PlanReader {
    let document: TOMLDocument
    let file: String
    let specs: [ConnectionSpec]
    let now: Date

    func plan() throws(PlanFileError) -> ExportPlan {
        let top = PlanTable(document: document, file: file, name: nil, values: document.root)
        let destination = try table("destination", of: top, example: "[destination] with its name")
        let schedule = try table("schedule", of: top, example: "[schedule] with its mode, start and end")
        let notifications = try top.values["notifications"].map { _ throws(PlanFileError) in
            try table("notifications", of: top, example: "")
        }
        try checkSecrets([top, destination, schedule] + [notifications].compactMap { $0 })
        try checkKeys(of: top, known: PlanKeys.top)
        try checkKeys(of: schedule, known: PlanKeys.schedule)
        return ExportPlan(
            name: try top.text("name", example: "name = \"Nightly backup\""),
            datasets: try datasets(top), destination: try self.destination(destination),
            schedule: try self.schedule(schedule), folderTemplate: try folderTemplate(top),
            malformedRecords: try malformedRecords(top),
            notifications: try notifications.map { table throws(PlanFileError) in
                try self.notifications(table)
            })
    }

    private func table(
        _ name: String, of top: PlanTable, example: String
    ) throws(PlanFileError) -> PlanTable {
        switch top.values[name] {
        case nil: throw top.missing(name, example: example)
        case .table(let values)?: return PlanTable(document: document, file: file, name: name, values: values)
        case let other?: throw top.wrongType(name, expected: Text("a table"), found: other)
        }
    }

    // MARK: Keys

    /// Secrets are refused before anything else, so that no other sentence hides that one is in the file.
    private func checkSecrets(_ tables: [PlanTable]) throws(PlanFileError) {
        let forms = specs.flatMap { $0.authSpecs + [$0.targetSpec] }
        let secrets = Set(
            forms.flatMap(\.spec.properties).filter { $0.value.format == "password" }.map {
                $0.key.lowercased()
            })
        for table in tables {
            if let key = table.values.keys.sorted().first(where: { secrets.contains($0.lowercased()) }) {
                throw table.error(key) { .secret($0) }
            }
        }
    }

    private func checkKeys(of table: PlanTable, known: [String]) throws(PlanFileError) {
        guard let unknown = table.values.keys.sorted().first(where: { !known.contains($0) }) else { return }
        throw table.error(unknown) { .unknownKey($0, hint(for: unknown, known: known, table: table.name)) }
    }

    /// A key after `[schedule]` that was meant for the top is the commonest slip in TOML.
    private func hint(for key: String, known: [String], table: String?) -> PlanFileError.Hint {
        let everywhere: [(String?, [String])] = [
            (nil, PlanKeys.top), ("destination", PlanKeys.destination + parameterKeys),
            ("schedule", PlanKeys.schedule), ("notifications", PlanKeys.notifications),
        ]
        if let home = everywhere.first(where: { $0.0 != table && $0.1.contains(key) }) {
            return .belongs(in: home.0)
        }
        return Suggestion.nearest(to: key, among: known).map { .didYouMean($0) } ?? .known(known)
    }

    private var parameterKeys: [String] {
        Set(specs.flatMap { $0.targetForm.fields().map(\.id) }).sorted()
    }

    // MARK: Top

    private func datasets(_ top: PlanTable) throws(PlanFileError) -> [String] {
        let names = try top.texts(
            "datasets", expected: Text("a list of names or ids in quotes"),
            example: "datasets = [\"Web events\"]")
        if names.contains("") { throw top.error("datasets") { .empty($0) } }
        return names
    }

    private func folderTemplate(_ top: PlanTable) throws(PlanFileError) -> FolderTemplate {
        guard let text = try top.text("folder") else { return .standard }
        do {
            return try FolderTemplate(text)
        } catch {
            throw top.error("folder") { .folder($0, error) }
        }
    }

    private func malformedRecords(_ top: PlanTable) throws(PlanFileError) -> MalformedRecords {
        try top.choice("malformedRecords", among: MalformedRecords.allCases.map { ($0.rawValue, $0) })
            ?? .fail
    }

    // MARK: Destination

    private func destination(_ table: PlanTable) throws(PlanFileError) -> ExportPlan.Destination {
        let specName = try table.text("spec")
        let spec = specs.first { $0.name == specName }
        if let specName, spec == nil {
            throw table.error("spec") { .notAChoice($0, value: specName, choices: specs.map(\.name)) }
        }
        let parameterKeys = spec?.targetForm.fields().map(\.id) ?? parameterKeys
        try checkKeys(of: table, known: PlanKeys.destination + parameterKeys)
        var parameters: [String: JSONValue] = [:]
        for key in parameterKeys { parameters[key] = try parameter(key, of: table) }
        if let spec { try check(parameters, with: spec, table: table) }
        return ExportPlan.Destination(
            name: try table.text("name", example: "name = \"Backups\""),
            description: try table.text("description") ?? "", spec: spec?.name,
            account: try table.text("account"), parameters: parameters)
    }

    private func parameter(_ key: String, of table: PlanTable) throws(PlanFileError) -> JSONValue? {
        switch table.values[key] {
        case nil: return nil
        case .text(let text)?: return .string(text)
        case .integer(let number)?: return .integer(number)
        case .number(let number)?: return .number(number)
        case .bool(let flag)?: return .bool(flag)
        case let other?:
            throw table.wrongType(
                key, expected: Text("text in quotes, a number, true or false"), found: other)
        }
    }

    /// What is missing is no problem here: the destination may exist and be used by its name.
    private func check(
        _ parameters: [String: JSONValue], with spec: ConnectionSpec, table: PlanTable
    ) throws(PlanFileError) {
        let problems = spec.targetForm.problems(in: parameters.mapValues(FormAnswer.value))
        for key in parameters.keys.sorted() {
            if let problem = problems[key] { throw table.error(key) { .field($0, problem) } }
        }
    }

    // MARK: Notifications

    private func notifications(_ table: PlanTable) throws(PlanFileError) -> FlowNotifications {
        try checkKeys(of: table, known: PlanKeys.notifications)
        let choices = FlowNotifications.Occasion.allCases
        let words = try table.texts(
            "on", expected: Text("a list of words in quotes"), example: "on = [\"failure\", \"missed\"]")
        var occasions: Set<FlowNotifications.Occasion> = []
        for word in words {
            guard let occasion = FlowNotifications.Occasion(rawValue: word) else {
                throw table.error("on") { .notAChoice($0, value: word, choices: choices.map(\.rawValue)) }
            }
            occasions.insert(occasion)
        }
        let command = try table.texts(
            "command", expected: Text("a list of a program and its arguments, in quotes"),
            example: "command = [\"/usr/local/bin/tell\", \"me@example.com\"]")
        if command.first == "" { throw table.error("command") { .empty($0) } }
        return FlowNotifications(on: occasions, command: command)
    }

    // MARK: Schedule

    private func schedule(_ table: PlanTable) throws(PlanFileError) -> Schedule {
        let mode = try table.choice("mode", among: ExportMode.byWord) ?? .incremental
        let schedule = Schedule(
            mode: mode, frequency: try frequency(table, mode: mode), start: try start(table, mode: mode),
            end: try table.instant("end"),
            missed: try table.choice("missed", among: MissedOccurrences.allCases.map { ($0.rawValue, $0) })
                ?? .catchUp)
        if let problem = schedule.problems(now: now).first {
            throw table.error(key(of: problem)) { key in
                problem == .endMissing
                    ? .endMissing(key, proposed: Schedule.proposedEnd(forStart: schedule.start))
                    : .schedule(key, problem)
            }
        }
        return schedule
    }

    private func start(_ table: PlanTable, mode: ExportMode) throws(PlanFileError) -> Date {
        if let start = try table.instant("start") { return start }
        if mode == .full { return now.wholeMinute }
        throw table.missing("start", example: "start = \(now.wholeMinute.rfc3339), the first export")
    }

    private func frequency(_ table: PlanTable, mode: ExportMode) throws(PlanFileError) -> ExportFrequency {
        let proposed = mode.frequencies.first ?? .once
        let word =
            try table.choice("frequency", among: ExportFrequency.words.map { ($0, $0) }) ?? proposed.word
        let interval = try table.integer("interval")
        switch (word, interval) {
        case ("hourly", let hours?): return .hourly(every: hours)
        case ("hourly", nil):
            let hours = ExportFrequency.offeredHours.map(String.init).joined(separator: ", ")
            throw table.missing("interval", example: "interval = 6, the hours between exports (\(hours))")
        // The Flow Service's own intervals of a daily and of a single export.
        case ("daily", nil), ("daily", 1): return .daily
        case ("once", nil), ("once", 0): return .once
        default: throw table.error("interval") { .intervalNotUsed($0, frequency: word) }
        }
    }

    private func key(of problem: ScheduleProblem) -> String {
        switch problem {
        case .frequencyNotAllowed: "frequency"
        case .hoursNotAccepted: "interval"
        case .endMissing, .endsBeforeStart, .endIsPast: "end"
        }
    }
}
