// What is known of a request before its body: the values that decide whether it is let in.
import HTTPTypes

/// The head of a request.
struct RequestHead: Sendable {
    /// What is to be done.
    var method: HTTPRequest.Method
    /// Path and query as they came.
    var target: String
    /// Host and port by which the caller reached the server, where it says so.
    var authority: String?
    /// `http` or `https`.
    var scheme: String
    /// The header.
    var fields: HTTPFields

    /// Path without query, as it may stand in a log: the query may hold what is nobody's business.
    var loggedPath: String {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        let shown = path.unicodeScalars.prefix(200).map { (0x21...0x7E).contains($0.value) ? $0 : "?" }
        return String(String.UnicodeScalarView(shown))
    }

    /// Whether a body follows.
    var hasBody: Bool { fields[.transferEncoding] != nil || (announcedLength ?? 0) > 0 }

    /// The length of the body, where it is announced.
    var announcedLength: Int? { fields[.contentLength].flatMap { Int($0) } }

    /// The base of links in answers; nothing that could not be a host gets into them.
    var base: String {
        let allowed = authority.map { authority in
            (1...255).contains(authority.utf8.count)
                && authority.utf8.allSatisfy { byte in
                    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || ".-:[]".utf8.contains(byte)
                }
        }
        return allowed == true ? "\(scheme)://\(authority ?? "")" : ""
    }
}
