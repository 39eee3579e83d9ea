// The lake of `sluice demo`: made once, from a seed.
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Glibc
import SampleLake

enum DemoLake {
    /// Files are made in a folder that is called by the process, so that another knows whose it is.
    private static let folderPrefix = "sample-"

    /// The home of the demo where none is given: beside the usual one, never in it.
    static var home: String? {
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["SLUICE_HOME"], !home.isEmpty { return home }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/sluice-demo" }
        return environment["HOME"].map { $0 + "/.local/share/sluice-demo" }
    }

    /// Removes what a demo that was killed has left half made.
    private static func removeLeftovers(in home: Home) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? []
        for name in names where name.hasPrefix(folderPrefix) {
            let isAlive = Int32(name.dropFirst(folderPrefix.count)).map { kill($0, 0) == 0 } ?? false
            if isAlive { continue }
            try? FileManager.default.removeItem(atPath: "\(home.path)/\(name)")
        }
    }

    /// Makes the sample datasets that the lake does not have yet.
    ///
    /// - Parameter names: the datasets that are made, of those that there are.
    static func prepare(
        _ platform: EmbeddedPlatform, home: Home, names: [String] = SampleLake.datasets.map(\.name)
    ) async throws {
        removeLeftovers(in: home)
        let existing = Set(try await platform.allExportableDatasets().map(\.name))
        for dataset in SampleLake.datasets
        where names.contains(dataset.name) && !existing.contains(dataset.name) {
            let folder = "\(home.path)/\(folderPrefix)\(getpid())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let files = try await SampleLake.generate(dataset, into: folder, now: Date())
            try await platform.lake.add(
                name: dataset.name, description: dataset.description,
                files: files.map { DataFile(path: $0) }, ownership: .move)
        }
    }

    /// Makes the smallest of the sample datasets, and exports them to the landing zone as somebody would have done
    /// before.
    static func exportSome(of platform: EmbeddedPlatform, home: Home) async throws {
        let names = SampleLake.datasets.sorted { $0.rows < $1.rows }.prefix(2).map(\.name)
        try await prepare(platform, home: home, names: names)
        let start = Date()
        let plan = ExportPlan(
            name: "Nightly backup", datasets: names,
            destination: ExportPlan.Destination(
                name: "Landing zone", spec: "Data Landing Zone",
                parameters: ["path": "backups", "datasetFileType": "JSON", "compression": "GZIP"]),
            schedule: Schedule(
                mode: .incremental, frequency: .daily, start: start,
                end: Schedule.proposedEnd(forStart: start)))
        let flow = try await platform.flow(for: plan)
        _ = try await platform.runDue(flow: flow.id)
    }
}
