// An export that a limit of the bandwidth holds back for some seconds, so that something can be done to it meanwhile:
// records that hardly compress, and a server of SFTP.
import Foundation
import TestFiles
import TestServers
import Testing

/// What is exported slowly.
enum SlowExport {
    static let parts = 8
    static let rows = 4_000

    /// What `ExportedFolder` tells of all of it, once and whole.
    static let wholeFacts = "\(parts * rows) {1} 1 True []"
}

extension Sluice {
    /// Adds “Records”: files of some 600 kB together when they are compressed.
    func addSlowRecords() throws {
        let lake = try TemporaryFolder()
        for part in 0..<SlowExport.parts {
            let lines = (0..<SlowExport.rows).map {
                #"{"part":\#(part),"n":\#($0),"text":"\#(UUID().uuidString)"}"#
            }
            _ = try lake.write("part-\(part).json", lines.joined(separator: "\n") + "\n")
        }
        let added = try self("datasets", "add", "Records", lake.path)
        try #require(added.status == 0, Comment(rawValue: added.errors))
    }

    /// Sets a server of SFTP up as the destination “Nightly”.
    func add(_ destination: RealDestination, secretsIn folder: TemporaryFolder) throws {
        let server = try #require(destination.server)
        let added = try Sluice.run(
            try Sluice.path,
            [
                "destinations", "add", destination.kind.rawValue, "--name", "Nightly",
                "--host-key=\(try server.fingerprint())", "--home", home.path,
                "datasetFileType=JSON", "compression=GZIP", "includeFileManifest=true",
            ] + destination.arguments(secretsIn: folder))
        try #require(added.status == 0, Comment(rawValue: added.errors))
    }

    /// A run, as commands list it.
    struct ListedRun: Decodable {
        var id: String
        var status: String
    }

    /// The runs of a dataflow, as another process sees them.
    func listedRuns(of flow: String) throws -> [ListedRun] {
        let listed = try self("runs", "list", flow, "--json")
        try #require(listed.status == 0, Comment(rawValue: listed.errors))
        return try JSONDecoder().decode([ListedRun].self, from: Data(listed.output.utf8))
    }
}

/// Waits until something holds; fails after two minutes.
func wait(until holds: () throws -> Bool) throws {
    let end = Date(timeIntervalSinceNow: 120)
    while try !holds() {
        try #require(Date() < end, "It did not come")
        usleep(20_000)
    }
}
