// What a put that succeeds promises.

import ObjectStorage
import Testing

extension StorageConformance {
    static let puts = [
        StorageConformance("What is put can be read, looked up, listed, and deleted") { storage in
            let key = try StorageKey("folder/sub/object.bin")
            let stored = try await storage.put(Body(pattern(1_000)), at: key)
            #expect(stored.key == key)
            #expect(stored.size == 1_000)
            try await expectContent(pattern(1_000), at: key, in: storage)
            try await storage.delete(key)
            try await expectNothing(at: key, in: storage)
            try await storage.delete(key)
        },
        StorageConformance("Objects of every size arrive whole, however they are cut into chunks") {
            storage in
            for (size, chunk) in [
                (0, 1), (1, 1), (65_536, 65_536), (65_537, 65_536), (100_000, 33), (262_145, 65_536),
                (8 << 20, 1 << 20), ((8 << 20) + 1, 1 << 20), (3_000_000, 3_000_000),
            ] {
                let key = try StorageKey("size-\(size)-in-\(chunk)")
                try await storage.put(Body(pattern(size), chunk: chunk), at: key)
                try await expectContent(pattern(size), at: key, in: storage)
            }
        },
        StorageConformance("Empty chunks are nothing, and an object of no bytes is one") { storage in
            let key = try StorageKey("empty")
            try await storage.put(bytes: [], at: key)
            try await expectContent([], at: key, in: storage)
        },
        StorageConformance("A put of the same name again replaces, with more or with less") { storage in
            let key = try StorageKey("folder/again")
            for size in [500, 500, 70_000, 3, 0] {
                try await storage.put(Body(pattern(size, seed: size)), at: key)
                try await expectContent(pattern(size, seed: size), at: key, in: storage)
            }
        },
        StorageConformance("A put for an absent object refuses one that is there") { storage in
            let key = try StorageKey("folder/once")
            let onlyNew = PutOptions(ifAbsent: true)
            try await storage.put(bytes: pattern(10), at: key, options: onlyNew)
            let error = await #expect(throws: StorageError.self) {
                try await storage.put(bytes: pattern(20), at: key, options: onlyNew)
            }
            #expect(error?.failure.reason == .alreadyExists)
            #expect(error?.isRetryable == false)
            try await expectContent(pattern(10), at: key, in: storage)
        },
        StorageConformance("Names with spaces, signs, marks, and letters of any script are kept") { storage in
            for name in oddNames {
                try await storage.put(bytes: Array(name.utf8), at: try StorageKey(name))
            }
            for name in oddNames {
                try await expectContent(Array(name.utf8), at: try StorageKey(name), in: storage)
            }
            let all = try await storage.list(prefix: "", after: nil, limit: 1_000)
            #expect(all.objects.map(\.key) == (try oddNames.map { try StorageKey($0) }.sorted()))
        },
        StorageConformance("A name of 255 bytes is kept, and a longer one is kept or refused") { storage in
            let longest = try StorageKey("long/" + String(repeating: "名", count: 85))
            try await storage.put(bytes: pattern(9), at: longest)
            try await expectContent(pattern(9), at: longest, in: storage)
            let longer = try StorageKey(String(repeating: "x", count: 256))
            if let most = storage.capabilities.maximumNameBytes, most < 256 {
                let error = await #expect(throws: StorageError.self) {
                    try await storage.put(bytes: pattern(9), at: longer)
                }
                #expect(error?.failure.reason == .nameTooLong)
            } else {
                do {
                    try await storage.put(bytes: pattern(9), at: longer)
                } catch let error as StorageError where error.failure.reason == .nameTooLong {
                    // The server has a limit of its own.
                    try await expectNothing(at: longer, in: storage)
                    return
                }
                try await expectContent(pattern(9), at: longer, in: storage)
            }
        },
        StorageConformance("Puts of different objects at the same time do not mix") { storage in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    let key = try StorageKey("together/\(number)")
                    group.addTask {
                        try await storage.put(
                            Body(pattern(200_000, seed: number), chunk: 4_096), at: key)
                    }
                }
                try await group.waitForAll()
            }
            for number in 0..<20 {
                let bytes = pattern(200_000, seed: number)
                #expect(try await storage.bytes(of: try StorageKey("together/\(number)")) == bytes)
            }
        },
        StorageConformance("Of puts of one object at the same time one wins, whole") { storage in
            let key = try StorageKey("race")
            let contenders = (0..<8).map { pattern(150_000 + $0, seed: $0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for bytes in contenders {
                    group.addTask { try await storage.put(Body(bytes, chunk: 1_000), at: key) }
                }
                try await group.waitForAll()
            }
            let winner = try await storage.bytes(of: key)
            #expect(contenders.contains(winner))
            #expect(try await storage.list(prefix: "", after: nil, limit: 10).objects.map(\.key) == [key])
        },
    ]

    private static let oddNames = [
        " leading and trailing ", "a b", "a+b", "a%20b", "a%b", "a&b=c?d#e", "a'b\"c", "a\\b", "a:b*c", "~",
        "-rf",
        ".hidden", "a.tmp", "..a", "$HOME `id`", "(1) [2] {3} <4>", "名前/データ 東京.json.gz", "상품.json",
        "📦🇨🇭👩‍👩‍👧.json",
        "caf\u{E9}", "cafe\u{301}", "\u{301}first/\u{301}second",
    ]
}
