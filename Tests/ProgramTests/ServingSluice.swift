// `sluice serve` as a process of its own.
import Foundation
import TestFiles

/// A server that runs until it is stopped, at the latest with the last reference to it.
final class ServingSluice {
    /// What it printed when it listened.
    struct Start: Decodable {
        var url: String
        var organization: String
        var client: String
        var sandboxes: [String]
        var token: String?
        var clientSecret: String?
    }

    let start: Start
    private let process: ChildProcess
    private let folder: TemporaryFolder
    private var status: Int32?

    struct NotListening: Error, CustomStringConvertible {
        var description: String
    }

    init(
        home: String, _ arguments: [String] = [], port: String = "0",
        environment others: [String: String] = [:]
    ) throws {
        folder = try TemporaryFolder()
        let output = try folder.write("", to: "output")
        let errors = try folder.write("", to: "errors")
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = home
        environment.merge(others) { $1 }
        let process = try ChildProcess(
            [try Sluice.path, "serve", "--port", port, "--json"] + arguments, environment: environment,
            output: output,
            errors: errors)
        self.process = process
        for _ in 0..<6_000 {
            if let start = try? JSONDecoder().decode(Start.self, from: Data(try folder.bytes(of: "output"))) {
                self.start = start
                return
            }
            if process.hasEnded { break }
            usleep(10_000)
        }
        process.send(SIGKILL)
        process.wait()
        throw NotListening(description: String(decoding: try folder.bytes(of: "errors"), as: UTF8.self))
    }

    deinit {
        if status == nil {
            process.send(SIGKILL)
            process.wait()
        }
    }

    /// The file with what it printed.
    var output: String { folder.file("output") }

    /// What it has written to standard error.
    var log: String { String(decoding: (try? folder.bytes(of: "errors")) ?? [], as: UTF8.self) }

    /// The number of its process.
    var id: pid_t { process.id }

    /// Sends a signal, and gives the status with which it ends.
    func stop(_ signal: Int32) -> Int32 {
        process.send(signal)
        return waitForEnd()
    }

    /// Waits until it has ended, and gives its status; what has not ended after five minutes never would, and is
    /// killed.
    func waitForEnd() -> Int32 {
        for _ in 0..<30_000 where !process.hasEnded { usleep(10_000) }
        if !process.hasEnded { process.send(SIGKILL) }
        let status = process.wait()
        self.status = status
        return status
    }

    /// The status of the answer to a request for the dataflows.
    func status(token: String, sandbox: String? = nil, authority: String? = nil) throws -> Int {
        // By a client that knows nothing of ours. The token is read from a file, as arguments can be seen.
        let fields = [
            "Authorization: Bearer \(token)", "x-api-key: \(start.client)",
            "x-gw-ims-org-id: \(start.organization)",
            "x-sandbox-name: \(sandbox ?? start.sandboxes[0])",
        ]
        let header = try folder.write(fields.joined(separator: "\n"), to: "header")
        let answer = try Sluice.python(
            """
            import ssl, sys, urllib.error, urllib.request
            fields = dict(line.split(": ", 1) for line in open(sys.argv[2]).read().split("\\n"))
            context = ssl.create_default_context(cafile=sys.argv[3]) if sys.argv[3] else None
            request = urllib.request.Request(sys.argv[1] + "/data/foundation/flowservice/flows", headers=fields)
            try:
                print(urllib.request.urlopen(request, context=context).status)
            except urllib.error.HTTPError as error:
                print(error.code)
            """, start.url, header, authority ?? "")
        return Int(answer) ?? 0
    }
}
