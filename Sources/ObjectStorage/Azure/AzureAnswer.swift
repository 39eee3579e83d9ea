// What Azure Storage says when it does not do something: read from the fields and from the body, in XML (Blob)
// or JSON (Data Lake Storage). What it means is in AzureErrors.swift.

import FoundationEssentials
import HTTPTypes
import Transfer

/// A refusal by the service.
struct AzureAnswer: Hashable, Sendable {
    /// The status.
    var status: Int
    /// The service's word for it, like `AuthenticationFailed`; empty where it gave none.
    var code = ""
    /// What it said to it, its first line.
    var message = ""
    /// What it said about a signature that it did not accept.
    var detail = ""
    /// The id of the request, for Microsoft's support.
    var requestID: String?
    /// The time on the service's clock.
    var date: Date?
    /// How long to wait before the next try.
    var retryAfter: Duration?

    /// Reads an answer with its body.
    init(_ response: HTTPResponse, body: [UInt8]) {
        let fields = response.headerFields
        status = response.status.code
        requestID = fields[.azureRequestID]
        date = fields[.date].flatMap { HTTPDate.parse($0) }
        retryAfter = response.retryAfter
        if body.first(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) == UInt8(ascii: "{") {
            readJSON(body)
        } else {
            readXML(body)
        }
        if let code = fields[.azureErrorCode] { self.code = code }
        message = String(message.prefix { $0 != "\n" && $0 != "\r" && $0 != "\r\n" })
    }

    /// An answer as values.
    init(status: Int, code: String, message: String = "", detail: String = "", date: Date? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.detail = detail
        self.date = date
    }

    /// Status, code and request, for the end of a sentence.
    var summary: String {
        let words = code.isEmpty ? "\(status)" : "\(status) \(code)"
        return requestID.map { "\(words), request \($0)" } ?? words
    }

    private mutating func readXML(_ body: [UInt8]) {
        guard let root = try? XMLReader.root(of: body) else { return }
        code = root.text("Code") ?? ""
        message = root.text("Message") ?? ""
        detail = root.text("AuthenticationErrorDetail") ?? ""
    }

    private struct JSONBody: Decodable {
        struct Failure: Decodable {
            var code: String?
            var message: String?
            var detail: [String: String]?
        }
        var error: Failure
    }

    private mutating func readJSON(_ body: [UInt8]) {
        guard let failure = try? JSONDecoder().decode(JSONBody.self, from: Data(body)).error else { return }
        code = failure.code ?? ""
        message = failure.message ?? ""
        detail = failure.detail?["AuthenticationErrorDetail"] ?? ""
    }
}
