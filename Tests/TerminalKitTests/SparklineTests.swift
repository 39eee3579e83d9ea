// Rows of numbers in a few columns.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("A sparkline")
struct SparklineTests {
    @Test(
        "has a block for each number, in proportion to the largest, and none looks like nothing that is something",
        arguments: [
            ([0, 50, 100], "▁▅█"), ([1, 1_000_000], "▂█"), ([0, 0], "▁▁"), ([7, 7], "██"), ([], ""),
            ([Int?](arrayLiteral: 3, nil, 3), "█.█"), ([-5, 5], "▁█"), ([Int.max, 0], "█▁"),
        ])
    func blocks(values: [Int?], text: String) {
        #expect(Sparkline(values).text(columns: 20, glyphs: .unicode) == text)
    }

    @Test("shows the newest numbers where there is no room for all")
    func newest() {
        #expect(Sparkline([8, 1, 8]).text(columns: 2, glyphs: .unicode) == "▂█")
        #expect(Sparkline([8, 1, 8]).text(columns: 0, glyphs: .unicode) == "")
    }

    @Test(
        "says short figures where there are no blocks",
        arguments: [
            ([1, 999, 1_000], 20, "1 999 1k"), ([12_345, 1_500_000], 20, "12k 1.5M"),
            ([999_500, 9_949], 20, "1M 9.9k"), ([1, 22, 333], 6, "22 333"),
            ([Int?](arrayLiteral: nil, 3), 9, ". 3"),
            ([Int.max], 20, "9E"),
        ])
    func figures(values: [Int?], columns: Int, text: String) {
        #expect(Sparkline(values).text(columns: columns, glyphs: .ascii) == text)
    }

    @Test("A spinner turns at most four times a second, and at any time shows a sign")
    func spinner() {
        let frames = stride(from: 0.0, to: 1, by: 0.001).map { Spinner.frame(at: $0, glyphs: .ascii) }
        #expect(zip(frames, frames.dropFirst()).count { $0 != $1 } == 3)
        for time in [-1e300, Double.nan, .infinity, 1e300, 0] {
            #expect(
                (Glyphs.ascii.spinner + [Glyphs.ascii.bullet]).contains(
                    Spinner.frame(at: time, glyphs: .ascii)))
        }
    }
}
