// The lake of `sluice demo`: made once, from a seed.
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import SampleLake

enum DemoLake {
    /// The home of the demo where none is given: beside the usual one, never in it.
    static var home: String? {
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["SLUICE_HOME"], !home.isEmpty { return home }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/sluice-demo" }
        return environment["HOME"].map { $0 + "/.local/share/sluice-demo" }
    }

    /// Makes the sample datasets that the lake does not have yet.
    static func prepare(_ platform: EmbeddedPlatform, home: Home) async throws {
        let existing = Set(try await platform.allExportableDatasets().map(\.name))
        for dataset in SampleLake.datasets where !existing.contains(dataset.name) {
            let folder = "\(home.path)/sample-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let files = try await SampleLake.generate(dataset, into: folder, now: Date())
            try await platform.lake.add(
                name: dataset.name, description: dataset.description,
                files: files.map { DataFile(path: $0) }, ownership: .move)
        }
    }
}
