// Sends what waits to be told: each notification by one process, which runs the flow's command. A command that fails
// has been run: that is noted and told, and the notification is not sent again. One whose process ends before the
// command does is sent again by the next.
import ChildPrograms
import ExportDomain
import FoundationEssentials
import GRDB

/// Runs the commands of notifications.
struct Notifier: Sendable {
    let store: Store
    /// What commands find in their environment beside the facts.
    let environment: [String: String]
    /// How long a command may take.
    let timeLimit: Duration
    let now: @Sendable () -> Date
    let observe: @Sendable (PlatformEvent) -> Void

    /// How long a command may take, where nothing else is said.
    static let standardTimeLimit = Duration.seconds(60)

    /// Sends all that waits and that no other process is sending, the oldest first, until the task is cancelled.
    func sendWaiting() async {
        while !Task.isCancelled {
            guard let (waiting, stored) = try? await take() else { return }
            await send(waiting, stored)
        }
    }

    private func send(_ waiting: WaitingNotification, _ stored: StoredNotifications) async {
        var problem: String?
        var output = ""
        do {
            let outcome = try await ChildProgram(
                stored.settings.command, environment: environment.merging(waiting.facts) { $1 },
                timeLimit: timeLimit, outputLimit: 4 << 10
            ).run()
            output = outcome.output + outcome.errors
            problem = outcome.problem(timeLimit: timeLimit)
        } catch let error as ChildProgramError {
            problem = error.description
        } catch {
            // Stopped in the middle: it is left to the next process.
            return await giveBack(waiting)
        }
        let name = PlatformEvent.FlowName(id: waiting.flowID, name: waiting.facts["SLUICE_FLOW_NAME"] ?? "")
        try? await finish(waiting, problem: problem)
        observe(
            .notified(
                PlatformEvent.Notified(
                    flow: name, occasion: waiting.occasion, problem: problem, output: output)))
    }

    /// Takes the oldest that nobody is sending; nil where there is none.
    ///
    /// What its flow no longer wants to tell is dropped.
    private func take() async throws -> (WaitingNotification, StoredNotifications)? {
        // A look takes no lock from whoever writes.
        let isAnything = try await store.read("look for notifications") { try find($0) != nil }
        if !isAnything { return nil }
        return try await store.write("take a notification") { db in
            while var waiting = try find(db) {
                if let stored = try StoredNotifications.of(waiting.flowID, db),
                    stored.settings.occasions.contains(waiting.occasion)
                {
                    waiting.holder = ProcessIdentity.current.text
                    waiting.heldSince = now().milliseconds
                    try waiting.update(db)
                    return (waiting, stored)
                }
                try waiting.delete(db)
            }
            return nil
        }
    }

    private func find(_ db: Database) throws -> WaitingNotification? {
        let instant = now().milliseconds
        return try WaitingNotification.order(Column("sequence")).fetchCursor(db).first {
            $0.isFree(at: instant, longestSending: timeLimit + .seconds(60))
        }
    }

    private func finish(_ waiting: WaitingNotification, problem: String?) async throws {
        try await store.write("note what came of a notification") { db in
            try waiting.delete(db)
            guard var stored = try StoredNotifications.of(waiting.flowID, db) else { return }
            stored.sent += problem == nil ? 1 : 0
            stored.failed += problem == nil ? 0 : 1
            stored.problem = problem
            try stored.update(db)
        }
    }

    /// Leaves a notification to others, also in a task that is cancelled.
    private func giveBack(_ waiting: WaitingNotification) async {
        await Task {
            try? await store.write("give a notification back") { db in
                var waiting = waiting
                waiting.holder = nil
                waiting.heldSince = nil
                try waiting.update(db)
            }
        }.value
    }
}

extension ChildProgram.Outcome {
    /// Why it did not end well, in words; nil where it did.
    fileprivate func problem(timeLimit: Duration) -> String? {
        switch ending {
        case .exited(0): nil
        case .exited(let status): "it ended with status \(status)"
        case .killed(let signal): "it was ended by signal \(signal)"
        case .timedOut: "it was not done after \(timeLimit.components.seconds) seconds, and was killed"
        }
    }
}
