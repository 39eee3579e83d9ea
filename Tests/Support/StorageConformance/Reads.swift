// What reading promises.

import ObjectStorage
import Testing

extension StorageConformance {
    static let reads = [
        StorageConformance("Any range can be read, and ends where the object ends") { storage in
            let bytes = pattern(600_000)
            let key = try StorageKey("ranges")
            try await storage.put(Body(bytes), at: key)
            for range in [
                0..<0, 0..<1, 1..<2, 599_999..<600_000, 0..<600_000, 65_535..<65_537, 262_143..<262_145,
                5..<500_000,
            ] {
                let read = try await storage.bytes(
                    of: key, range: Int64(range.lowerBound)..<Int64(range.upperBound))
                #expect(read == Array(bytes[range]), "\(range)")
            }
            #expect(try await storage.bytes(of: key, range: 599_990..<700_000) == Array(bytes[599_990...]))
            #expect(try await storage.bytes(of: key, range: 0 ..< .max) == bytes)
            #expect(try await storage.bytes(of: key, range: 600_000..<600_001) == [])
            #expect(try await storage.bytes(of: key, range: 700_000..<800_000) == [])
        },
        StorageConformance("A range of an empty object is empty") { storage in
            let key = try StorageKey("empty")
            try await storage.put(bytes: [], at: key)
            #expect(try await storage.bytes(of: key, range: 0..<10) == [])
        },
        StorageConformance("An object that is not there is “not found”, whatever stands near it") { storage in
            try await storage.put(bytes: pattern(1), at: try StorageKey("a/b"))
            for absent in ["a", "a/b/c", "a/c", "b", "a/b ", "A/b"] {
                let key = try StorageKey(absent)
                let error = await #expect(throws: StorageError.self) { try await storage.stat(key) }
                guard case .notFound = error else {
                    Issue.record("stat \(absent): \(String(describing: error))")
                    continue
                }
                #expect(error?.isRetryable == false)
                let readError = await #expect(throws: StorageError.self) {
                    _ = try await storage.read(key, range: 0..<1)
                }
                guard case .notFound = readError else {
                    Issue.record("read \(absent): \(String(describing: readError))")
                    continue
                }
                try await storage.delete(key)
            }
            try await expectContent(pattern(1), at: try StorageKey("a/b"), in: storage)
        },
        StorageConformance("A reader has the object that it began with, or an error, never a mixture") {
            storage in
            let key = try StorageKey("replaced")
            let former = pattern(600_000, seed: 1)
            try await storage.put(Body(former), at: key)
            var read: [UInt8] = []
            var isReplaced = false
            do {
                for try await chunk in try await storage.read(key, range: nil) {
                    read += chunk
                    if !isReplaced {
                        try await storage.put(Body(pattern(600_000, seed: 2)), at: key)
                        isReplaced = true
                    }
                }
                #expect(read == former)
            } catch is StorageError {
                #expect(former.starts(with: read))
            }
        },
    ]
}
