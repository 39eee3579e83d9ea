// Looks for a secret wherever a program may have left it.
import Foundation
import TestFiles
import Testing

/// A run of the program whose secret must be seen nowhere.
struct GuardedRun {
    var status: Int32
    var output: String
    var errors: String
    /// What the list of processes showed of it while it ran: command lines and environments.
    var commandLines: Set<String>
}

extension Sluice {
    /// Runs `sluice` with a secret that it gets by a file, a variable or standard input, and then looks for the
    /// secret in all it has written and shown.
    func guarded(
        _ secret: String, _ arguments: [String], input: String = "", environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> GuardedRun {
        let folder = try TemporaryFolder()
        var all = ProcessInfo.processInfo.environment
        all["SLUICE_HOME"] = home.path
        all.merge(environment) { $1 }
        let files = ["output", "errors"].map { folder.file($0) }
        let process = try ChildProcess(
            [try Self.path] + arguments, environment: all, input: try folder.write(input, to: "input"),
            output: files[0], errors: files[1])
        let watch = ProcessWatch(process.id)
        let status = process.wait()
        let lines = watch.end()
        let run = GuardedRun(
            status: status, output: String(decoding: try folder.bytes(of: "output"), as: UTF8.self),
            errors: String(decoding: try folder.bytes(of: "errors"), as: UTF8.self), commandLines: lines)
        let search = SecretSearch([secret])
        #expect(search.forms(in: run.output).isEmpty, sourceLocation: sourceLocation)
        #expect(search.forms(in: run.errors).isEmpty, sourceLocation: sourceLocation)
        let given = Set(environment.map { "\($0)=\($1)" })
        for line in lines.flatMap({ $0.split(separator: "\0") }) where !given.contains(String(line)) {
            #expect(search.forms(in: String(line)).isEmpty, sourceLocation: sourceLocation)
        }
        try expectNowhere(secret, sourceLocation: sourceLocation)
        return run
    }

    /// Expects that no file of the home folder holds a secret.
    func expectNowhere(_ secret: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(SecretSearch([secret]).traces(below: home.path) == [], sourceLocation: sourceLocation)
    }
}
