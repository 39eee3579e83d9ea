// How those who do things in their time sleep: until that time, or until somebody calls.
import Dispatch
import FoundationEssentials
import Synchronization

/// A call that wakes whoever sleeps, and whoever was about to.
final class WakeUp: Sendable {
    private struct State {
        var count = 0
        var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
        var latestSleeper = 0
    }

    private let state = Mutex(State())

    /// How many calls there have been.
    var count: Int { state.withLock { $0.count } }

    /// Wakes all sleepers.
    func call() {
        let sleepers = state.withLock { state in
            state.count += 1
            defer { state.sleepers = [:] }
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    /// Sleeps until a call, the end of a time, or cancellation.
    ///
    /// The end is a time of day: where the clock is set, or the machine has slept, the sleep ends when the clock shows
    /// that time.
    /// - Parameter count: the calls that the sleeper knows of; if there have been more it does not sleep.
    func sleep(upTo duration: Duration, since count: Int) async {
        let number = state.withLock { state in
            state.latestSleeper += 1
            return state.latestSleeper
        }
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(wallDeadline: .now() + duration.seconds)
        timer.setEventHandler { [self] in wake(number) }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sleeps = state.withLock { state in
                    guard state.count == count, !Task.isCancelled else { return false }
                    state.sleepers[number] = continuation
                    return true
                }
                timer.activate()
                if !sleeps { continuation.resume() }
            }
        } onCancel: {
            wake(number)
        }
        timer.cancel()
    }

    private func wake(_ number: Int) {
        state.withLock { $0.sleepers.removeValue(forKey: number) }?.resume()
    }
}

/// How long is slept at most, by those who are woken when there is something to do.
struct LongestSleep: Sendable, Hashable {
    /// Where something is left to be done later or by others, who may end without a word.
    var whileSomethingIsLeft = Duration.seconds(60)
    /// Where nothing is.
    var atRest: Duration

    /// - Parameter othersAreHeard: whether changes that other processes make wake the sleeper; where they do not, it
    ///   has to look for them.
    init(othersAreHeard: Bool) { atRest = othersAreHeard ? .seconds(3_600) : .seconds(60) }

    /// How long to sleep until a time, or as long as may be where there is none.
    func until(_ time: Date?, now: Date, isAtRest: Bool) -> Duration {
        let longest = isAtRest ? atRest : whileSomethingIsLeft
        guard let time else { return longest }
        return min(max(.seconds(time.timeIntervalSince(now)), .milliseconds(10)), longest)
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}
