// Times as HTTP writes them.

import Foundation
import Testing

@testable import Transfer

@Suite("Dates of HTTP")
struct HTTPDateTests {
    @Test(
        "Times are written and read as HTTP has them",
        arguments: [
            (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
        ])
    func dates(seconds: Double, text: String) {
        #expect(HTTPDate.text(Date(timeIntervalSince1970: seconds + 0.7)) == text)
        #expect(HTTPDate.parse(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "What is no time of HTTP is none",
        arguments: ["", "now", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49 GMT"])
    func noDates(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }
}
