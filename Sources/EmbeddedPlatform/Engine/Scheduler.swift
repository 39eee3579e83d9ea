// Runs flows as they fall due, as long as its task lives. It sleeps until the next occurrence, and is woken
// when a flow is made or resumed, when one has ended, and when another process has changed something.
import ExportDomain
import FoundationEssentials
import Synchronization

/// Runs flows as they fall due.
struct Scheduler: Sendable {
    let runner: FlowRunner
    let wakeUp: WakeUp
    let longestSleep: LongestSleep

    /// Runs flows until the task is cancelled; runs that are under way then can be resumed.
    func run() async {
        let (underWay, problems) = (Underway(), ToldProblems())
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let seen = wakeUp.count
                let pending = try? await runner.pending()
                for flow in pending ?? []
                where underWay.begin(flow, width: FlowRunner.width) {
                    group.addTask {
                        // A flow that another process runs, or that the store cannot answer for, is looked
                        // at again after the sleep and not at once.
                        let hasRun = await run(flow, problems)
                        underWay.end(flow)
                        if hasRun { wakeUp.call() }
                    }
                }
                await wakeUp.sleep(upTo: await untilNext(isAtRest: pending == []), since: seen)
            }
            group.cancelAll()
        }
    }

    /// Runs a flow; false where another process does, or where it cannot be run now, which is told.
    private func run(_ flow: Identifier<Flow>, _ problems: ToldProblems) async -> Bool {
        do {
            let hasRun = try await runner.run(flow)
            if hasRun { problems.forget(flow) }
            return hasRun
        } catch {
            if !Task.isCancelled, problems.isNew("\(error)", of: flow),
                let name = try? await runner.name(of: flow)
            {
                runner.observe(.flowNotRun(name, reason: "\(error)"))
            }
            return false
        }
    }

    private func untilNext(isAtRest: Bool) async -> Duration {
        do {
            let next = try await runner.nextOccurrence()
            return longestSleep.until(next, now: runner.clocks.now(), isAtRest: isAtRest)
        } catch {
            return longestSleep.whileSomethingIsLeft
        }
    }
}

/// The flows for which something is done just now.
final class Underway: Sendable {
    private let flows = Mutex<Set<Identifier<Flow>>>([])

    /// How many they are.
    var count: Int { flows.withLock { $0.count } }

    /// Takes note of a flow; false if it runs already or too many do.
    func begin(_ flow: Identifier<Flow>, width: Int) -> Bool {
        flows.withLock { $0.count < width && $0.insert(flow).inserted }
    }

    /// It is done.
    func end(_ flow: Identifier<Flow>) {
        flows.withLock { _ = $0.remove(flow) }
    }
}

/// Why flows could not be run, so that it is told once and not every minute.
private final class ToldProblems: Sendable {
    private let problems = Mutex<[Identifier<Flow>: String]>([:])

    /// Takes note of why a flow could not be run; false where it was the same the last time.
    func isNew(_ problem: String, of flow: Identifier<Flow>) -> Bool {
        problems.withLock { $0.updateValue(problem, forKey: flow) != problem }
    }

    /// The flow has been run.
    func forget(_ flow: Identifier<Flow>) { problems.withLock { _ = $0.removeValue(forKey: flow) } }
}
