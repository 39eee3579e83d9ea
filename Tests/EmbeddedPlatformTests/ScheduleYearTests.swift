// A year of schedules, gone through look by look, beside a table that a script computes in its own way.
import ExportDomain
import Foundation
import GRDB
import ObjectStorage
import TestFiles
import Testing

@testable import EmbeddedPlatform

@Suite("A year of a schedule")
struct ScheduleYearTests {
    private static let year = 365 * 86_400
    private static let frequencies: [ExportFrequency] =
        [.once, .daily] + ExportFrequency.acceptedHours.map { .hourly(every: $0) }

    @Test(
        "has every occurrence run once or told as missed, whoever looks when, and however the clock is set",
        arguments: frequencies, MissedOccurrences.allCases)
    func occurrences(frequency: ExportFrequency, missed: MissedOccurrences) async throws {
        let clock = TestClock("2026-01-01T00:00:00Z")
        let test = try TestPlatform(clock: clock)
        let start = clock.now.addingTimeInterval(5_430)
        let end = start.addingTimeInterval(TimeInterval(Self.year) - 40 * 86_400)
        let flow = try await test.addFlow(
            [try await test.addDataset("Orders", files: 1, records: 1).dataset],
            schedule: Schedule(
                mode: frequency == .once ? .full : .incremental, frequency: frequency, start: start,
                end: frequency == .once ? nil : end, missed: missed))
        let looks = Self.looks(from: clock.now.seconds)
        let expected = try Self.table(
            start: start.seconds, end: frequency == .once ? nil : end.seconds,
            every: frequency.period.map { Int64($0) }, missed: missed, looks: looks)

        let database = try Self.copy(of: test)
        let specs = try await test.platform.connectionSpecs()
        var found: [String] = []
        var runs: Set<Int64> = []
        var told: Set<Int64> = []
        for look in looks {
            let planning = RunPlanning(
                place: test.platform.place, specs: specs, now: Date(seconds: look))
            let news = try await database.write { [runs, told] db in
                let changes = db.totalChangesCount
                _ = try planning.planDueRuns(db, of: flow.id)
                if db.totalChangesCount == changes { return News() }
                return News(
                    runs: try Self.times(db, of: "run").filter { !runs.contains($0) },
                    told: try Self.times(db, of: "missedOccurrence").filter { !told.contains($0) })
            }
            #expect(news.runs.count <= 1)
            if news.runs.isEmpty, news.told.isEmpty { continue }
            let numbers = [look, news.runs.first ?? 0] + news.told
            found.append(numbers.map(String.init).joined(separator: " "))
            runs.formUnion(news.runs)
            told.formUnion(news.told)
        }
        #expect(found == expected)
        #expect(!expected.isEmpty)
        #expect(runs.isDisjoint(with: told))
        // One run an occurrence: the table has each only once.
        let all = try await database.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM run") ?? 0
        }
        #expect(all == runs.count)
    }

    /// What a look has brought.
    private struct News {
        var runs: [Int64] = []
        var told: [Int64] = []
    }

    @Test("is run day by day by the platform itself, and ends with its end")
    func runsItself() async throws {
        let clock = TestClock("2026-01-01T00:00:00Z")
        let test = try TestPlatform(clock: clock, storage: { _ in MemoryStorage() })
        let flow = try await test.addFlow(
            [try await test.addDataset("Orders", files: 1, records: 1).dataset],
            schedule: Schedule(
                mode: .incremental, frequency: .daily, start: clock.now.addingTimeInterval(3_600),
                end: clock.now.addingTimeInterval(60 * 86_400)))
        for _ in 0..<65 {
            _ = try await test.platform.runDue(flow: flow.id)
            clock.now += 86_400
        }
        let runs = try await test.platform.allRuns(of: flow.id)
        #expect(runs.compactMap(\.scheduledTime).reversed() == flow.draft.schedule.occurrences(limit: 100))
        #expect(runs.count == 60)
        #expect(runs.allSatisfy { $0.status == .success })
        #expect(runs.map(\.metrics.outputRecords) == Array(repeating: 0, count: 59) + [1])
        #expect(try await test.platform.runner.nextOccurrence() == nil)
    }

    /// Instants at which somebody looks: every few minutes, after days, and before what was already, since somebody
    /// has set the clock.
    private static func looks(from start: Int64) -> [Int64] {
        var random = SeededNumbers(seed: 20_260_101)
        var looks: [Int64] = []
        var now = start
        while now < start + Int64(year) {
            looks.append(now)
            let pause: Int64 =
                switch Int.random(in: 0..<200, using: &random) {
                case 0: Int64.random(in: 0...20 * 86_400, using: &random)
                case 1...3: Int64.random(in: 0...86_400, using: &random)
                case 4: -Int64.random(in: 0...10 * 86_400, using: &random)
                case 5...40: Int64.random(in: 0...7_200, using: &random)
                default: Int64.random(in: 2_000...20_000, using: &random)
                }
            now += pause
        }
        return looks
    }

    private static func table(
        start: Int64, end: Int64?, every: Int64?, missed: MissedOccurrences, looks: [Int64]
    ) throws -> [String] {
        let folder = try TemporaryFolder()
        let question: [String: Any] = [
            "start": start, "end": end as Any? ?? NSNull(), "every": every as Any? ?? NSNull(),
            "missed": missed.rawValue, "looks": looks,
        ]
        let file = try folder.write(
            String(decoding: try JSONSerialization.data(withJSONObject: question), as: UTF8.self),
            to: "schedule.json")
        let answer = try Python.run("occurrences.py", [file], in: "Schedules")
        try #require(answer.status == 0, Comment(rawValue: answer.errors))
        return answer.text.split(separator: "\n").map(String.init)
    }

    /// The database of a platform in memory, where a year takes seconds.
    private static func copy(of test: TestPlatform) throws -> DatabaseQueue {
        let file = try DatabaseQueue(path: test.folder.path + "/home/sluice.sqlite")
        let memory = try DatabaseQueue()
        try file.backup(to: memory)
        return memory
    }

    private static func times(_ db: Database, of table: String) throws -> [Int64] {
        try Int64.fetchAll(db, sql: "SELECT scheduledTime FROM \(table) ORDER BY scheduledTime")
    }
}
