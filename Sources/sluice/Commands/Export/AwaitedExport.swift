// The export that `sluice export` waits for where the runs are made by another machine: which one it is, and when it
// is over.
import ExportDomain
import FoundationEssentials

/// An occurrence of a flow's schedule whose runs a platform makes by itself.
struct AwaitedExport: Sendable {
    /// How long is waited.
    enum Patience: Sendable {
        case none, short, any
    }

    /// What there is to wait for.
    enum Decision: Sendable, Equatable {
        /// The export of this time.
        case wait(Date)
        /// Nothing now; the next export is at this time.
        case later(Date)
        /// Nothing ever.
        case over
    }

    /// What will be due so soon is waited for.
    static let soon: TimeInterval = 600
    /// What is due and has not begun after so long is not waited for any more.
    static let longestDelay: TimeInterval = 900

    /// Runs are made no longer before their time.
    private static let lead: TimeInterval = 86_400

    private let flow: Flow
    private let service: any FlowService
    /// The number of the flow's datasets; each has a run of its own.
    let datasets: Int
    private let known: [FlowRun]

    init(of flow: Flow, on service: any FlowService) async throws {
        self.flow = flow
        self.service = service
        datasets = try await service.sourceConnection(flow.draft.sourceConnectionID).draft.datasets.count
        let due = flow.draft.schedule.latestOccurrence(notAfter: Date()) ?? Date()
        known = try await service.runs(of: flow.id, since: due - Self.lead)
    }

    /// Which export is waited for.
    func decision(with patience: Patience, now: Date) -> Decision {
        Self.decision(
            of: flow.draft.schedule, isExported: { time in isOver(runs(known, at: time)) },
            patience: patience, now: now)
    }

    static func decision(
        of schedule: Schedule, isExported: (Date) -> Bool, patience: Patience, now: Date
    ) -> Decision {
        let due = schedule.latestOccurrence(notAfter: now).flatMap { isExported($0) ? nil : $0 }
        let next = schedule.occurrences(from: now.addingTimeInterval(1), limit: 1).first
        guard let time = due ?? next else { return .over }
        switch patience {
        case .none: return .later(time)
        case .any: return .wait(time)
        case .short: return time.timeIntervalSince(now) <= soon ? .wait(time) : .later(time)
        }
    }

    /// Waits until the runs of an occurrence are over.
    ///
    /// - Parameter onProgress: told how many of them are.
    /// - Returns: the runs; nil where none has begun for too long.
    func runs(
        at time: Date, patience: Patience, onProgress: (Int) -> Void
    ) async throws -> [FlowRun]? {
        let start = max(time, Date())
        var looks = 0
        while true {
            let found = runs(try await service.runs(of: flow.id, since: time - Self.lead), at: time)
            onProgress(found.count { $0.status.isOver })
            if isOver(found) { return found }
            if found.isEmpty, patience != .any, Date().timeIntervalSince(start) > Self.longestDelay {
                return nil
            }
            looks += 1
            // Often at first, as small exports are done soon; then as seldom as others are asked to.
            let pause = looks < 30 ? 1.0 : looks < 100 ? 5 : 15
            let wait = max(pause, min(60, time.timeIntervalSinceNow))
            try await Task.sleep(for: .seconds(wait))
        }
    }

    /// The runs of an occurrence.
    ///
    /// Where a platform does not say which one a run belongs to, those made since.
    private func runs(_ runs: [FlowRun], at time: Date) -> [FlowRun] {
        runs.filter { $0.scheduledTime.map { $0 == time } ?? ($0.revision.createdAt >= time) }
    }

    private func isOver(_ runs: [FlowRun]) -> Bool {
        runs.count >= datasets && runs.allSatisfy(\.status.isOver)
    }
}
