// How bodies are cut into parts and sent: sizes, order, memory, failures.

import Synchronization
import Testing

@testable import ObjectStorage

@Suite struct PartTests {
    @Test("However long a body of unknown length is, its parts do not run out before 5 TiB")
    func growing() {
        let plan = PartPlan.growing(mostParts: 10_000)
        let sizes = (1...10_000).map { Int64(plan.size(ofPart: $0)) }
        #expect(sizes.first == 8 << 20)
        #expect(sizes == sizes.sorted())
        #expect(sizes.reduce(0, +) >= 5 << 40)
        #expect(sizes.allSatisfy { $0 <= 5 << 30 })
        // 600 GB within the memory that is meant for parts.
        #expect(sizes.filter { $0 <= PartPlan.memory }.reduce(0, +) >= 600_000_000_000)
    }

    @Test(
        "A body of known length is cut into parts of one size, as few as need be",
        arguments: [
            (0, 8 << 20), (1 << 30, 8 << 20), (80_000 << 20, 8 << 20), ((80_000 << 20) + 1, 9 << 20),
            (5 << 40, 525 << 20),
        ] as [(Int64, Int)])
    func uniform(length: Int64, size: Int) {
        let plan = PartPlan.uniform(length: length, mostParts: 10_000)
        #expect(plan.size(ofPart: 1) == size)
        #expect(plan.size(ofPart: 10_000) == size)
        #expect(Int64(size) * 10_000 >= length)
    }

    @Test("The parts in memory are four and one, and fewer where they are large")
    func memory() {
        for (megabytes, expected) in [(8, 4), (32, 4), (64, 3), (128, 1), (256, 0), (1_024, 0)] {
            let size = megabytes << 20
            #expect(PartPlan.inFlight(besideOneOf: size) == expected)
            #expect((expected + 1) * size <= max(PartPlan.memory, size))
        }
    }

    private let plan = PartPlan(tiers: [.init(count: 2, size: 10), .init(count: 3, size: 20)], mostParts: 5)

    private func parts(_ chunks: [Int], length: Int64? = nil) async throws -> [BodyPart] {
        var next: UInt8 = 0
        let body = chunks.map { count in
            (0..<count).map { _ -> UInt8 in
                next &+= 1
                return next
            }
        }
        var cutter = PartCutter(Chunks(chunks: body), plan: plan, length: length)
        var parts: [BodyPart] = []
        while let part = try await cutter.next() { parts.append(part) }
        #expect(parts.flatMap(\.bytes) == body.flatMap { $0 })
        #expect(parts.map(\.isLast) == parts.indices.map { $0 == parts.count - 1 })
        #expect(cutter.size == Int64(chunks.reduce(0, +)))
        return parts
    }

    @Test("Parts have the planned sizes, and the last one knows that it is")
    func cutting() async throws {
        for (chunks, sizes) in [
            ([], [0]), ([0, 0], [0]), ([1], [1]), ([10], [10]), ([0, 10, 0], [10]), ([10, 1], [10, 1]),
            ([3, 3, 3, 3, 3, 3, 3], [10, 10, 1]), ([80], [10, 10, 20, 20, 20]),
            ([10, 10, 20], [10, 10, 20]), ([25, 25], [10, 10, 20, 10]),
        ] as [([Int], [Int])] {
            let parts = try await parts(chunks)
            #expect(parts.map(\.bytes.count) == sizes)
            #expect(parts.map(\.number) == Array(1...sizes.count))
            #expect(try await self.parts(chunks, length: Int64(chunks.reduce(0, +))).count == sizes.count)
        }
    }

    @Test("A body that is longer than all parts, or not as long as announced, is refused")
    func lengths() async throws {
        await #expect(throws: PartCutter<Chunks>.TooLong()) { _ = try await parts([81]) }
        for (chunks, announced, found) in [([5, 5], 11, 10), ([5, 5], 9, 10), ([1], 0, 1), ([], 1, 0)] {
            await #expect(
                throws: PartCutter<Chunks>.WrongLength(expected: Int64(announced), found: Int64(found))
            ) { _ = try await parts(chunks, length: Int64(announced)) }
        }
    }

    @Test("At most four parts are sent at the same time, and what comes of them is in their order")
    func sending() async throws {
        let plan = PartPlan(tiers: [.init(count: 50, size: 3)], mostParts: 50)
        var cutter = PartCutter(Chunks(chunks: [Array(0..<100)]), plan: plan, length: nil)
        let current = Mutex(0)
        let most = Mutex(0)
        let first = try #require(try await cutter.next())
        let uploaded = try await cutter.uploadAll(from: first) { part in
            let now = current.withLock { count -> Int in
                count += 1
                return count
            }
            most.withLock { $0 = max($0, now) }
            try await Task.sleep(for: .milliseconds(part.number % 3))
            current.withLock { $0 -= 1 }
            return part.bytes
        }
        #expect(uploaded.receipts.flatMap { $0 } == Array(0..<100))
        #expect(uploaded.receipts.count == 34)
        #expect(uploaded.size == 100)
        #expect(most.withLock { $0 } == 4)
    }

    @Test("A part that cannot be sent ends the upload with its error")
    func failing() async throws {
        struct Refused: Error, Equatable {}
        let plan = PartPlan(tiers: [.init(count: 50, size: 3)], mostParts: 50)
        var cutter = PartCutter(Chunks(chunks: [Array(0..<100)]), plan: plan, length: nil)
        let first = try #require(try await cutter.next())
        await #expect(throws: Refused()) {
            _ = try await cutter.uploadAll(from: first) { part in
                if part.number == 7 { throw Refused() }
            }
        }
    }
}

/// A body of given chunks.
private struct Chunks: AsyncSequence, Sendable {
    let chunks: [[UInt8]]

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        mutating func next() async throws -> [UInt8]? { rest.popFirst() }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: chunks[...]) }
}
