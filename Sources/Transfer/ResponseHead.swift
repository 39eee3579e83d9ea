// The header of an answer, line by line, as libcurl hands it over.

import HTTPTypes

/// Reads the lines of a header: a status line, fields, an empty line.
///
/// Interim answers (1xx) are read and forgotten (RFC 9110, section 15.2).
struct ResponseHead {
    private(set) var status = 0
    private(set) var version = HTTPVersion.http1
    private(set) var isComplete = false
    private var reason = ""
    private var fields = HTTPFields()
    private(set) var size = 0
    /// More than any server sends; a header without end must not fill the memory.
    static let largestSize = 256 << 10

    /// Takes a line with its end; false when the header has become too large, or is none.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        // What comes after the body are trailers, which nobody asked for.
        guard !isComplete else { return true }
        size += line.count
        guard size <= Self.largestSize else { return false }
        let end = line.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
        let text = UnsafeRawBufferPointer(rebasing: line[..<end])
        if text.isEmpty {
            if status >= 200 { isComplete = true }
        } else if text.starts(with: "HTTP/".utf8) {
            return begin(text)
        } else if line[0].isBlank {
            extendLastField(by: text)
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")),
            let name = HTTPField.Name(String(decoding: text[..<colon], as: UTF8.self))
        {
            let value = text[(colon + 1)...].drop(while: \.isBlank)
            fields.append(HTTPField(name: name, lenientValue: value))
        }
        return true
    }

    /// What was read.
    var response: HTTPResponse {
        HTTPResponse(
            status: HTTPResponse.Status(code: status, reasonPhrase: reason), headerFields: fields)
    }

    /// `HTTP/1.1 200 OK`; HTTP/2 has no words after the number.
    private mutating func begin(_ line: UnsafeRawBufferPointer) -> Bool {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1, let code = Int(String(decoding: parts[1], as: UTF8.self)), 100...999 ~= code
        else { return false }
        status = code
        version = parts[0].elementsEqual("HTTP/2".utf8) ? .http2 : .http1
        reason = parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : ""
        fields = HTTPFields()
        return true
    }

    /// A line that begins with a blank continues the one before it (RFC 9112, section 5.2).
    private mutating func extendLastField(by text: UnsafeRawBufferPointer) {
        guard let last = fields.last else { return }
        let value =
            last.withUnsafeBytesOfValue { Array($0) } + [UInt8(ascii: " ")] + text.drop(while: \.isBlank)
        fields.replaceSubrange(
            fields.index(before: fields.endIndex)..., with: [HTTPField(name: last.name, lenientValue: value)])
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r")
            || self == UInt8(ascii: "\n")
    }
}
