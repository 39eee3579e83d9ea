// What a put that does not succeed promises: nothing.

import ObjectStorage
import Testing

extension StorageConformance {
    static let failingPuts = [
        StorageConformance("A body that fails leaves nothing, and its error comes through") { storage in
            for size in [0, 10, 300_000] {
                let key = try StorageKey("failed/\(size)/object")
                await #expect(throws: SourceFailure()) {
                    try await storage.put(Body(pattern(size), ending: .failing), at: key)
                }
                try await expectNothing(at: key, in: storage)
            }
            #expect(try await storage.list(prefix: "", after: nil, limit: 10).objects.isEmpty)
        },
        StorageConformance("A body that fails leaves the object that was there") { storage in
            let key = try StorageKey("kept")
            try await storage.put(bytes: pattern(100), at: key)
            await #expect(throws: SourceFailure()) {
                try await storage.put(Body(pattern(300_000), ending: .failing), at: key)
            }
            try await expectContent(pattern(100), at: key, in: storage)
        },
        StorageConformance("A put that is cancelled midway leaves nothing, even if its body just ends") {
            storage in
            for (number, ending) in [Body.Ending.waiting, .waitingThenWhole].enumerated() {
                let key = try StorageKey("cancelled/\(number)")
                await cancelMidway(ending, at: key, in: storage)
                try await expectNothing(at: key, in: storage)
            }
        },
        StorageConformance("A put that is cancelled midway leaves the object that was there") { storage in
            let key = try StorageKey("kept")
            try await storage.put(bytes: pattern(100), at: key)
            await cancelMidway(.waiting, at: key, in: storage)
            try await expectContent(pattern(100), at: key, in: storage)
        },
        StorageConformance("A large body that fails or is cancelled after several parts leaves nothing") {
            storage in
            let body = pattern(20 << 20)
            let key = try StorageKey("large/object")
            await #expect(throws: SourceFailure()) {
                try await storage.put(Body(body, chunk: 1 << 20, ending: .failing), at: key)
            }
            try await expectNothing(at: key, in: storage)
            let (ends, end) = AsyncStream.makeStream(of: Void.self)
            let put = Task {
                try await storage.put(
                    Body(body, chunk: 1 << 20, ending: .waiting, onEnd: { end.yield() }), at: key)
            }
            for await _ in ends { break }
            put.cancel()
            await #expect(throws: CancellationError.self) { try await put.value }
            try await expectNothing(at: key, in: storage)
            try await storage.put(Body(body, chunk: 3_000_000), at: key)
            try await expectContent(body, at: key, in: storage)
        },
        StorageConformance("An object is not to be seen before it is whole") { storage in
            let key = try StorageKey("slow/object")
            let (ends, end) = AsyncStream.makeStream(of: Void.self)
            let put = Task {
                let body = Body(pattern(300_000), ending: .waiting, onEnd: { end.yield() })
                try await storage.put(body, at: key)
            }
            for await _ in ends { break }
            try await expectNothing(at: key, in: storage)
            #expect(try await storage.list(prefix: "", after: nil, limit: 10).objects.isEmpty)
            put.cancel()
            _ = await put.result
        },
        StorageConformance("A body of another length than announced is refused") { storage in
            let key = try StorageKey("length")
            for (announced, sent) in [(99, 100), (101, 100), (0, 1), (1, 0)] {
                let error = await #expect(throws: StorageError.self) {
                    try await storage.put(
                        Body(pattern(sent)), at: key, options: PutOptions(length: Int64(announced)))
                }
                #expect(
                    error?.failure.reason == .wrongLength(expected: Int64(announced), found: Int64(sent)))
                try await expectNothing(at: key, in: storage)
            }
            try await storage.put(Body(pattern(100)), at: key, options: PutOptions(length: 100))
            try await expectContent(pattern(100), at: key, in: storage)
        },
        StorageConformance("Clearing away what died leaves objects alone") { storage in
            let key = try StorageKey("folder/object")
            try await storage.put(bytes: pattern(10), at: key)
            await #expect(throws: SourceFailure()) {
                try await storage.put(
                    Body(pattern(300_000), ending: .failing), at: try StorageKey("folder/failed"))
            }
            try await storage.abortUnfinished(prefix: "")
            try await storage.abortUnfinished(prefix: "nothing/here")
            try await expectContent(pattern(10), at: key, in: storage)
        },
        StorageConformance("Clearing away what one put left leaves others in its folder whole") { storage in
            let long = String(repeating: "名", count: 84)
            for (cleared, living) in [("part-1", "part-10"), (long + "1", long + "2")] {
                let (begins, begin) = AsyncStream.makeStream(of: Void.self)
                let (gate, open) = AsyncStream.makeStream(of: Void.self)
                let content = pattern(9 << 20)
                let key = try StorageKey("shared/folder/" + living)
                let put = Task {
                    let body = Body(
                        content, chunk: 1 << 20, ending: .wholeAfter(gate), onEnd: { begin.yield() })
                    try await storage.put(body, at: key)
                }
                for await _ in begins { break }
                let other = try StorageKey("shared/folder/" + cleared)
                try await storage.abortUnfinished(prefix: "shared/folder/", of: [other])
                try await storage.abortUnfinished(prefix: "shared/folder/", of: [])
                try await storage.abortUnfinished(prefix: other.text + ".json")
                try await storage.abortUnfinished(prefix: "shared/other/", of: [key])
                open.finish()
                try await put.value
                try await expectContent(content, at: key, in: storage)
            }
        },
    ]

    /// Starts a put, waits until all its chunks are taken, cancels it, and waits for its end.
    private static func cancelMidway(
        _ ending: Body.Ending, at key: StorageKey, in storage: any Storage
    ) async {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let put = Task {
            try await storage.put(Body(pattern(300_000), ending: ending, onEnd: { end.yield() }), at: key)
        }
        for await _ in ends { break }
        put.cancel()
        await #expect(throws: CancellationError.self) { try await put.value }
    }
}
