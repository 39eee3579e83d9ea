// Many texts: whatever was found before, and however they have come, the result is that of a search from the start.
import Synchronization
import Testing

@testable import FuzzySearch

@Suite("An index")
struct SearchIndexTests {
    private static let words = [
        "web", "Orders", "profile", "evènements", "客", "daily", "Export", "mobile", "2024", "raw",
    ]

    /// Names that differ, in an order without a pattern.
    private static func names(_ count: Int) -> [(String, String)] {
        var state: UInt64 = 42
        func word() -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return words[Int(state >> 33) % words.count]
        }
        return (0..<count).map { ("\(word())_\(word()) \(word()) \($0)", "id\($0)") }
    }

    @Test("gives the same however its texts were added")
    func pages() async throws {
        let names = Self.names(5_000)
        var whole = SearchIndex()
        whole.append(names)
        var paged = SearchIndex()
        for start in stride(from: 0, to: names.count, by: 97) {
            paged.append(names[start..<min(names.count, start + 97)])
        }
        #expect(paged == whole && paged.count == 5_000)
        #expect(paged.searchNow(SearchQuery("web ex")) == whole.searchNow(SearchQuery("web ex")))
    }

    @Test(
        "gives the same when texts were taken away at its end and others added",
        arguments: [0, 1, 1_023, 1_024, 1_025, 2_048, 4_999])
    func kept(first: Int) throws {
        let names = Self.names(5_000)
        var index = SearchIndex()
        index.append(names)
        index.keepFirst(first)
        var fresh = SearchIndex()
        fresh.append(names[..<first])
        #expect(index == fresh && index.count == first)
        index.append(names[first...])
        fresh.append(names[first...])
        #expect(index == fresh && index.count == 5_000)
        index.keepFirst(6_000)
        #expect(index == fresh)
    }

    @Test(
        "gives the same when only what was found before is looked at",
        arguments: [
            ["w", "we", "web", "web 2", "web 20"], ["o", "or", "O", "Or"], ["web", "we", "wex"],
            ["!web", "!w", "!w 1"], ["'or", "'ord", "ord"], ["e", "e$", "e$x"], ["id12", "id123"],
        ])
    func narrowing(queries: [String]) async throws {
        var index = SearchIndex()
        index.append(Self.names(70_000))
        var earlier: SearchMatches?
        for text in queries {
            let query = SearchQuery(text)
            let found = try #require(await index.search(query, after: earlier))
            let fresh = index.searchNow(query)
            #expect(found.items == fresh.items && found.searched == index.count, "\(text)")
            earlier = found
        }
    }

    @Test("looks only at what was added where the rest was searched before")
    func growing() async throws {
        let names = Self.names(6_000)
        var index = SearchIndex()
        index.append(names[..<2_500])
        let query = SearchQuery("web")
        let first = try #require(await index.search(query))
        index.append(names[2_500...])
        let second = try #require(await index.search(query, after: first))
        #expect(second.searched == 6_000)
        #expect(Set(second.items) == Set(index.searchNow(query).items))
        let other = try #require(await index.search(SearchQuery("web o"), after: first))
        #expect(other.items == index.searchNow(SearchQuery("web o")).items)
    }

    @Test("tells what it has found before it has looked at everything")
    func reports() async throws {
        var index = SearchIndex()
        index.append(Self.names(120_000))
        let reports = Mutex<[SearchMatches]>([])
        let last = try #require(
            await index.search(SearchQuery("e")) { matches in reports.withLock { $0.append(matches) } })
        let first = try #require(reports.withLock { $0.first })
        #expect(first.searched < index.count && !first.items.isEmpty)
        #expect(Set(first.items).isSubset(of: last.items))
    }

    @Test("stops when nobody wants the result any more")
    func cancelled() async throws {
        var index = SearchIndex()
        index.append(Self.names(40_000))
        let task = Task { [index] in
            withUnsafeCurrentTask { $0?.cancel() }
            return await index.search(SearchQuery("e"))
        }
        #expect(await task.value == nil)
    }

    @Test("takes texts and queries of any kind")
    func hostile() async throws {
        let long = String(repeating: "ab", count: 40_000)
        let texts = ["", " ", "\u{0}", long, "\u{202E}\u{1F468}\u{200D}\u{1F469}", "a\u{0301}\u{0301}", "\n"]
        var index = SearchIndex()
        index.append(texts.map { ($0, $0) })
        let queries =
            texts + [
                "!", "'", "^", "$", "^$", "!^", "!'", "''", " ^ $ ", String(repeating: "ba", count: 2_000),
            ]
        for text in queries {
            let query = SearchQuery(text)
            #expect(index.searchNow(query).items.count <= texts.count)
            for other in texts {
                let places = query.positions(in: other)
                #expect(places.allSatisfy { $0 < other.unicodeScalars.count })
            }
        }
    }
}
