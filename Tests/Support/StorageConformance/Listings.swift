// What listing promises.

import ObjectStorage
import Testing

extension StorageConformance {
    static let listings = [
        StorageConformance("A listing is in the order of the keys' bytes, and a prefix is text") { storage in
            let names = [
                "a", "a-b/c", "a.b", "a/b", "a/b.c", "a/bc/d", "a/bc/e", "a0", "ab/c", "b/a", "é", "日本/東京",
            ]
            // In the order of the bytes “-” < “.” < “/” < “0”; a folder is where its content is.
            let unclashing = names.filter { !["a", "a/b"].contains($0) }
            for name in unclashing.reversed() {
                try await storage.put(bytes: Array(name.utf8), at: try StorageKey(name))
            }
            for prefix in [
                "", "a", "a/", "a/b", "a/bc", "a/bc/", "a/bc/d", "a/bc/dd", "a-", "ab", "b", "b/a", "b/a/",
                "c", "é",
                "日", "日本/", "/", "//", "..", "../", "./", "a//", "a/../a",
            ] {
                let keys = try await storage.list(prefix: prefix, after: nil, limit: 100).objects.map(
                    \.key.text)
                #expect(keys == unclashing.filter { $0.utf8.starts(with: prefix.utf8) }, "prefix “\(prefix)”")
            }
        },
        StorageConformance("The folders in a folder are told once each, without objects and what is deeper") {
            storage in
            let names = [
                "a/b/c", "a/b/d/e", "a/b/d/f", "a/g/h", "a/i", "a-b/c", "é/東京/x", "top", "a b+c/%41/x",
            ]
            for name in names { try await storage.put(bytes: pattern(1), at: try StorageKey(name)) }
            for (folder, folders) in [
                ("", ["a", "a b+c", "a-b", "é"]), ("/", ["a", "a b+c", "a-b", "é"]), ("a", ["b", "g"]),
                ("/a/", ["b", "g"]), ("a/b", ["d"]), ("a/b/d", []), ("é", ["東京"]), ("a b+c", ["%41"]),
                ("b", []),
                ("a/i", []), ("a/x/y", []),
            ] {
                let page = try await storage.folders(in: folder, limit: 1_000)
                #expect(page.names == folders, "folder “\(folder)”")
                #expect(page.isWhole, "folder “\(folder)”")
            }
            let page = try await storage.folders(in: "", limit: 2)
            #expect(page.names.count <= 2 && !page.isWhole)
        },
        StorageConformance("Pages hold every object once, whatever their size") { storage in
            let names = (0..<25).map { "page/\($0 % 3)/\($0)" }
            for name in names { try await storage.put(bytes: pattern(1), at: try StorageKey(name)) }
            let sorted = try names.map { try StorageKey($0) }.sorted()
            for limit in [1, 2, 7, 24, 25, 26] {
                #expect(
                    try await pages(of: storage, prefix: "page/", limit: limit) == sorted, "limit \(limit)")
            }
        },
        StorageConformance("A listing of more than a thousand objects is complete and in order") { storage in
            let names = (0..<1_100).map { "many/\($0 / 400)/part-\($0).json.gz" }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, name) in names.enumerated() {
                    let key = try StorageKey(name)
                    if number >= 32 { try await group.next() }
                    group.addTask { try await storage.put(bytes: pattern(number % 7), at: key) }
                }
                try await group.waitForAll()
            }
            let sorted = try names.map { try StorageKey($0) }.sorted()
            #expect(try await pages(of: storage, prefix: "many/", limit: 1_000) == sorted)
            #expect(try await pages(of: storage, prefix: "many/1/", limit: 150).count == 400)
            var streamed: [StoredObject] = []
            for try await object in storage.objects(prefix: "many/") { streamed.append(object) }
            #expect(streamed.map(\.key) == sorted)
            #expect(streamed.reduce(0) { $0 + $1.size } == (0..<1_100).reduce(0) { $0 + Int64($1 % 7) })
        },
        StorageConformance("Deleting while listing neither repeats nor loses what stays") { storage in
            let keys = try (0..<20).map { try StorageKey("shrinking/\($0)") }.sorted()
            for key in keys { try await storage.put(bytes: pattern(1), at: key) }
            let first = try await storage.list(prefix: "shrinking/", after: nil, limit: 8)
            for object in first.objects { try await storage.delete(object.key) }
            let rest = try await storage.list(prefix: "shrinking/", after: first.next, limit: 100)
            #expect(first.objects.map(\.key) + rest.objects.map(\.key) == keys)
            #expect(rest.next == nil)
        },
    ]

    private static func pages(
        of storage: any Storage, prefix: String, limit: Int
    ) async throws -> [StorageKey] {
        var keys: [StorageKey] = []
        var position: ListingPosition?
        repeat {
            let page = try await storage.list(prefix: prefix, after: position, limit: limit)
            #expect(page.objects.count <= limit)
            keys += page.objects.map(\.key)
            position = page.next
        } while position != nil
        return keys
    }
}
