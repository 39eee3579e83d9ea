// The log of commands that run dataflows: as text and as JSON, to standard error and to a file that is rotated.
import Foundation
import TestFiles
import Testing

@Suite("The log")
struct LogTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    /// Makes a flow of two datasets whose first export is tomorrow.
    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        let plan = try program.nightlyPlan(in: inputs, records: 2, start: .inDays(1), end: .inDays(100))
        let made = try program("export", plan)
        #expect(made.status == 0, Comment(rawValue: made.errors))
    }

    private func lines(of name: String) -> [String] {
        String(decoding: (try? inputs.bytes(of: name)) ?? [], as: UTF8.self).split(separator: "\n").map(
            String.init)
    }

    /// What Python's JSON reader makes of a file of one object a line: an expression over the list `d` of them.
    private func facts(_ name: String, _ expression: String) throws -> String {
        try Sluice.python(
            "import json,sys; d=[json.loads(l) for l in open(sys.argv[1])]; print(\(expression))",
            inputs.file(name))
    }

    @Test("As text it has a line for each run that begins and ends, with time, level, names and figures")
    func text() throws {
        let ran = try program("runs", "start", "Nightly", "--log-file", inputs.file("log"))
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        let lines = lines(of: "log")
        #expect(lines.count == 4)
        for (line, name) in zip(lines, ["Orders", "Orders", "Events", "Events"]) {
            let form = #/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO     Nightly / (Orders|Events): /#
            #expect(line.firstMatch(of: form).map { String($0.output.1) } == name, Comment(rawValue: line))
        }
        #expect(lines[1].contains("2 records") && lines[1].contains("in 1 file exported"))
        #expect(!ran.errors.contains("INFO"))
        var facts = stat()
        #expect(stat(inputs.file("log"), &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    }

    @Test("As JSON it has an object a line, with keys that are documented")
    func json() throws {
        let ran = try program(
            "runs", "start", "Nightly", "Orders", "--log-format", "json", "--log-file", inputs.file("log"))
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        #expect(try facts("log", "[x['event'] for x in d]") == "['run-began', 'run-ended']")
        let keys =
            "['bytes', 'dataset', 'datasetId', 'event', 'files', 'flow', 'flowId', 'folder', 'level', 'message', 'records', 'runId', 'scheduledTime', 'seconds', 'skippedRecords', 'status', 'time']"
        #expect(try facts("log", "sorted(d[1])") == keys)
        #expect(
            try facts("log", "(d[1]['records'], d[1]['files'], d[1]['status'], d[1]['flow'], d[1]['level'])")
                == "(2, 1, 'success', 'Nightly', 'info')")
    }

    @Test("A failure is an error with its reason, and what matters less can be left out")
    func failure() throws {
        let broken = try inputs.write("broken.json", "{\"n\":1}\nnot json\n")
        let id = try Sluice.python(
            "import json,sys; print([x['id'] for x in json.loads(sys.argv[1]) if x['name']=='Orders'][0])",
            program("datasets", "list", "--json").output)
        #expect(try program("datasets", "add", "--into", id, broken).status == 0)
        let ran = try program(
            "runs", "start", "Nightly", "Orders", "--log-level", "error", "--log-format", "json",
            "--log-file",
            inputs.file("log"))
        #expect(ran.status == 1)
        #expect(
            try facts("log", "[(x['level'], x['event'], x['status'], len(x['errors'])) for x in d]")
                == "[('error', 'run-ended', 'failed', 1)]")
        #expect(
            try facts("log", "'line 2' in d[0]['errors'][0] and d[0]['errors'][0] in d[0]['message']")
                == "True")
    }

    @Test("Names from outside cannot steer a terminal or begin a line of their own")
    func hostileNames() throws {
        let plan = try inputs.write(
            "hostile.toml",
            """
            name = "N \\u202E} \\"quoted\\" \\u0085 x"
            datasets = ["Orders"]
            [destination]
            name = "Backups"
            [schedule]
            mode = "full"
            """)
        for format in ["text", "json"] {
            let ran = try program("export", plan, "--log-format", format, "--log-file", inputs.file(format))
            // A name with a control character is refused; the other characters are not one.
            if ran.status != 0 {
                #expect(ran.errors.contains("control characters"), Comment(rawValue: ran.errors))
                try Data(
                    try String(contentsOfFile: plan, encoding: .utf8).replacing(" \\u0085", with: "").utf8
                )
                .write(to: URL(filePath: plan))
                #expect(
                    try program("export", plan, "--log-format", format, "--log-file", inputs.file(format))
                        .status == 0)
            }
        }
        let text = lines(of: "text")
        #expect(text.count == 2 && text.allSatisfy { $0.contains("\"quoted\"") })
        #expect(
            !text.joined().unicodeScalars.contains {
                [.control, .format].contains($0.properties.generalCategory)
            })
    }

    @Test("A server logs to standard error, its requests too, and ends with a last line")
    func server() throws {
        let server = try ServingSluice(home: program.home.path, ["--log-format", "json"])
        #expect(try server.status(token: try #require(server.start.token)) == 200)
        #expect(try program("runs", "start", "Nightly", "Orders", "--no-wait").status == 0)
        for _ in 0..<12_000 where !server.log.contains("run-ended") { usleep(10_000) }
        #expect(server.stop(SIGTERM) == 0)
        try inputs.write(server.log, to: "log")
        #expect(
            try facts("log", "(d[0]['event'], d[-1]['event'])") == "('scheduler-began', 'scheduler-ended')")
        #expect(try facts("log", "[x['status'] for x in d if x['event'] == 'run-ended']") == "['success']")
        let request = "[(x['method'], x['path'], x['code'], x['peer']) for x in d if x['event'] == 'request']"
        #expect(
            try facts("log", request) == "[('GET', '/data/foundation/flowservice/flows', 200, '127.0.0.1')]")
        let secrets = SecretSearch([
            try #require(server.start.token), try #require(server.start.clientSecret),
        ])
        #expect(secrets.forms(in: Data(server.log.utf8)) == [])
    }

    @Test("A file that is renamed while a server writes it is followed by a new one of the name")
    func rotation() throws {
        let log = inputs.file("log")
        let server = try ServingSluice(home: program.home.path, ["--log-file", log])
        let token = try #require(server.start.token)
        #expect(try server.status(token: token) == 200)
        #expect(rename(log, log + ".1") == 0)
        #expect(try server.status(token: token) == 200)
        #expect(try server.status(token: token) == 200)
        #expect(server.stop(SIGTERM) == 0)
        #expect(lines(of: "log.1").count { $0.contains(" GET ") } == 1)
        #expect(lines(of: "log").count { $0.contains(" GET ") } == 2)
        #expect(server.log.isEmpty)
    }

    @Test("A file that cannot be written is refused before anything is done")
    func refusal() throws {
        let ran = try program("runs", "start", "Nightly", "--log-file", inputs.file("no/log"))
        #expect(
            ran.status == 2 && ran.errors.contains("No such file or directory"), Comment(rawValue: ran.errors)
        )
        #expect(try program("runs", "start", "Nightly", "--log-level", "loud").status == 2)
        #expect(try program("runs", "list", "--json").output.filter { $0 != "\n" } == "[]")
    }
}

extension String {
    /// The instant so many days from now, as RFC 3339 has it.
    static func inDays(_ days: Double) -> String {
        ISO8601DateFormatter().string(from: Date().addingTimeInterval(days * 86_400))
    }
}
