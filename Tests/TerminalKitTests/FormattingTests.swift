// Numbers as people read them.

import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct FormattingTests {
    @Test(
        "Bytes are told in decimal units",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_449_999, "1.4 MB"), (99_949, "99.9 kB"),
            (99_950, "100 kB"),
            (999_499, "999 kB"), (999_500, "1.0 MB"), (123_456_789, "123 MB"), (2_000_000_000, "2.0 GB"),
            (Int.max, "9.2 EB"), (-1500, "-1.5 kB"), (Int.min, "-9.2 EB"),
        ])
    func bytes(count: Int, expected: String) {
        #expect(Formatting.bytes(count) == expected)
    }

    @Test(
        "Counts have a comma after each thousand",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567"),
            (-1234, "-1,234"),
            (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func counts(count: Int, expected: String) {
        #expect(Formatting.count(count) == expected)
    }

    @Test("A count agrees with its noun", arguments: [(0, "0 files"), (1, "1 file"), (1200, "1,200 files")])
    func nouns(count: Int, expected: String) {
        #expect(Formatting.count(count, "file", "files") == expected)
        #expect(Text.files(count).english == expected)
    }

    @Test(
        "Durations are told in the units that matter",
        arguments: [
            (0, "0.0 s"), (0.44, "0.4 s"), (9.949, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"),
            (59.6, "1 min 0 s"),
            (200, "3 min 20 s"), (3900, "1 h 05 min"), (187_200, "2 d 4 h"), (.infinity, "–"), (-1, "–"),
            (.nan, "–"),
        ])
    func durations(seconds: Double, expected: String) {
        #expect(Text.duration(seconds).english == expected)
        #expect(Formatting.duration(seconds) == expected)
    }

    @Test(
        "The time left is a range, never nonsense",
        arguments: [
            (0...5, "a few seconds left"), (-3...(-1), "time left unknown"), (12...18, "10 to 20 s left"),
            (10...10, "about 10 s left"), (2...40, "up to 40 s left"), (80...200, "1 to 4 min left"),
            (300...300, "about 5 min left"),
            (3600...14_000, "1 to 4 h left"), (7200...1_000_000, "more than 2 h left"),
            (90_000...90_001, "more than a day left"),
            (0...Double.infinity, "time left unknown"),
        ])
    func timeLeft(seconds: ClosedRange<Double>, expected: String) {
        #expect(Text.timeLeft(seconds).english == expected)
        #expect(Formatting.timeLeft(seconds) == expected)
    }

    @Test(
        "A rate that makes no sense is not told",
        arguments: [(1_400_000, "1.4 MB/s"), (-1, "–"), (.nan, "–"), (.infinity, "–")])
    func rates(rate: Double, expected: String) {
        #expect(Formatting.rate(rate) == expected)
    }

    @Test(
        "100 % is only said when all is done",
        arguments: [
            (0, 3, "0 %"), (2, 3, "66 %"), (999, 1000, "99 %"), (3, 3, "100 %"), (5, 3, "100 %"), (1, 0, "–"),
        ])
    func percent(done: Int, total: Int, expected: String) {
        #expect(Formatting.percent(done, of: total) == expected)
    }
}
