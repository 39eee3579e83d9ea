// Which folder belongs to a run, where the platform says neither the folder nor, mostly, the scheduled time.
import FoundationEssentials

/// The rule by which the folder of a run is found.
///
/// The scheduled time is what the run says it is; else that of the folder whose name has the latest time that is not
/// after the run's start. A time before the latest occurrence of the schedule belongs to another run: where there is
/// no folder since, the run has written none yet, and its folder will be that of the occurrence.
public struct RunFolderRule: Sendable {
    private let connectionFolder: String
    private let template: FolderTemplate
    private let schedule: Schedule
    private let context: FolderContext

    /// Takes what the folders of a flow's runs follow from.
    /// - Parameters:
    ///   - connectionFolder: the folder path of the target connection.
    ///   - template: the template of the flow's schedule.
    ///   - schedule: the flow's schedule.
    ///   - context: what the macros become, of which the time is not used.
    public init(
        connectionFolder: String, template: FolderTemplate, schedule: Schedule, context: FolderContext
    ) {
        self.connectionFolder = connectionFolder
        self.template = template
        self.schedule = schedule
        self.context = context
    }

    /// The folder of a run, where that follows from what is known: its scheduled time, or a template that has no time.
    public func certainFolder(of run: FlowRun) -> String? {
        if let time = run.scheduledTime { return folder(at: time) }
        return template.dependsOnTime ? nil : folder(at: start(of: run))
    }

    /// The text with which the folders of all runs begin, up to the first macro that depends on the time.
    public var prefix: String { pieces.first ?? "" }

    /// The folder of a run among those whose names begin with `prefix`.
    public func folder(of run: FlowRun, among folders: some Sequence<String>) -> String {
        let start = start(of: run)
        let occurrence = schedule.latestOccurrence(notAfter: start)
        // As exactly as the template says times.
        let earliest = occurrence.flatMap { time(of: folder(at: $0)) } ?? .distantPast
        let times = folders.lazy.compactMap(time).filter { earliest <= $0 && $0 <= start }
        return folder(at: times.max() ?? occurrence ?? start)
    }

    /// The folder of a file that lies below the connection's folder; nil for another.
    ///
    /// - Parameter path: as the platform names it, perhaps with the bucket or container before it.
    public func folder(ofFile path: String) -> String? {
        let folders = Self.folders(of: path).dropLast()
        let own = Self.folders(of: connectionFolder)
        guard let start = folders.indices.first(where: { folders[$0...].starts(with: own) }) else {
            return nil
        }
        let folder = folders[start...].joined(separator: "/")
        do { try FolderPath.check(folder) } catch { return nil }
        return folder
    }

    /// Split by scalars, as storages do.
    private static func folders(of path: String) -> [String] {
        path.unicodeScalars.split(separator: "/").map { String($0) }
    }

    /// The folder of runs at a time.
    public func folder(at time: Date) -> String {
        var context = context
        context.exportTime = time
        return ExportLayout(connectionFolder: connectionFolder, template: template, context: context).folder
    }

    /// The time that a folder's name says; nil for a folder that is none of a run.
    func time(of folder: String) -> Date? {
        guard folder.hasPrefix(prefix), let pattern = template.timePattern else { return nil }
        let time = DateTimePattern.time(beginning: folder.dropFirst(prefix.count), pattern)
        return time.flatMap { self.folder(at: $0) == folder ? $0 : nil }
    }

    private func start(of run: FlowRun) -> Date { run.metrics.startedAt ?? run.revision.createdAt }

    /// What stands before, between and after the times.
    private var pieces: [String] {
        let mark: Character = "\0"
        let marked = template.expand(context) { _ in String(mark) }
        return FolderPath.join(connectionFolder, marked)
            .split(separator: mark, omittingEmptySubsequences: false).map(String.init)
    }
}
