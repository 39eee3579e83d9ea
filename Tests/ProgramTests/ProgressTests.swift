// When progress is told, and what it says: by the rules alone, without a clock.
import ExportDomain
import FoundationEssentials
import Languages
import Testing

@testable import sluice

@Suite("Progress without a screen")
struct ProgressTests {
    @Test(
        "is told on a terminal after half a second and then four times a second, in a pipe once a minute",
        arguments: [
            (
                ProgressPace.Place.terminal, [0, 400, 500, 600, 749, 750, 3_000, 3_200, 3_250],
                [500, 750, 3_000, 3_250]
            ),
            (
                .pipe, [0, 500, 10_000, 59_999, 60_000, 60_001, 119_999, 120_000, 500_000, 559_999, 560_000],
                [60_000, 120_000, 500_000, 560_000]
            ),
        ])
    func pace(place: ProgressPace.Place, looks: [Int], told: [Int]) {
        var pace = ProgressPace(place)
        #expect(looks.filter { pace.isDue(after: .milliseconds($0)) } == told)
    }

    private static func run(
        _ status: FlowRunStatus = .processing, records: Int? = nil, files: Int? = nil, read: Int? = nil,
        planned: Int? = nil, written: Int? = nil, seconds: ClosedRange<Double>? = nil
    ) -> FlowRun {
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        return FlowRun(
            id: "run", flowID: "flow", datasetID: "dataset", scheduledTime: nil, status: status,
            metrics: FlowRunMetrics(
                startedAt: seconds.map { start.addingTimeInterval($0.lowerBound) },
                completedAt: seconds.map { start.addingTimeInterval($0.upperBound) },
                inputBytes: read, plannedInputBytes: planned, outputBytes: written, outputRecords: records,
                outputFiles: files),
            revision: Revision(
                createdAt: start, updatedAt: start, etag: "e"))
    }

    /// What is said after so many looks, a second between them, at a run that reads so many bytes a second.
    private static func said(after seconds: Int, rate: Int, planned: Int?) -> String {
        var progress = RunProgress()
        for second in 0...seconds {
            progress.take(
                [
                    run(.success, records: 500, files: 1, read: 0, planned: 0, written: 1_000),
                    run(records: 700, files: 2, read: second * rate, planned: planned, written: 2_000),
                ], at: Date(timeIntervalSince1970: Double(second)))
        }
        return progress.text.english
    }

    @Test(
        "says rows, files, bytes and rate, and the time left as a range, after ten seconds and where it is known",
        arguments: [
            (0, 1_000_000, 100_000_000, "1 of 2 runs over, 1,200 records, 3 files, 3.0 kB"),
            (5, 1_000_000, 100_000_000, "1 of 2 runs over, 1,200 records, 3 files, 3.0 kB, 1.0 MB/s"),
            (
                10, 1_000_000, 100_000_000,
                "1 of 2 runs over, 1,200 records, 3 files, 3.0 kB, 1.0 MB/s, 1 to 2 min left"
            ),
            (10, 1_000_000, nil, "1 of 2 runs over, 1,200 records, 3 files, 3.0 kB, 1.0 MB/s"),
            (
                30, 10, 1 << 40,
                "1 of 2 runs over, 1,200 records, 3 files, 3.0 kB, 10 B/s, more than a day left"
            ),
            (30, 0, 1 << 40, "1 of 2 runs over, 1,200 records, 3 files, 3.0 kB"),
        ] as [(Int, Int, Int?, String)])
    func words(seconds: Int, rate: Int, planned: Int?, words: String) {
        #expect(Self.said(after: seconds, rate: rate, planned: planned) == words)
    }

    @Test(
        "ends with what runs have come to together, and the average rate where there is one",
        arguments: [
            (
                [
                    run(.success, records: 1, files: 1, read: 30_000_000, written: 900, seconds: 0...10),
                    run(.failed, records: 2, files: 1, read: 10_000_000, written: 100, seconds: 5...20),
                ], "2 runs in 20 s: 3 records, 2 files, 1.0 kB, read at 2.0 MB/s on average."
            ),
            (
                [run(.success, records: 1, files: 1, read: 10, written: 20, seconds: 0...0.1)],
                "1 run in 0.1 s: 1 record, 1 file, 20 B."
            ),
            (
                [run(.success, records: 1, files: 1, read: 10, written: 20, seconds: 0...0.04)],
                "1 run: 1 record, 1 file, 20 B."
            ),
            ([run(.success, records: 1, files: 1)], "1 run: 1 record, 1 file, 0 B."),
        ])
    func totals(runs: [FlowRun], words: String) {
        #expect(RunTotals(runs).sentence.english == words)
    }
}
