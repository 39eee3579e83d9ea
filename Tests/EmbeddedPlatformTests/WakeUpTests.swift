import Foundation
import Synchronization
import Testing

@testable import EmbeddedPlatform

@Suite("A sleep")
struct WakeUpTests {
    private let wakeUp = WakeUp()

    @Test("is not slept where a call has come before it")
    func hearsEarlyCalls() async {
        let seen = wakeUp.count
        wakeUp.call()
        await wakeUp.sleep(upTo: .seconds(3_600), since: seen)
        #expect(wakeUp.count == seen + 1)
    }

    @Test("ends with a call, for all who sleep")
    func hearsCalls() async throws {
        let awake = Mutex(0)
        let sleep: @Sendable () async -> Void = { [wakeUp] in
            await wakeUp.sleep(upTo: .seconds(3_600), since: 0)
            awake.withLock { $0 += 1 }
        }
        async let first: Void = sleep()
        async let second: Void = sleep()
        try await Task.sleep(for: .milliseconds(50))
        #expect(awake.withLock(\.self) == 0)
        wakeUp.call()
        _ = await (first, second)
        #expect(awake.withLock(\.self) == 2)
    }

    @Test("ends when its time is over, and not before", arguments: [0, 1, 40])
    func ends(milliseconds: Int) async {
        let begun = Date()
        await wakeUp.sleep(upTo: .milliseconds(milliseconds), since: 0)
        #expect(Date().timeIntervalSince(begun) >= Double(milliseconds) / 1_000)
        #expect(wakeUp.count == 0)
    }

    @Test("ends when the sleeper is cancelled, before it or in it", arguments: [false, true])
    func isCancelled(isAsleep: Bool) async throws {
        let sleeper = Task { [wakeUp] in await wakeUp.sleep(upTo: .seconds(3_600), since: 0) }
        if isAsleep { try await Task.sleep(for: .milliseconds(50)) }
        sleeper.cancel()
        await sleeper.value
        #expect(wakeUp.count == 0)
    }

    @Test(
        "is as long as it may be, or until the next thing is to be done, which is never at once",
        arguments: [
            (nil, true, true, 3_600), (nil, true, false, 60), (nil, false, true, 60), (nil, false, false, 60),
            (59, true, true, 59), (59, false, false, 59), (61, true, true, 61), (61, true, false, 60),
            (100_000, true, true, 3_600), (0, true, true, 0.01), (-5, true, false, 0.01),
        ] as [(Double?, Bool, Bool, Double)])
    func longest(seconds: Double?, othersAreHeard: Bool, isAtRest: Bool, expected: Double) {
        let now = Date(timeIntervalSince1970: 1_768_456_800)
        let longest = LongestSleep(othersAreHeard: othersAreHeard)
        let until = longest.until(seconds.map(now.addingTimeInterval), now: now, isAtRest: isAtRest)
        #expect(until == .seconds(expected))
    }
}
