// Sends what waits to be told: each notification by one process, which runs the flow's command. Those of a flow are sent
// one after the other, in the order in which things happened; those of several flows at once, so that a command that
// hangs keeps no other flow waiting. A command that fails has been run: that is noted and told, and the notification is
// not sent again. One whose process ends before the command does is sent again by the next.
import ChildPrograms
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

/// Runs the commands of notifications.
struct Notifier: Sendable {
    let store: Store
    /// What commands find in their environment beside the facts.
    let environment: [String: String]
    /// How long a command may take.
    let timeLimit: Duration
    let clocks: Clocks
    let observe: @Sendable (PlatformEvent) -> Void

    /// How long a command may take, where nothing else is said.
    static let standardTimeLimit = Duration.seconds(60)

    /// So many commands run at a time.
    private static let width = 8

    /// Sends what waits and what no other process is sending, and returns when that is done.
    ///
    /// What has not begun within the time that a command may take is left to the next process: whoever has exported
    /// does not wait longer.
    func sendWaiting() async {
        let deadline = ContinuousClock.now + timeLimit
        var hasBegun = false
        await withTaskGroup(of: Void.self) { group in
            var underWay = 0
            while !Task.isCancelled {
                while underWay < Self.width, !hasBegun || ContinuousClock.now < deadline,
                    let taken = try? await take()
                {
                    group.addTask { await send(taken) }
                    underWay += 1
                    hasBegun = true
                }
                guard await group.next() != nil else { return }
                underWay -= 1
            }
        }
    }

    /// Sends what waits, and what comes, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - wakeUp: is called when there may be something to send.
    ///   - longestSleep: how long there is no look where nobody calls.
    ///   - look: is done before each look at what waits; says when there is to be one again, nil where that does not matter.
    func keepSending(
        wokenBy wakeUp: WakeUp, longestSleep: LongestSleep, _ look: @Sendable () async -> Date?
    ) async {
        let underWay = Underway()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let seen = wakeUp.count
                let next = await look()
                while underWay.count < Self.width, let taken = try? await take() {
                    // Nothing else of its flow is being sent.
                    _ = underWay.begin(taken.waiting.flowID, width: Self.width)
                    group.addTask {
                        await send(taken)
                        underWay.end(taken.waiting.flowID)
                        wakeUp.call()
                    }
                }
                let isAtRest = (try? await isNothingWaiting()) ?? false
                await wakeUp.sleep(
                    upTo: longestSleep.until(next, now: clocks.now(), isAtRest: isAtRest), since: seen)
            }
        }
    }

    /// A notification that this process is to send, with its flow's command.
    private struct Taken: Sendable {
        var waiting: WaitingNotification
        var stored: StoredNotifications
    }

    private func send(_ taken: Taken) async {
        let (waiting, stored) = (taken.waiting, taken.stored)
        var problem: Text?
        var output = ""
        do {
            let outcome = try await ChildProgram(
                stored.settings.command, environment: environment.merging(waiting.facts) { $1 },
                timeLimit: timeLimit, outputLimit: 4 << 10
            ).run()
            output = outcome.output + outcome.errors
            problem = outcome.problem(timeLimit: timeLimit)
        } catch let error as ChildProgramError {
            problem = error.text
        } catch {
            // Stopped in the middle: it is left to the next process.
            return await giveBack(waiting)
        }
        let name = PlatformEvent.FlowName(id: waiting.flowID, name: waiting.facts["SLUICE_FLOW_NAME"] ?? "")
        try? await finish(waiting, problem: problem)
        observe(
            .notified(
                PlatformEvent.Notified(
                    flow: name, occasion: waiting.occasion, problem: problem?.english, output: output)))
    }

    /// Takes what is to be sent next; nil where there is nothing.
    ///
    /// What its flow no longer wants to tell is dropped.
    private func take() async throws -> Taken? {
        // A look takes no lock from whoever writes.
        let isAnything = try await store.read(Text("look for notifications")) { try find($0) != nil }
        if !isAnything { return nil }
        return try await store.write(Text("take a notification")) { db in
            while var waiting = try find(db) {
                if let stored = try StoredNotifications.of(waiting.flowID, db),
                    stored.settings.occasions.contains(waiting.occasion)
                {
                    waiting.hold(at: clocks.instant)
                    try waiting.update(db)
                    return Taken(waiting: waiting, stored: stored)
                }
                try waiting.delete(db)
            }
            return nil
        }
    }

    /// Whether nobody has anything to send, nor is about to.
    private func isNothingWaiting() async throws -> Bool {
        try await store.read(Text("look for notifications")) { try WaitingNotification.all().isEmpty($0) }
    }

    /// The oldest that nobody is sending, of the flows of which nothing is being sent.
    private func find(_ db: Database) throws -> WaitingNotification? {
        let instant = clocks.instant
        var busy: Set<Identifier<Flow>> = []
        return try WaitingNotification.order(Column("sequence")).fetchCursor(db).first { waiting in
            let isFree = waiting.isFree(at: instant, longestSending: timeLimit + .seconds(60))
            if !isFree { busy.insert(waiting.flowID) }
            return isFree && !busy.contains(waiting.flowID)
        }
    }

    private func finish(_ waiting: WaitingNotification, problem: Text?) async throws {
        try await store.write(Text("note what came of a notification")) { db in
            try waiting.delete(db)
            guard var stored = try StoredNotifications.of(waiting.flowID, db) else { return }
            stored.sent += problem == nil ? 1 : 0
            stored.failed += problem == nil ? 0 : 1
            stored.problem = problem?.english
            stored.problemText = problem
            try stored.update(db)
        }
    }

    /// Leaves a notification to others, also in a task that is cancelled.
    private func giveBack(_ waiting: WaitingNotification) async {
        await Task {
            try? await store.write(Text("give a notification back")) { db in
                var waiting = waiting
                waiting.release()
                try waiting.update(db)
            }
        }.value
    }
}

extension ChildProgram.Outcome {
    /// Why it did not end well, in words; nil where it did.
    fileprivate func problem(timeLimit: Duration) -> Text? {
        switch ending {
        case .exited(0): nil
        case .exited(let status):
            lastError.map { Text("it ended with status \(status): \(String($0).inOneLine)") }
                ?? Text("it ended with status \(status)")
        case .killed(let signal): Text("it was ended by signal \(signal)")
        case .timedOut: Text("it was not done after \(timeLimit.components.seconds) seconds, and was killed")
        }
    }
}
