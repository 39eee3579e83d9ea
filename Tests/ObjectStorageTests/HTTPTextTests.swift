// Times and names as HTTP and URLs write them.

import Foundation
import Testing

@testable import ObjectStorage

@Suite struct HTTPTextTests {
    @Test(
        "Times are written and read as HTTP has them",
        arguments: [
            (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
        ])
    func dates(seconds: Double, text: String) {
        #expect(HTTPDate.text(Date(timeIntervalSince1970: seconds + 0.7)) == text)
        #expect(HTTPDate.date(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "What is no time of HTTP is none",
        arguments: ["", "now", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"])
    func noDates(text: String) {
        #expect(HTTPDate.date(text) == nil)
    }

    @Test(
        "Names are encoded once, by their bytes, and decoded again",
        arguments: [
            ("a b+c%20", "a%20b%2Bc%2520"), ("é/日", "%C3%A9/%E6%97%A5"), ("~-._AZaz09", "~-._AZaz09"),
            ("a&b=c?d#e", "a%26b%3Dc%3Fd%23e"), ("\u{301}x", "%CC%81x"),
        ])
    func percentEncoding(name: String, encoded: String) {
        #expect(PercentEncoding.path(name) == encoded)
        #expect(PercentEncoding.decode(encoded) == name)
    }

    @Test("Broken codes are not decoded", arguments: ["%", "%4", "%zz", "%+1", "%FF"])
    func brokenEncoding(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }
}
