// Instants as text in UTC.
import ExportDomain
import Foundation
import Testing

@Suite("Instants in UTC")
struct UTCTests {
    @Test(
        "An instant is written as RFC 3339 and as exportTime",
        arguments: [
            (0.0, "1970-01-01T00:00:00Z", "197001010000"),
            (1_768_456_800, "2026-01-15T06:00:00Z", "202601150600"),
            (1_768_456_859.9, "2026-01-15T06:00:59Z", "202601150600"),
            (1_709_251_199, "2024-02-29T23:59:59Z", "202402292359"),
        ])
    func writing(seconds: Double, rfc3339: String, exportTime: String) {
        let instant = Date(timeIntervalSince1970: seconds)
        #expect(instant.rfc3339 == rfc3339)
        #expect(instant.exportTime == exportTime)
    }

    @Test(
        "RFC 3339 is read with any offset",
        arguments: [
            ("2026-01-15T06:00:00Z", 1_768_456_800.0),
            ("2026-01-15T08:00:00+02:00", 1_768_456_800),
            ("2026-01-15T00:30:00-05:30", 1_768_456_800),
            ("2026-01-15t06:00:00z", 1_768_456_800),
            ("2026-01-15T06:00:00.25Z", 1_768_456_800.25),
            ("2024-02-29T00:00:00Z", 1_709_164_800),
        ])
    func reading(text: String, seconds: Double) {
        #expect(Date(rfc3339: text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "What is malformed or does not exist is not an instant",
        arguments: [
            "", "2026-01-15", "2026-01-15T06:00Z", "2026-01-15T06:00:00", "2026-1-15T06:00:00Z",
            "2026-02-30T06:00:00Z", "2025-02-29T06:00:00Z", "2026-13-01T06:00:00Z", "2026-01-15T24:00:00Z",
            "2026-01-15T06:60:00Z", "2026-01-15T06:00:61Z", "2026-01-15T06:00:00Zjunk",
            "2026-01-15T06:00:00+25:00", "tomorrow", "２０２６-01-15T06:00:00Z",
        ])
    func malformed(text: String) {
        #expect(Date(rfc3339: text) == nil)
    }

    @Test(
        "A date and a time of day in UTC give an instant",
        arguments: [
            ("2026-01-15", "06:00", "2026-01-15T06:00:00Z"), ("2024-02-29", "23:59", "2024-02-29T23:59:00Z"),
            ("9999-12-31", "00:00", "9999-12-31T00:00:00Z"),
        ])
    func wallClock(date: String, time: String, expected: String) {
        #expect(WallClock.instant(date: date, time: time)?.rfc3339 == expected)
    }

    @Test(
        "A date or a time that does not exist gives none",
        arguments: [
            ("2026-02-30", "06:00"), ("2025-02-29", "06:00"), ("2026-04-31", "06:00"),
            ("2026-00-10", "06:00"),
            ("2026-13-01", "06:00"), ("2026-01-00", "06:00"), ("2026-01-32", "06:00"),
            ("2026-01-15", "24:00"),
            ("2026-01-15", "06:60"), ("2026-01-15", "6:00"), ("2026-1-15", "06:00"), ("26-01-15", "06:00"),
            ("2026-01-15", "06:00:00"), ("2026/01/15", "06:00"), ("", ""), ("-026-01-15", "06:00"),
            ("2026-01-15", "+6:00"), ("1969-12-31", "23:59"), ("２０２６-01-15", "06:00"),
        ])
    func noWallClock(date: String, time: String) {
        #expect(WallClock.instant(date: date, time: time) == nil)
    }

    @Test("A wall clock shows the date and time of its zone")
    func zones() throws {
        let zone = try #require(TimeZone(secondsFromGMT: -5 * 3600))
        let clock = WallClock(instant("2026-01-15T03:04:05Z"), in: zone)
        #expect(clock.date == "2026-01-14")
        #expect(clock.time == "22:04")
    }

    @Test(
        "A whole minute has no seconds, before 1970 too",
        arguments: [(1_768_456_859.9, 1_768_456_800.0), (1_768_456_800, 1_768_456_800), (-1, -60)])
    func wholeMinute(seconds: Double, minute: Double) {
        #expect(Date(timeIntervalSince1970: seconds).wholeMinute.timeIntervalSince1970 == minute)
    }
}
