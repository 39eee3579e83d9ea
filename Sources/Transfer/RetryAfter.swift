// The wait that a server asks for, in seconds or as a date (RFC 9110, section 10.2.3).

import FoundationEssentials
import HTTPTypes

extension HTTPResponse {
    /// The wait that `Retry-After` asks for, counted from now; nil where there is none that can be read.
    public var retryAfter: Duration? {
        headerFields[.retryAfter].flatMap {
            RetryAfter.delay($0, serverTime: headerFields[.date], now: Date())
        }
    }
}

/// The value of the field `Retry-After`.
enum RetryAfter {
    /// Longer waits are taken for a mistake of the server.
    private static let longest = 86_400.0

    /// The wait from now on.
    ///
    /// - Parameter serverTime: the answer's `Date`: a date is counted from it, as clocks differ.
    static func delay(_ text: String, serverTime: String?, now: Date) -> Duration? {
        let text = text.trimmed
        if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            return .seconds(min(Double(text) ?? longest, longest))
        }
        guard let date = HTTPDate.parse(text) else { return nil }
        let reference = serverTime.flatMap { HTTPDate.parse($0.trimmed) } ?? now
        return .seconds(min(max(0, date.timeIntervalSince(reference)), longest))
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
