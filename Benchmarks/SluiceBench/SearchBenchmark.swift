// Searching many names as they are typed for: until something is shown, and until all is found.

import FoundationEssentials
import FuzzySearch
import Glibc
import Synchronization

/// Types a word letter by letter into a search of `items` names, five times, and prints the median milliseconds of
/// each letter; beside it what fzf takes for the same, from a file and to its end, without the start of its process.
func benchmarkSearch(items: Int) async throws {
    let names = SearchedNames.make(items)
    var index = SearchIndex()
    let start = ContinuousClock.now
    index.append(names.lazy.map { ($0, "") })
    let indexing = (ContinuousClock.now - start) / .milliseconds(1)
    print("\(items) names, indexed in \(decimal(indexing, 0)) ms; milliseconds")
    print(
        column("typed", 14, right: false), column("first shown", 12), column("all found", 12),
        column("found", 10), column("fzf", 8))
    try await withTemporaryFolder { folder in
        let file = folder + "/names"
        try Data((names.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
        try Data("x\n".utf8).write(to: URL(filePath: folder + "/one"))
        let started = try fzf("x", folder + "/one", in: folder)
        for word in ["webevents", "prof snap", "zq"] {
            var earlier: SearchMatches?
            for length in 1...word.count {
                let query = SearchQuery(String(word.prefix(length)))
                var first: [Double] = []
                var all: [Double] = []
                var found: SearchMatches?
                for _ in 0..<5 {
                    let times = try await measure(query, in: index, after: earlier)
                    first.append(times.first)
                    all.append(times.all)
                    found = times.found
                }
                earlier = found
                print(
                    column(query.text, 14, right: false), column(decimal(median(first), 1), 12),
                    column(decimal(median(all), 1), 12), column("\(found?.items.count ?? 0)", 10),
                    column(decimal(max(0, try fzf(query.text, file, in: folder) - started), 0), 8))
            }
        }
    }
}

private func measure(
    _ query: SearchQuery, in index: SearchIndex, after earlier: SearchMatches?
) async throws -> (first: Double, all: Double, found: SearchMatches?) {
    let first = Mutex<Double?>(nil)
    let start = ContinuousClock.now
    let found = await index.search(query, after: earlier) { _ in
        let time = (ContinuousClock.now - start) / .milliseconds(1)
        first.withLock { $0 = $0 ?? time }
    }
    let all = (ContinuousClock.now - start) / .milliseconds(1)
    return (first.withLock { $0 } ?? all, all, found)
}

/// The milliseconds that fzf takes to read, match and print, the median of three.
private func fzf(_ query: String, _ file: String, in folder: String) throws -> Double {
    let times = try (0..<3).map { _ in
        // It answers 1 where nothing is found.
        try Measurement.run(
            ["sh", "-c", "fzf --filter '\(query)' < '\(file)' || true"], output: folder + "/found"
        ).seconds * 1_000
    }
    return median(times)
}

/// Names like those of datasets, the same at every run.
private enum SearchedNames {
    private static let words = [
        "web", "mobile", "email", "orders", "customer", "profile", "snapshot", "export", "daily", "weekly",
        "loyalty", "members", "events", "clicks", "returns", "stock", "prices", "stores", "audience",
        "consent",
        "support", "tickets", "payments", "refunds", "catalogue", "campaign", "journey", "segment",
        "identity",
        "raw",
    ]

    static func make(_ count: Int) -> [String] {
        var state: UInt64 = 42
        func word() -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return words[Int(state >> 33) % words.count]
        }
        return (0..<count).map { number in
            number % 3 == 0
                ? "\(word())_\(word())_\(word())_\(number)" : "\(word().capitalizedFirst) \(word()) \(number)"
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
