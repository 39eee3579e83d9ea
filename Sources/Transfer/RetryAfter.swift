// The wait that a server asks for, in seconds or as a date (RFC 9110, section 10.2.3).

import FoundationEssentials
import HTTPTypes
import Languages

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

extension Duration {
    /// When a wait is over, as the end of a sentence: “in 40 seconds”, “in 2 minutes”, “in an hour”; nil for no wait.
    ///
    /// Rounded to what a person would say, and never to less than the wait.
    public var waitText: Text? {
        let seconds = components.attoseconds > 0 ? components.seconds + 1 : components.seconds
        let (minutes, hours) = ((seconds + 59) / 60, (seconds + 3_599) / 3_600)
        return switch seconds {
        case ..<1: nil
        case 1: Text("in a second")
        case ..<60: Text("in \(seconds) seconds")
        case 60: Text("in a minute")
        case 3_600: Text("in an hour")
        case ..<7_200: Text("in \(minutes) minutes")
        default: Text("in \(hours) hours")
        }
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
