// A platform on a home folder of its own, with a clock that the test sets, and the data it works on.
import DestinationStorages
import ExportDomain
import Foundation
import ObjectStorage
import Synchronization
import TestFiles
import Transfer

@testable import EmbeddedPlatform

/// A folder that is removed when nobody needs it any more.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let base = FileManager.default.temporaryDirectory.path
        path = "\(base)/sluice-tests-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file below the folder, and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// The paths of all files below the folder, relative to it, sorted.
    func files(below name: String = "") -> [String] {
        let root = name.isEmpty ? path : "\(path)/\(name)"
        let entries = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return entries.filter { entry in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(entry)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }
        .sorted()
    }
}

/// A clock that shows what the test wants.
final class TestClock: Sendable {
    private let instant: Mutex<Clocks.Instant>

    init(_ text: String = "2026-01-15T06:00:00Z") {
        instant = Mutex(Clocks.Instant(now: Date(rfc3339: text) ?? .distantPast, uptime: 0))
    }

    /// The time of day; when it is set forward, time passes.
    var now: Date {
        get { instant.withLock { $0.now } }
        set {
            instant.withLock {
                $0.uptime += max(0, Int64(newValue.timeIntervalSince($0.now) * 1_000))
                $0.now = newValue
            }
        }
    }

    /// Milliseconds in which time has passed.
    var uptime: Int64 { instant.withLock { $0.uptime } }

    /// Puts the time of day forward or back, without any time passing.
    func step(by seconds: TimeInterval) {
        instant.withLock { $0.now += seconds }
    }
}

extension Patience {
    /// None.
    static let oneAttempt = Patience(policy: .none)
}

/// A platform and what surrounds it.
struct TestPlatform: Sendable {
    let folder: TemporaryFolder
    let clock: TestClock
    let platform: EmbeddedPlatform

    init(
        folder: TemporaryFolder? = nil, clock: TestClock = TestClock(),
        storage: (@Sendable (Home) -> any Storage)? = nil,
        settings: (@Sendable (DestinationSettings) throws -> Void)? = nil,
        patience: Patience = .standard, environment: [String: String] = [:],
        observe: @escaping @Sendable (PlatformEvent) -> Void = { _ in },
        notificationTimeLimit: Duration = Notifier.standardTimeLimit
    ) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        self.clock = clock
        let home = try Home(path: folder.path + "/home")
        var configuration = Self.configuration(clock, environment: environment)
        configuration.patience = patience
        configuration.observe = observe
        configuration.notificationTimeLimit = notificationTimeLimit
        if let storage = storage?(home) {
            configuration.makeStorage = {
                try settings?($1)
                return storage
            }
        }
        platform = try EmbeddedPlatform(home: home, configuration: configuration)
    }

    /// A platform in memory, and a folder for the files of its datasets.
    init(inMemory clock: TestClock) throws {
        folder = try TemporaryFolder()
        self.clock = clock
        platform = try EmbeddedPlatform(inMemory: Self.configuration(clock))
    }

    /// Settings with the test's clock, and keys that are made quickly.
    static func configuration(
        _ clock: TestClock, environment: [String: String] = [:]
    ) -> EmbeddedPlatform.Configuration {
        var configuration = EmbeddedPlatform.Configuration(environment: environment, now: { clock.now })
        configuration.uptime = { clock.uptime }
        configuration.keyDerivationRounds = 1 << 10
        return configuration
    }

    /// Where a file of the landing zone is.
    func localPath(of path: String) -> String { "\(landingZone)/\(path)" }

    /// The path of the landing zone.
    var landingZone: String { folder.path + "/home/landing-zone" }

    /// The files in the landing zone, also hidden ones.
    var published: [String] { folder.files(below: "home/landing-zone") }

    /// Adds a dataset of some files with some records each.
    func addDataset(
        _ name: String, files: Int = 2, records: Int = 3
    ) async throws -> EmbeddedPlatform.AddedDataset {
        let paths = try (0..<files).map { file in
            try folder.write(Self.lines(file: file, records: records), to: "\(name)/data-\(file).ndjson")
        }
        return EmbeddedPlatform.AddedDataset(
            dataset: try await platform.lake.add(name: name, paths: paths).dataset, paths: paths)
    }

    static func lines(file: Int, records: Int) -> String {
        (0..<records).map { #"{"file":\#(file),"record":\#($0),"name":"Zoë 日本 🎉"}"# + "\n" }.joined()
    }

    /// Makes a destination in the landing zone.
    func addDestination(
        path: String = "backups", manifest: Bool = true, fileType: DatasetFileType = .json
    ) async throws -> TargetConnection {
        try await platform.createDestination(
            ExportPlan.Destination(
                name: "Backups \(path)", spec: "Data Landing Zone",
                parameters: [
                    "path": .string(path), "datasetFileType": .string(fileType.rawValue),
                    "compression": "GZIP",
                    "includeFileManifest": .bool(manifest),
                ]), specs: try await platform.connectionSpecs())
    }

    /// Makes a flow of datasets.
    func addFlow(
        _ datasets: [Dataset], to target: TargetConnection? = nil, schedule: Schedule? = nil,
        template: FolderTemplate = .standard, malformedRecords: MalformedRecords = .fail
    ) async throws -> Flow {
        let destination = if let target { target } else { try await addDestination() }
        return try await platform.createFlow(
            from: ExportPlan(
                name: "Nightly", datasets: datasets.map(\.name),
                destination: ExportPlan.Destination(name: destination.draft.name),
                schedule: schedule ?? Schedule(mode: .full, frequency: .once, start: clock.now),
                folderTemplate: template, malformedRecords: malformedRecords), datasets: datasets,
            destination: destination, specs: try await platform.connectionSpecs())
    }

    /// A daily schedule that starts now.
    var daily: Schedule {
        Schedule(
            mode: .incremental, frequency: .daily, start: clock.now,
            end: clock.now.addingTimeInterval(30 * 86_400))
    }
}

extension EmbeddedPlatform {
    /// A dataset with the files that it was made from.
    struct AddedDataset: Sendable {
        var dataset: Dataset
        var paths: [String]
    }
}

/// Runs a program that knows nothing of ours, and gives what it printed.
func output(of program: String, _ arguments: String...) throws -> String {
    try output(of: program, arguments)
}

/// Runs a program that knows nothing of ours, and gives what it printed.
func output(of program: String, _ arguments: [String]) throws -> String {
    let ran = try Program.run(program, arguments)
    guard ran.status == 0 else { throw ProgramFailure(program: program, status: ran.status) }
    return ran.text
}

/// A program that ended with an error.
struct ProgramFailure: Error {
    let program: String
    let status: Int32
}

/// Waits until something holds, at most two minutes: other tests may keep the machine busy.
func until(_ condition: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<2_400 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(50))
    }
    return false
}
