// What of a request is signed, and its canonical form (AWS, *Signature Version 4*, *Create a canonical
// request*): text only.

import Transfer

/// A request, as far as its signature covers it.
struct SignableRequest: Sendable {
    /// The method in capitals.
    var method: String
    /// The path as it is sent, percent-encoded once; begins with `/`.
    var path: String
    /// The names and values of the query, decoded.
    var query: [QueryItem] = []
    /// The header fields, with `host`.
    var fields: [(name: String, value: String)] = []
    /// The SHA-256 of the body, in hexadecimal.
    var payloadHash: String

    /// A name and a value of a query.
    struct QueryItem: Hashable, Sendable {
        var name: String
        var value: String

        init(_ name: String, _ value: String = "") {
            self.name = name
            self.value = value
        }
    }

    /// The query as it is sent, and as it is signed: encoded, in the order of the encoded names and values.
    var encodedQuery: String {
        query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// The names of the fields, lower case and in order, with `;` between.
    var signedFieldNames: String { canonicalFields.map(\.name).joined(separator: ";") }

    /// The request in its canonical form.
    ///
    /// - Parameter isS3: S3 takes the path as it is sent; other services want it without `.` and `..`, and
    ///   encoded once more.
    func canonicalForm(isS3: Bool) -> String {
        let fields = canonicalFields
        let lines =
            [method, isS3 ? path : PercentEncoding.path(normalizedPath), encodedQuery]
            + fields.map { "\($0.name):\($0.value)" }
            + ["", fields.map(\.name).joined(separator: ";"), payloadHash]
        return lines.joined(separator: "\n")
    }

    /// Names in lower case; values without blanks around them, and one where there were several in a row;
    /// the values of fields of one name, in their order, with commas between.
    private var canonicalFields: [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for (name, value) in fields {
            let words = value.split { $0 == " " || $0 == "\t" }
            values[name.lowercased(), default: []].append(words.joined(separator: " "))
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    /// The path without empty and relative segments (RFC 3986, section 5.2.4).
    private var normalizedPath: String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { segments = segments.dropLast() } else { segments.append(segment) }
        }
        let isFolder = path.hasSuffix("/") && !segments.isEmpty
        return "/" + segments.joined(separator: "/") + (isFolder ? "/" : "")
    }
}
