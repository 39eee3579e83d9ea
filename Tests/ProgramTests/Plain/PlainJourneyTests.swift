// The wizard without a screen: the real program, talked to by scripts of expect on a terminal, and through pipes.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("The wizard as questions and answers")
struct PlainJourneyTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    private func addDatasets() throws {
        let orders = try inputs.write("orders.json", "{\"n\":1}\n{\"n\":2}\n")
        let stores = try inputs.write("stores.json", "{\"store\":\"渋谷\"}\n")
        try #require(try program("datasets", "add", "Orders", orders).status == 0)
        try #require(try program("datasets", "add", "Stores", stores).status == 0)
    }

    /// Expects that a conversation came to this end, that everything in it can be read aloud, and that it has no secret.
    private func expect(
        _ conversation: Conversation, endsWith status: Int32 = 0, without secrets: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let words = Comment(rawValue: conversation.errors + conversation.transcript)
        #expect(conversation.status == status, words, sourceLocation: sourceLocation)
        #expect(conversation.unspeakable == [], words, sourceLocation: sourceLocation)
        let search = SecretSearch(secrets)
        #expect(search.forms(in: conversation.transcript) == [], sourceLocation: sourceLocation)
        #expect(search.traces(below: program.home.path) == [], sourceLocation: sourceLocation)
    }

    // MARK: On a terminal

    @Test("leads from nothing to a verified export in a bucket, with wrong answers on the way")
    func bucket() async throws {
        let destination = try await RealDestination.make(.amazonS3)
        try addDatasets()
        let conversation = try Conversation(
            "s3", with: program,
            environment: destination.environment.merging([
                "ACCESS_KEY": destination.value("s3AccessKey"),
                "SECRET_KEY": destination.value("s3SecretKey"), "ENDPOINT": destination.value("endpoint"),
                "BUCKET": destination.value("bucketName"),
            ]) { $1 })
        expect(conversation, without: destination.secrets)
        let local = try TemporaryFolder()
        try destination.client.fetch(RealDestination.folder, into: local)
        let files = try local.everything()
        #expect(files.count { $0.hasSuffix(".json.gz") } == 2)
        #expect(files.count { $0.contains("/manifest-") } == 2)
    }

    @Test("has the key of a server of SFTP confirmed, and takes a private key of many lines unseen")
    func server() async throws {
        let destination = try RealDestination.sftp()
        try addDatasets()
        let server = try #require(destination.server)
        let conversation = try Conversation(
            "sftp", with: program,
            environment: [
                "USERNAME": destination.value("username"), "PORT": destination.value("port"),
                "PRIVATE_KEY": destination.value("sshKey"), "FINGERPRINT": try server.fingerprint(),
            ])
        expect(conversation, without: destination.secrets)
        let local = try TemporaryFolder()
        try destination.client.fetch(RealDestination.folder, into: local)
        let files = try local.everything()
        #expect(files.count { $0.hasSuffix(".json.gz") } == 1)
    }

    @Test("changes a dataflow: its name, end, folders and datasets; pauses, resumes, exports and deletes it")
    func flow() throws {
        try addDatasets()
        let format = ISO8601DateFormatter()
        let start = format.string(from: Date(timeIntervalSinceNow: 86_400))
        let plan = try inputs.write(
            "plan.toml",
            """
            name = "Nightly"
            datasets = ["Orders"]
            [destination]
            name = "Backups"
            spec = "Data Landing Zone"
            path = "out"
            datasetFileType = "JSON"
            compression = "GZIP"
            [schedule]
            frequency = "daily"
            start = \(start)
            end = \(format.string(from: Date(timeIntervalSinceNow: 86_400 * 100)))
            """)
        let made = try program("export", plan)
        try #require(made.status == 0, Comment(rawValue: made.errors))
        let end = format.string(from: Date(timeIntervalSinceNow: 86_400 * 200)).prefix(10)
        let conversation = try Conversation("flow", with: program, environment: ["NEW_END": String(end)])
        expect(conversation)
        let flows = try program("flows", "list", "--json").output
        #expect(!flows.contains("Weekly"))
        #expect(tree(program.home.path + "/landing-zone").contains { $0.hasSuffix(".json.gz") })
    }

    @Test("asks at Ctrl-C where something would be lost, and ends with 130 when it is pressed again")
    func interrupted() throws {
        expect(try Conversation("interrupted", with: program), endsWith: 130)
    }

    @Test("is what a terminal gets that can show no screen, with a sentence that says so")
    func dumbTerminal() throws {
        expect(try Conversation("dumb", with: program, arguments: [], environment: ["TERM": "dumb"]))
    }

    @Test("gives the terminal back with its echo when it is killed while it asks for a secret")
    func echo() throws {
        let shell =
            "stty -g > \(inputs.path)/before; '\(try Sluice.path)' --plain; echo $? > \(inputs.path)/status; stty -g > \(inputs.path)/after; echo done; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", shell], environment: ["SLUICE_HOME": program.home.path])
        try tmux.answer("[New destination]:", with: "new")
        try tmux.answer("Kind of destination", with: "google cloud storage")
        try tmux.answer("Access key ID:", with: "GOOG1EXAMPLE")
        try tmux.waitUntil(shows: "Secret access key:")
        try tmux.sendText("neverShown")
        let mine = try Sluice.run("pgrep", ["-P", "\(try tmux.process())"]).output.split(separator: "\n")
        try #require(mine.count == 1)
        kill(try #require(pid_t(mine[0])), SIGTERM)
        try tmux.waitUntil(shows: "done")
        let seen = try tmux.scrollback()
        #expect(!seen.contains("neverShown"))
        let (before, after) = (try inputs.bytes(of: "before"), try inputs.bytes(of: "after"))
        #expect(before == after)
        let status = String(decoding: try inputs.bytes(of: "status"), as: UTF8.self)
        #expect(status == "143\n")
    }

    // MARK: Through pipes

    @Test("leads the whole way in Chinese, with Chinese answers")
    func chinese() throws {
        try addDatasets()
        let conversation = try Conversation(
            lines: [
                "新建目标", "Data Landing Zone", "", "", "", "备份", "", "", "是", "测试保存", "是", "保存", "1-2", "继续",
                "", "",
            ],
            with: program, arguments: ["--plain", "--lang", "zh_CN"])
        expect(conversation)
        #expect(conversation.transcript.contains("2 个运行已完成"), "\(conversation.transcript)")
        let files = tree(program.home.path + "/landing-zone")
        #expect(files.count { $0.contains("备份/") && $0.hasSuffix(".json.gz") } == 2)
    }

    /// Answers that lead from nothing to an export, each to one question.
    private static let answers = [
        "new", "data landing zone", "", "My zone", "", "backups", "json", "gzip", "yes", "", "yes",
        "save",
        "all", "", "", "finish", "quit",
    ]

    @Test("takes all answers through a pipe, and ends as the runs do")
    func pipe() throws {
        try addDatasets()
        let conversation = try Conversation(lines: Self.answers, with: program)
        expect(conversation)
        #expect(conversation.transcript.contains("all there"))
        #expect(conversation.errors == "")
        let files = tree(program.home.path + "/landing-zone")
        #expect(files.count { $0.hasSuffix(".json.gz") } == 2)
        // What differs is found by the next who looks, whose status says so.
        let part = try #require(files.first { $0.hasSuffix(".json.gz") })
        try FileManager.default.removeItem(atPath: program.home.path + "/landing-zone/" + part)
        let again = try Conversation(lines: ["flows", "1", "quit"], with: program)
        expect(again, endsWith: 3)
        // It is mended as in the pane.
        let finding = again.transcript.split(separator: "\n").first { $0.contains("is no longer there") }
        let row = try #require(finding?.prefix { $0.isNumber })
        let mended = try Conversation(lines: ["flows", "1", "export again \(row)", "quit"], with: program)
        let words = Comment(rawValue: mended.transcript)
        #expect(mended.status == 0, words)
    }

    @Test("ends with a sentence at every question whose answer does not come", arguments: answers.indices)
    func endOfInput(count: Int) throws {
        try addDatasets()
        let conversation = try Conversation(lines: Array(Self.answers.prefix(count)), with: program)
        let isWhole = count == 0 || count == Self.answers.count - 1
        expect(conversation, endsWith: isWhole ? 0 : 1)
        let last = conversation.transcript.split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("The input has ended"), Comment(rawValue: conversation.transcript))
    }

    @Test("gives up with a script whose answers it cannot take, and with a line that does not end")
    func hopeless() throws {
        let answers = try Conversation(
            lines: ["flows"] + Array(repeating: "edit 1", count: 40), with: program)
        expect(answers, endsWith: 1)
        let line = try Conversation(lines: [String(repeating: "x", count: 3 << 20)], with: program)
        expect(line, endsWith: 1)
    }

    @Test("writes ASCII alone where the locale has no more, and unbroken lines where there is no terminal")
    func characterSet() throws {
        try addDatasets()
        let name = "東京 ─┼─ ⠿ “quoted”"
        let file = try inputs.write("named.json", "{\"n\":1}\n")
        try #require(try program("datasets", "add", name, file).status == 0)
        let answers = Array(Self.answers.prefix(12)) + ["quit", "yes"]
        for language in ["C", "C.UTF-8"] {
            let conversation = try Conversation(
                lines: answers, with: program, environment: ["LANG": language, "LC_ALL": language])
            expect(conversation)
            #expect(conversation.transcript.contains("東京") == (language == "C.UTF-8"))
            if language == "C" { #expect(conversation.transcript.utf8.allSatisfy { $0 < 128 }) }
            _ = try program("destinations", "remove", "My zone", "--yes")
        }
    }

    @Test("is chosen by SLUICE_PLAIN as by its option, and named where there is neither terminal nor option")
    func choosing() throws {
        let chosen = try Conversation(
            lines: ["quit"], with: program, arguments: [], environment: ["SLUICE_PLAIN": "1"])
        expect(chosen)
        #expect(chosen.transcript.contains("Step 1 of 4"))
        let wrong = try Conversation(
            lines: [], with: program, arguments: [], environment: ["SLUICE_PLAIN": "perhaps"])
        #expect(wrong.status == 2)
        let neither = try Conversation(lines: ["quit"], with: program, arguments: [])
        #expect(neither.status == 1)
        for word in ["--plain", "sluice export PLAN.toml"] { #expect(neither.errors.contains(word)) }
        #expect(neither.transcript == "")
    }
}
