// A schedule and its folders as `scheduleParams`, and back.
import ExportDomain
import FoundationEssentials
import Languages

extension ScheduleParameters {
    /// A schedule with its folders.
    ///
    /// - Parameters:
    ///   - schedule: when is exported.
    ///   - folders: where to.
    ///   - current: what the dataflow has now; whatever is not known of it stays.
    public init(
        _ schedule: Schedule, folders: FolderTemplate,
        changing current: ScheduleParameters = ScheduleParameters()
    ) {
        self = current
        set(\.exportMode, to: schedule.mode.rawValue)
        switch schedule.frequency {
        case .once:
            set(\.timeUnit, to: "day")
            set(\.interval, to: 0)
        case .daily:
            set(\.timeUnit, to: "day")
            set(\.interval, to: 1)
        case .hourly(let hours):
            set(\.timeUnit, to: "hour")
            set(\.interval, to: hours)
        }
        set(\.startTime, to: EpochSeconds(schedule.start))
        set(\.endTime, to: schedule.end.map(EpochSeconds.init))
        set(\.foldernameTemplate, to: folders.text)
        // Experience Platform does not know it: it is said only where it differs from what is always done.
        if schedule.missed != .catchUp || (try? self.missedOccurrences) != nil {
            set(\.missedOccurrences, to: schedule.missed.rawValue)
        }
    }

    /// The schedule.
    ///
    /// - Throws: `WireError` for a mode or unit that this version does not know, and where the start is missing.
    public func schedule() throws(WireError) -> Schedule {
        Schedule(
            mode: try mode(), frequency: try frequency(), start: try require(\.startTime).date,
            end: try self.endTime?.date, missed: try missed())
    }

    /// The folders of a run; the standard where none are given.
    ///
    /// - Throws: `WireError` for a template that cannot be read.
    public func folders() throws(WireError) -> FolderTemplate {
        guard let text = try self.foldernameTemplate else { return .standard }
        do { return try FolderTemplate(text) } catch {
            throw invalid(\.foldernameTemplate, error.text)
        }
    }

    /// The folders of a run as a platform has accepted them, with whatever macros it knows.
    public func acceptedFolders() throws(WireError) -> FolderTemplate {
        try self.foldernameTemplate.map(FolderTemplate.init(accepted:)) ?? .standard
    }

    private func mode() throws(WireError) -> ExportMode {
        // Dataflows from before there were modes export incrementally.
        guard let word = try self.exportMode else { return .incremental }
        guard let mode = ExportMode(rawValue: word.uppercased()) else {
            throw invalid(\.exportMode, Text("“\(word.shown)” is not a mode that this version knows"))
        }
        return mode
    }

    private func missed() throws(WireError) -> MissedOccurrences {
        guard let word = try self.missedOccurrences else { return .catchUp }
        guard let missed = MissedOccurrences(rawValue: word.lowercased()) else {
            throw invalid(\.missedOccurrences, Text("they are to “catch-up” or “skip”, not “\(word.shown)”"))
        }
        return missed
    }

    private func frequency() throws(WireError) -> ExportFrequency {
        let count = try self.interval ?? 1
        guard (0...10_000).contains(count) else {
            throw invalid(\.interval, Text("nothing is due every \(count)"))
        }
        if count == 0 { return .once }
        let unit = try require(\.timeUnit)
        switch unit.lowercased() {
        case "day" where count == 1: return .daily
        case "day": return .hourly(every: count * 24)
        case "hour": return .hourly(every: count)
        default: throw invalid(\.timeUnit, Text("“\(unit.shown)” is not a unit that this version knows"))
        }
    }
}
