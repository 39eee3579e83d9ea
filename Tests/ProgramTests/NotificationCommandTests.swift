// Commands that tell what has come of a flow, set by command and by plan, and run by the real program.
import Foundation
import TestFiles
import Testing

@Suite("Notifications of a flow")
struct NotificationCommandTests {
    private let program: Sluice
    private let inputs: TemporaryFolder
    private let plan: String

    /// Makes a flow of two datasets whose first export is tomorrow.
    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        plan = try program.nightlyPlan(in: inputs, records: 2, start: .inDays(1), end: .inDays(100))
        let made = try program("export", plan)
        #expect(made.status == 0, Comment(rawValue: made.errors))
    }

    /// A program that adds its arguments and some facts to a file.
    private func recorder(_ name: String = "tell") throws -> String {
        let path = try inputs.write(
            name,
            "#!/bin/sh\necho \"$#:$1:$2 $SLUICE_EVENT $SLUICE_DATASET $SLUICE_RECORDS\" >> \"$0.told\"\necho said\n"
        )
        #expect(chmod(path, 0o755) == 0)
        return path
    }

    private var told: [String] {
        String(decoding: (try? inputs.bytes(of: "tell.told")) ?? [], as: UTF8.self).split(separator: "\n")
            .map(String.init)
    }

    private func facts(_ json: String, _ expression: String) throws -> String {
        try Sluice.python("import json,sys; d=json.loads(sys.argv[1]); print(\(expression))", json)
    }

    @Test("They are set, shown, sent after a run, and taken away")
    func lifeCycle() throws {
        let tell = try recorder()
        let set = try program(
            "flows", "edit", "Nightly", "--notify-on", "success,failure", "--notify-command", tell,
            "--notify-argument", "-s", "--notify-argument", "a $HOME; b")
        #expect(
            set.status == 0 && set.output.contains("failure, success by \(tell)"),
            Comment(rawValue: set.errors))
        let ran = try program("runs", "start", "Nightly", "--log-file", inputs.file("log"))
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        #expect(told == ["2:-s:a $HOME; b success Orders 2", "2:-s:a $HOME; b success Events 2"])
        let log = String(decoding: try inputs.bytes(of: "log"), as: UTF8.self)
        #expect(log.split(separator: "\n").count { $0.contains("has run; it wrote: said") } == 2)
        let shown = try program("flows", "show", "Nightly", "--json").output
        let what = "[d['notifications'][k] for k in ['on', 'command', 'sent', 'failed', 'waiting']]"
        #expect(
            try facts(shown, what) == "[['failure', 'success'], ['\(tell)', '-s', 'a $HOME; b'], 2, 0, 0]")
        // Other occasions for the same command.
        #expect(try program("flows", "edit", "Nightly", "--notify-on", "failure").status == 0)
        #expect(try program("runs", "start", "Nightly").status == 0)
        #expect(told.count == 2)
        #expect(try program("flows", "edit", "Nightly", "--no-notify").status == 0)
        #expect(!(try program("flows", "show", "Nightly").output.contains("Tells")))
    }

    @Test("A plan sets them, and again when it is given again")
    func inPlans() throws {
        let tell = try recorder()
        let text = try String(contentsOfFile: plan, encoding: .utf8)
        let telling = try inputs.write(
            "telling.toml",
            text + "\n[notifications]\non = [\"missed\", \"failure\"]\ncommand = [\"\(tell)\", \"x\"]\n")
        let ran = try program("export", telling)
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        let shown = try program("flows", "show", "Nightly", "--json").output
        #expect(
            try facts(shown, "(d['notifications']['on'], d['notifications']['command'])")
                == "(['failure', 'missed'], ['\(tell)', 'x'])")
        // A plan that says nothing of them leaves them as they are.
        #expect(try program("export", plan).status == 0)
        #expect(try program("flows", "show", "Nightly").output.contains("failure, missed by \(tell) x"))
        let missing = try inputs.write(
            "missing.toml", text + "\n[notifications]\non = [\"failure\"]\ncommand = [\"no-such-program\"]\n")
        let refused = try program("export", missing)
        #expect(refused.status == 2 && refused.errors.contains("There is no program “no-such-program”"))
    }

    @Test("What makes no sense is refused, and nothing is changed")
    func refusals() throws {
        let tell = try recorder()
        for (arguments, sentence) in [
            (["--notify-on", "sometimes"], "notify-on"),
            (["--notify-on", "failure"], "has no command to run yet"),
            (["--notify-command", inputs.file("nothing")], "There is no program"),
            (["--notify-argument", "x"], "goes with --notify-command"),
            (["--no-notify", "--notify-command", tell], "goes with no other option"),
        ] {
            let refused = try Sluice.run(
                try Sluice.path, ["flows", "edit", "Nightly"] + arguments,
                environment: ProcessInfo.processInfo.environment.merging(["SLUICE_HOME": program.home.path]) {
                    $1
                })
            #expect(
                refused.status == 2 && refused.errors.contains(sentence),
                Comment(rawValue: "\(arguments): \(refused.errors)"))
        }
        #expect(!(try program("flows", "show", "Nightly").output.contains("Tells")))
    }

    @Test("What a program that was killed could not tell is told by the next")
    func killed() throws {
        let slow = try inputs.write("slow", "#!/bin/sh\necho $$ > \"$0.began\"; exec sleep 1000\n")
        #expect(chmod(slow, 0o755) == 0)
        #expect(
            try program("flows", "edit", "Nightly", "--notify-on", "success", "--notify-command", slow).status
                == 0)
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        let running = try ChildProcess(
            [try Sluice.path, "runs", "start", "Nightly", "Orders"], environment: environment)
        for _ in 0..<12_000 where access(inputs.file("slow.began"), F_OK) != 0 { usleep(10_000) }
        running.send(SIGKILL)
        running.wait()
        #expect(
            try facts(program("flows", "show", "Nightly", "--json").output, "d['notifications']['waiting']")
                == "1")
        let tell = try recorder()
        #expect(try program("flows", "edit", "Nightly", "--notify-command", tell).status == 0)
        let server = try ServingSluice(home: program.home.path)
        for _ in 0..<12_000 where told.isEmpty { usleep(10_000) }
        #expect(server.stop(SIGTERM) == 0)
        #expect(told == ["0:: success Orders 2"])
        // What the killed program had started goes on by itself.
        let left = Int32(String(decoding: try inputs.bytes(of: "slow.began"), as: UTF8.self).dropLast())
        kill(try #require(left), SIGKILL)
    }
}
