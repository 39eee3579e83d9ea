// What flows tell by a command: once each, with the facts, and without taking anything from the run.
import ExportDomain
import Foundation
import GRDB
import Languages
import Synchronization
import Testing

@testable import EmbeddedPlatform

@Suite("What a flow tells by a command")
struct NotificationTests {
    private let test: TestPlatform
    private let events: Events

    init() throws {
        let events = Events()
        self.events = events
        test = try TestPlatform(observe: events.note, notificationTimeLimit: .seconds(120))
    }

    /// Writes a program that adds the facts which it finds to a file, a line a notification.
    private func recorder() throws -> String {
        let program = try test.folder.write(
            """
            #!/bin/sh
            env | grep ^SLUICE_ | sort | tr '\\n' '|' > "$0.$$" && echo >> "$0.$$" && cat "$0.$$" >> "$0.told"
            """, to: "tell")
        #expect(chmod(program, 0o755) == 0)
        return program
    }

    /// The facts of each notification.
    private var told: [[String: String]] {
        let text = (try? String(contentsOfFile: test.folder.path + "/tell.told", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { line in
            Dictionary(
                line.split(separator: "|").map { fact in
                    let halves = fact.split(separator: "=", maxSplits: 1).map(String.init)
                    return (halves[0], halves.count == 2 ? halves[1] : "")
                }, uniquingKeysWith: { $1 })
        }
    }

    private func makeFlow(
        of dataset: Dataset, on occasions: Set<FlowNotifications.Occasion>, command: [String]? = nil
    ) async throws -> Flow {
        let flow = try await test.addFlow([dataset], schedule: test.daily)
        try await test.platform.setNotifications(
            FlowNotifications(on: occasions, command: try command ?? [recorder()]), of: flow.id)
        return flow
    }

    @Test("The end of a run is told with its figures, success and failure each to whoever wants it")
    func runs() async throws {
        let orders = try await test.addDataset("Orders", files: 2, records: 3).dataset
        let flow = try await makeFlow(of: orders, on: [.success, .failure])
        let run = try #require(try await test.platform.runDue(flow: flow.id).first)
        let success = try #require(told.first)
        let expected = [
            "SLUICE_EVENT": "success", "SLUICE_FLOW_ID": flow.id.rawValue, "SLUICE_FLOW_NAME": "Nightly",
            "SLUICE_RUN_ID": run.id.rawValue, "SLUICE_DATASET": "Orders",
            "SLUICE_DATASET_ID": orders.id.rawValue,
            "SLUICE_STATUS": "success", "SLUICE_SCHEDULED_TIME": "2026-01-15T06:00:00Z",
            "SLUICE_TIME": "2026-01-15T06:00:00Z", "SLUICE_RECORDS": "6", "SLUICE_SKIPPED_RECORDS": "0",
            "SLUICE_BYTES": String(try #require(run.metrics.outputBytes)), "SLUICE_FILES": "2",
            "SLUICE_FOLDER": "backups/\(orders.id)/exportTime=202601150600",
            "SLUICE_HOME": test.folder.path + "/home", "SLUICE_ATTEMPT": "1",
        ]
        #expect(success == expected)

        test.clock.now += 86_400
        let bad = try test.folder.write("{}\nno\n", to: "bad.json")
        try await test.platform.lake.add(paths: [bad], into: orders.id)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.failed])
        let failure = try #require(told.last)
        #expect(
            told.count == 2 && failure["SLUICE_EVENT"] == "failure" && failure["SLUICE_STATUS"] == "failed")
        #expect(failure["SLUICE_ERROR"]?.contains("line 2") ?? false)
        #expect(failure["SLUICE_WILL_RETRY"] == "no" && failure["SLUICE_RETRY_TIME"] == nil)
        let state = try #require(try await test.platform.notifications(of: flow.id))
        #expect(state.sent == 2 && state.failed == 0 && state.waiting == 0 && state.problem == nil)
    }

    /// A platform whose storage is away for so many puts.
    private func away(failures: Int) throws -> TestPlatform {
        let storage = UnreliableStorage(failures: failures)
        return try TestPlatform(
            folder: test.folder, clock: test.clock, storage: { _ in storage }, patience: .oneAttempt,
            notificationTimeLimit: .seconds(120))
    }

    @Test("A failure is told once, when no further attempt is made; each before it to whoever wants that")
    func retries() async throws {
        let away = try away(failures: 1_000)
        let orders = try await away.addDataset("Orders", files: 1).dataset
        let flow = try await away.addFlow([orders])
        try await away.platform.setNotifications(
            FlowNotifications(on: [.failure], command: [try recorder()]), of: flow.id)
        #expect(try await away.platform.runDue(flow: flow.id).map(\.status) == [.failed])
        #expect(told.isEmpty)
        try await away.platform.setNotifications(
            FlowNotifications(on: [.failure, .retry], command: [try recorder()]), of: flow.id)
        for wait in RunRetries.waits {
            away.clock.now += wait
            #expect(try await away.platform.runDue(flow: flow.id).map(\.status) == [.failed])
        }
        #expect(told.map { $0["SLUICE_EVENT"] } == ["retry", "retry", "retry", "failure"])
        #expect(told.map { $0["SLUICE_ATTEMPT"] } == ["2", "3", "4", "5"])
        #expect(told.map { $0["SLUICE_WILL_RETRY"] } == ["yes", "yes", "yes", "no"])
        #expect(told.map { $0["SLUICE_RETRY_TIME"] == nil } == [false, false, false, true])
    }

    @Test("A failure whose export goes over to the next occurrence is told then")
    func overtaken() async throws {
        let away = try away(failures: 1)
        let orders = try await away.addDataset("Orders", files: 1).dataset
        let flow = try await away.addFlow([orders], schedule: away.daily)
        try await away.platform.setNotifications(
            FlowNotifications(on: [.failure], command: [try recorder()]), of: flow.id)
        let failed = try await away.platform.runDue(flow: flow.id)
        #expect(failed.map(\.status) == [.failed] && told.isEmpty)
        _ = try await away.platform.exportNow([orders.id], of: flow.id)
        #expect(try await away.platform.runDue(flow: flow.id).map(\.status) == [.success])
        #expect(told.map { $0["SLUICE_RUN_ID"] } == failed.map(\.id.rawValue))
        #expect(told.map { $0["SLUICE_WILL_RETRY"] } == ["no"])
    }

    @Test("A command that hangs keeps neither exports nor the commands of other flows waiting")
    func hanging() async throws {
        let hanging = try await makeFlow(
            of: try await test.addDataset("Orders").dataset, on: [.success],
            command: ["/bin/sh", "-c", "sleep 1000"])
        let patient = try TestPlatform(
            folder: test.folder, clock: test.clock, notificationTimeLimit: .seconds(1_000))
        let running = Task { await patient.platform.keepRunning() }
        #expect(
            try await until {
                try await test.platform.store.read(Text("look")) {
                    try WaitingNotification.fetchOne($0)?.holder != nil
                }
            })
        let other = try await makeFlow(of: try await patient.addDataset("Events").dataset, on: [.success])
        patient.platform.wakeUp.call()
        #expect(try await until { !told.isEmpty })
        #expect(told.map { $0["SLUICE_FLOW_ID"] } == [other.id.rawValue])
        #expect(try await test.platform.notifications(of: hanging.id)?.waiting == 1)
        running.cancel()
        await running.value
    }

    @Test("A clock that is set makes nobody send what another process is sending")
    func clockSteps() throws {
        let then = Clocks.Instant(now: Date(seconds: 1_000), uptime: 5_000_000)
        var waiting = WaitingNotification(flowID: "f", occasion: .success, facts: [:])
        let isFree = { (waiting: WaitingNotification, seconds: Double, uptime: Int64) in
            waiting.isFree(
                at: Clocks.Instant(now: then.now.addingTimeInterval(seconds), uptime: then.uptime + uptime),
                longestSending: .seconds(120))
        }
        #expect(isFree(waiting, 0, 0))
        waiting.hold(at: then)
        for step in [3_600.0, -3_600] { #expect(!isFree(waiting, step, 120_000)) }
        #expect(isFree(waiting, 0, 121_000))
        // Another machine's clock is its own; an older version wrote none.
        for holder in ["elsewhere other-boot 1 1", ProcessIdentity.current.text] {
            waiting.holder = holder
            waiting.heldSinceUptime = holder.hasPrefix("elsewhere") ? then.uptime : nil
            #expect(!isFree(waiting, 120, 1) && isFree(waiting, 121, 1))
        }
    }

    @Test("What is not wanted is not told")
    func unwanted() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await makeFlow(of: orders, on: [.failure])
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        try await test.platform.setNotifications(nil, of: flow.id)
        #expect(try await test.platform.notifications(of: flow.id) == nil)
        #expect(told.isEmpty)
    }

    @Test(
        "A command that fails takes nothing from the run, and is told and counted, not repeated",
        arguments: [
            (["/bin/sh", "-c", "exit 3"], "it ended with status 3", ""),
            (
                ["/bin/sh", "-c", "printf 'slow\\nbro\\033ken\\n \\n' >&2; exit 3"],
                "it ended with status 3: bro ken", "slow\nbro\u{1B}ken\n \n"
            ),
            (["/bin/sh", "-c", "kill -9 $$"], "it was ended by signal 9", ""),
            (["/no/such/program"], "/no/such/program cannot be started: No such file or directory", ""),
        ])
    func failures(command: [String], problem: String, output: String) async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await makeFlow(of: orders, on: [.success], command: command)
        #expect(try await test.platform.runDue(flow: flow.id).map(\.status) == [.success])
        #expect(try await test.platform.runDue(flow: flow.id).isEmpty)
        let state = try #require(try await test.platform.notifications(of: flow.id))
        #expect(
            state.sent == 0 && state.failed == 1 && state.waiting == 0 && state.problem?.english == problem)
        let notified = events.all.compactMap {
            if case .notified(let notified) = $0 { notified } else { nil }
        }
        #expect(notified.map(\.problem) == [problem] && notified.map(\.output) == [output])
    }

    @Test("A command that does not end is killed, and the run is what it was")
    func endless() async throws {
        let quick = try TestPlatform(notificationTimeLimit: .seconds(1))
        let orders = try await quick.addDataset("Orders").dataset
        let flow = try await quick.addFlow([orders], schedule: quick.daily)
        try await quick.platform.setNotifications(
            FlowNotifications(on: [.success], command: ["/bin/sh", "-c", "sleep 1000"]), of: flow.id)
        #expect(try await quick.platform.runDue(flow: flow.id).map(\.status) == [.success])
        let state = try #require(try await quick.platform.notifications(of: flow.id))
        #expect(
            state.problem?.english == "it was not done after 1 seconds, and was killed" && state.waiting == 0)
    }

    @Test("What a stopped process has not told is told by the next, also where it was about to")
    func takenOver() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await makeFlow(of: orders, on: [.success], command: ["/bin/sh", "-c", "sleep 1000"])
        let stopped = Task { try await test.platform.runDue(flow: flow.id) }
        #expect(
            try await until {
                try await test.platform.store.read(Text("look")) {
                    try WaitingNotification.fetchOne($0)?.holder != nil
                }
            })
        stopped.cancel()
        _ = await stopped.result
        #expect(try await test.platform.notifications(of: flow.id)?.waiting == 1)
        try await test.platform.setNotifications(
            FlowNotifications(on: [.success], command: [try recorder()]), of: flow.id)
        let next = try TestPlatform(folder: test.folder, clock: test.clock)
        #expect(try await next.platform.runDue().isEmpty)
        #expect(told.map { $0["SLUICE_EVENT"] } == ["success"])
        #expect(try await next.platform.notifications(of: flow.id)?.waiting == 0)
    }

    @Test("Programs that run at the same time tell each thing once")
    func once() async throws {
        let datasets = [
            try await test.addDataset("A").dataset, try await test.addDataset("B").dataset,
            try await test.addDataset("C").dataset,
        ]
        let flow = try await test.addFlow(datasets, schedule: test.daily)
        try await test.platform.setNotifications(
            FlowNotifications(on: [.success], command: [try recorder()]), of: flow.id)
        let other = try TestPlatform(folder: test.folder, clock: test.clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for platform in [test.platform, other.platform] {
                group.addTask { _ = try await platform.runDue(flow: flow.id) }
            }
            try await group.waitForAll()
        }
        #expect(try await until { try await test.platform.notifications(of: flow.id)?.waiting == 0 })
        #expect(told.compactMap { $0["SLUICE_DATASET"] }.sorted() == ["A", "B", "C"])
    }

    @Test(
        "The end date is told 30, 7 and 1 days before it and when it has come, each once, and anew for another date"
    )
    func ending() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await makeFlow(of: orders, on: [.ending])
        let end = try #require(flow.draft.schedule.end)
        // The flow was made thirty days before its end.
        for days in [30, 29, 7, 6.5, 1, 0.5, -0.1, -1] {
            test.clock.now = end.addingTimeInterval(-days * 86_400)
            _ = try await test.platform.runDue()
            _ = try await test.platform.runDue()
        }
        #expect(told.map { $0["SLUICE_DAYS_LEFT"] } == ["30", "7", "1", "0"])
        #expect(told.allSatisfy { $0["SLUICE_EVENT"] == "ending" && $0["SLUICE_END_TIME"] == end.rfc3339 })
        let now = try await test.platform.flow(flow.id)
        var schedule = now.draft.schedule
        schedule.end = test.clock.now.addingTimeInterval(5 * 86_400)
        _ = try await test.platform.updateFlow(
            flow.id, Flow.Change(schedule: schedule), etag: now.revision.etag)
        _ = try await test.platform.runDue()
        #expect(told.map { $0["SLUICE_DAYS_LEFT"] } == ["30", "7", "1", "0", "5"])
    }

    @Test("An open program tells the end date when it is time to")
    func endingInTime() async throws {
        let flow = try await makeFlow(of: try await test.addDataset("Orders").dataset, on: [.ending])
        let end = try #require(flow.draft.schedule.end)
        test.clock.now = end.addingTimeInterval(-7 * 86_400 - 0.5)
        let running = Task { await test.platform.keepRunning() }
        #expect(try await until { told.map { $0["SLUICE_DAYS_LEFT"] } == ["7"] })
        // What was told is noted, which wakes it too. Then it sleeps.
        #expect(try await until { events.all.contains { if case .notified = $0 { true } else { false } } })
        try await Task.sleep(for: .milliseconds(200))
        test.clock.now += 1
        #expect(try await until { told.map { $0["SLUICE_DAYS_LEFT"] } == ["7", "6"] })
        running.cancel()
        await running.value
    }

    @Test("An open program tells what another process had no time to tell")
    func leftByAnother() async throws {
        let flow = try await makeFlow(of: try await test.addDataset("Orders").dataset, on: [.success])
        let running = Task { await test.platform.keepRunning() }
        #expect(try await until { told.count == 1 })
        let other = try TestPlatform(folder: test.folder, clock: test.clock)
        let ended = try #require(events.all.last { if case .runEnded = $0 { true } else { false } })
        try await other.platform.store.write(Text("leave a notification")) { db in
            try NotificationOutbox.put(ended, at: Date(), db)
        }
        #expect(try await until { told.count == 2 })
        #expect(told.map { $0["SLUICE_FLOW_ID"] } == [flow.id.rawValue, flow.id.rawValue])
        running.cancel()
        await running.value
    }

    @Test("Times at which nothing ran are told once, with how many and which")
    func missed() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await makeFlow(of: orders, on: [.missed])
        _ = try await test.platform.runDue()
        test.clock.now += 3.5 * 86_400
        _ = try await test.platform.runDue()
        _ = try await test.platform.runDue()
        test.clock.now += 86_400
        _ = try await test.platform.runDue()
        #expect(told.map { $0["SLUICE_MISSED"] } == ["2"])
        #expect(told.first?["SLUICE_FIRST_MISSED_TIME"] == "2026-01-16T06:00:00Z")
        #expect(told.first?["SLUICE_SCHEDULED_TIME"] == "2026-01-17T06:00:00Z")
        #expect(flow.state == .enabled)
    }

    @Test("No name reaches a command with a line break, and no secret of ours does")
    func hostile() async throws {
        let event = PlatformEvent.runEnded(
            PlatformEvent.Run(
                run: FlowRun(
                    id: "r", flowID: "f", datasetID: "d", scheduledTime: nil, status: .failed,
                    metrics: FlowRunMetrics(
                        errors: [FlowRunError(code: "X", message: "one\nSubject: two\u{1B}[2J\u{2028}")]),
                    revision: Revision(createdAt: test.clock.now, updatedAt: test.clock.now, etag: "")),
                flow: PlatformEvent.FlowName(id: "f", name: "$(id)"),
                dataset: DatasetReference(id: "d", name: "d"), folder: ""))
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await makeFlow(of: orders, on: [.failure])
        let facts = try await test.platform.store.write(Text("try")) { db in
            guard case .runEnded(var run) = event else { return [String: String]() }
            run.flow.id = flow.id
            try NotificationOutbox.put(.runEnded(run), at: Date(), db)
            return try WaitingNotification.fetchOne(db)?.facts ?? [:]
        }
        #expect(facts["SLUICE_ERROR"] == "one Subject: two [2J " && facts["SLUICE_FLOW_NAME"] == "$(id)")
        let kept = [String: String].ofCommands(
            from: [
                "SLUICE_PASSPHRASE": "x", "SLUICE_CLIENT_SECRET": "x", "AWS_SECRET_ACCESS_KEY": "x",
                "PATH": "/bin",
            ], home: "/h")
        #expect(kept == ["PATH": "/bin", "SLUICE_HOME": "/h"])
    }

    @Test("A command without the path of a program, and an unknown flow, are refused")
    func refusals() async throws {
        let orders = try await test.addDataset("Orders").dataset
        let flow = try await test.addFlow([orders], schedule: test.daily)
        for command in [[], ["mail"], ["/bin/sh", "a\u{0}b"]] {
            await #expect(throws: FlowServiceError.self) {
                try await test.platform.setNotifications(
                    FlowNotifications(on: [.failure], command: command), of: flow.id)
            }
        }
        await #expect(throws: FlowServiceError.notFound(what: "flow", id: "x")) {
            try await test.platform.setNotifications(nil, of: "x")
        }
    }
}

/// The events of a platform as they come.
final class Events: Sendable {
    private let events = Mutex<[PlatformEvent]>([])

    var all: [PlatformEvent] { events.withLock { $0 } }

    func note(_ event: PlatformEvent) { events.withLock { $0.append(event) } }
}
