// Why runs failed, and what they noted, as people in another language are told it later.
import ExportDomain
import Foundation
import GRDB
import Languages
import ObjectStorage
import Testing

@testable import EmbeddedPlatform

@Suite("Why a run failed")
struct ReasonsOfRunsTests {
    private let test: TestPlatform
    private let backwards: Language

    init() throws {
        test = try TestPlatform()
        backwards = try Language(
            code: "xx", name: "Backwards",
            file: Array(
                #"""
                msgid "{0}; the first is in {1}, line {2}: {3}. Mend the file and add the data again, or leave such records out with malformedRecords = \"skip\"."
                msgstr "{3} in {1}, {2}; {0}."

                msgid "{0}; the first is in {1}, line {2}: {3}."
                msgstr "{3} in {1}, {2}; {0}."

                msgid "1 of {0} records is not a JSON object"
                msgstr "one is none of {0}"

                msgid "1 record was left out, not being a JSON object"
                msgstr "one is out"

                msgid "a word is neither true nor false nor null"
                msgstr "no word"

                msgid "{0} (at byte {1})"
                msgstr "({1}) {0}"

                msgid "The run was cancelled, and nothing of it is published: sluice runs retry makes it again."
                msgstr "cancelled"

                msgid "it ended with status {0}"
                msgstr "ended {0}"
                """#.utf8))
    }

    private func mixed() async throws -> Dataset {
        let file = try test.folder.write("{\"a\":1}\n{\"a\": no}\n", to: "bad.json")
        return try await test.platform.lake.add(name: "Mixed", paths: [file]).dataset
    }

    /// The column of a run's errors as it is.
    private func errors(of run: Identifier<FlowRun>) async throws -> String {
        let column = try await test.platform.store.read(Text("test")) { db in
            try String.fetchOne(db, sql: "SELECT errors FROM run WHERE id = ?", arguments: [run])
        }
        return try #require(column)
    }

    @Test("is told in the reader's language when it is looked at, and in English to programs")
    func failure() async throws {
        let flow = try await test.addFlow([try await mixed()])
        let id = try #require(try await test.platform.runDue(flow: flow.id).first).id
        let error = try #require(
            try await TestPlatform(folder: test.folder).platform.run(id).metrics.errors.first)
        #expect(error.text.string(in: backwards) == "(7) no word in bad.json, 2; one is none of 2.")
        #expect(
            error.message.hasPrefix("1 of 2 records is not a JSON object; the first is in bad.json, line 2: ")
        )
        let json = String(decoding: try JSONEncoder().encode(error), as: UTF8.self)
        #expect(json.contains("1 of 2 records") && !json.contains("{0}"))
    }

    @Test("is told so of attempts before, of records that were left out, and of what a person has ended")
    func others() async throws {
        let dataset = try await mixed()
        let skipping = try await test.addFlow([dataset], malformedRecords: .skip)
        let run = try #require(try await test.platform.runDue(flow: skipping.id).first)
        let note = try #require(run.metrics.errors.first)
        #expect(note.text.string(in: backwards) == "(7) no word in bad.json, 2; one is out.")
        #expect(note.code == "SLUICE-1001-200")

        let failing = try await test.addFlow([dataset])
        let failed = try #require(try await test.platform.runDue(flow: failing.id).first)
        try await test.platform.retry(failed.id)
        try await test.platform.cancel(failed.id)
        let cancelled = try await test.platform.run(failed.id)
        #expect(cancelled.metrics.errors.map { $0.text.string(in: backwards) } == ["cancelled"])
        let history = try await test.platform.history(of: failed.id)
        #expect(
            history.attempts.first?.errors.map { $0.text.string(in: backwards) }
                == ["(7) no word in bad.json, 2; one is none of 2."])
    }

    @Test("is shown as it is where an older version wrote it")
    func older() async throws {
        let flow = try await test.addFlow([try await mixed()])
        let id = try #require(try await test.platform.runDue(flow: flow.id).first).id
        for (column, text) in [
            (#"[{"code":"A","message":"It broke {0}."}]"#, "It broke {0}."),
            (#"[{"code":"A","message":"It broke.","text":{"pattern":7}}]"#, "It broke."),
        ] {
            try await test.platform.store.write(Text("test")) { db in
                try db.execute(
                    sql: "UPDATE run SET errors = ? WHERE id = ?", arguments: [column, id])
            }
            let errors = try await test.platform.run(id).metrics.errors
            #expect(errors.map { $0.text.string(in: backwards) } == [text])
            #expect(errors.map(\.message) == [text] && errors.map(\.code) == ["A"])
        }
    }

    @Test("has nothing written down with it that its English words do not say")
    func noMoreThanTheMessage() async throws {
        let storage = UnreliableStorage(failures: 1_000)
        let away = try TestPlatform(
            folder: test.folder, clock: test.clock, storage: { _ in storage }, patience: .oneAttempt)
        let flow = try await away.addFlow([try await away.addDataset("Orders", files: 1).dataset])
        let failed = try #require(try await away.platform.runDue(flow: flow.id).first)
        let malformed = try await test.addFlow([try await mixed()])
        let other = try #require(try await test.platform.runDue(flow: malformed.id).first)
        for run in [failed, other] {
            let column = try #require(
                try JSONSerialization.jsonObject(with: Data(try await errors(of: run.id).utf8))
                    as? [[String: Any]])
            #expect(!column.isEmpty)
            for error in column {
                let message = try #require(error["message"] as? String)
                let values = Self.values(in: try #require(error["text"]))
                #expect(!values.isEmpty)
                for value in values { #expect(message.contains(value)) }
            }
        }
    }

    /// The values of a text that was written down, without those that are texts themselves.
    private static func values(in text: Any) -> [String] {
        ((text as? [String: Any])?["values"] as? [Any] ?? []).flatMap { value in
            (value as? String).map { [$0] } ?? values(in: value)
        }
    }

    @Test("of a file that was added, what is wrong with its first line is told in the reader's language, too")
    func addedFile() async throws {
        let id = try await mixed().id
        let reopened = try TestPlatform(folder: test.folder)
        func reason() async throws -> Text? {
            try await reopened.platform.lake.show(id).batches.first?.firstMalformed?.reason
        }
        let new = try #require(try await reason())
        #expect(new.string(in: backwards) == "(7) no word")
        try await reopened.platform.store.write(Text("test")) { db in
            try db.execute(sql: "UPDATE batchFile SET malformedText = NULL")
        }
        let old = try #require(try await reason())
        #expect(old.english == new.english && old.string(in: backwards) == new.english)
    }

    @Test("and why a command that tells of it failed, is told in the reader's language")
    func command() async throws {
        let flow = try await test.addFlow([try await mixed()])
        let program = try test.folder.write("#!/bin/sh\nexit 3\n", to: "tell")
        #expect(chmod(program, 0o755) == 0)
        try await test.platform.setNotifications(
            FlowNotifications(on: [.failure], command: [program]), of: flow.id)
        _ = try await test.platform.runDue(flow: flow.id)
        let state = try #require(
            try await TestPlatform(folder: test.folder).platform.notifications(of: flow.id))
        #expect(state.problem?.string(in: backwards) == "ended 3")
        #expect(state.problem?.english == "it ended with status 3")
    }
}
