// Work in parallel that keeps its order and leaves nothing behind.

import Foundation
import ParallelWork
import Synchronization
import Testing

@Suite struct OrderedWorkTests {
    private struct Failure: Error, Equatable { let number: Int }

    private final class Counters: Sendable {
        let begun = Atomic(0)
        let running = Atomic(0)
        let most = Atomic(0)

        func during<Result>(_ work: () throws -> Result) rethrows -> Result {
            let now = running.add(1, ordering: .relaxed).newValue
            most.max(now, ordering: .relaxed)
            defer { running.subtract(1, ordering: .relaxed) }
            return try work()
        }
    }

    @Test("Results come in the order of the pieces, with no more in work than allowed", arguments: [1, 2, 5])
    func order(width: Int) async throws {
        let counters = Counters()
        let work = OrderedWork<Int>(width: width)
        var next = 0
        var results: [Int] = []
        while let result = try await work.next({
            guard next < 200 else { return nil }
            next += 1
            let number = next
            return {
                counters.during {
                    // The first pieces take longest.
                    usleep(UInt32(200 - number) * 20)
                    return number
                }
            }
        }) {
            results.append(result)
            #expect(next - results.count < width)
        }
        #expect(results == Array(1...200))
        #expect(counters.most.load(ordering: .relaxed) <= width)
    }

    @Test("The first piece in order that fails is the error, and nothing goes on after it")
    func failure() async throws {
        let counters = Counters()
        let work = OrderedWork<Int>(width: 4)
        var next = 0
        await #expect(throws: Failure(number: 20)) {
            while try await work.next({
                next += 1
                let number = next
                return {
                    try counters.during {
                        if number >= 20 { throw Failure(number: number) }
                        return number
                    }
                }
            }) != nil {}
        }
        #expect(counters.running.load(ordering: .relaxed) == 0)
    }

    @Test("When the waiting task is cancelled, every piece has ended before it goes on")
    func cancellation() async throws {
        let counters = Counters()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let waiting = Task {
            let work = OrderedWork<Int>(width: 3)
            while try await work.next({
                {
                    counters.during {
                        begin.yield()
                        usleep(20_000)
                        return 1
                    }
                }
            }) != nil {}
        }
        for await _ in begun { break }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(counters.running.load(ordering: .relaxed) == 0)
    }

    @Test("Letting go of the work cancels what is in it")
    func lettingGo() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        var work: OrderedWork<Int>? = OrderedWork(width: 2)
        var next = 0
        _ = try await work?.next {
            next += 1
            guard next > 1 else { return { 1 } }
            return {
                while !Task.isCancelled { usleep(1_000) }
                end.yield()
                return 2
            }
        }
        work = nil
        for await _ in ended { break }
    }
}
