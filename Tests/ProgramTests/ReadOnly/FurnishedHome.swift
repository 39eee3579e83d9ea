// A home folder with something of everything in it, and what is in a folder, byte by byte.
import Foundation
import TestFiles
import Testing

/// A program whose home has datasets, a destination, a flow and a run that is over.
struct FurnishedHome {
    let program: Sluice
    let inputs: TemporaryFolder
    /// The plan of its flow “Nightly”.
    let plan: String
    /// The id of its run.
    let run: String

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        let orders = try inputs.write("orders.json", "{\"n\":1}\n{\"n\":2}\n")
        for name in ["Orders", "Events"] {
            try #require(try program("datasets", "add", name, orders).status == 0)
        }
        plan = try inputs.wholePlan(named: "Nightly")
        let exported = try program("export", plan, "--json")
        try #require(exported.status == 0, Comment(rawValue: exported.errors))
        struct Runs: Decodable {
            struct Run: Decodable { var id: String }
            var runs: [Run]
        }
        let runs = try JSONDecoder().decode(Runs.self, from: Data(exported.output.utf8)).runs
        run = try #require(runs.first).id
    }
}

/// The files below a folder with what is in them, but for what SQLite keeps beside a database that is open.
func contents(of folder: String) -> [String: Data] {
    var all: [String: Data] = [:]
    for path in tree(folder) where !path.hasSuffix("-wal") && !path.hasSuffix("-shm") {
        all[path] = FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data()
    }
    return all
}
