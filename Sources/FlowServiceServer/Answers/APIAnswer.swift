// An answer as a value.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

/// An answer: status, header and body.
struct APIAnswer: Sendable {
    /// The status.
    var status: Int
    /// What the header has beside type and length of the body.
    var fields: HTTPFields
    /// The body; empty for none.
    var body: [UInt8]

    /// Answers with JSON.
    init(_ status: Int, _ json: JSONValue, fields: HTTPFields = [:]) throws(WireError) {
        self.init(status, body: try json.body(of: "answer"), fields: fields)
    }

    /// Answers 200 with JSON.
    init(_ json: JSONValue) throws(WireError) { try self.init(200, json) }

    /// Answers with bytes, or without a body.
    init(_ status: Int, body: [UInt8] = [], fields: HTTPFields = [:]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

extension APIAnswer {
    /// One entity, as every GET of one answers it.
    static func item(_ entity: some WireValue) throws(WireError) -> APIAnswer {
        try APIAnswer(.object(["items": .array([entity.json])]))
    }

    /// What was made: its id and etag, and where it is.
    static func created(_ path: String, id: String, etag: String) throws(WireError) -> APIAnswer {
        try APIAnswer(
            201, EntityReference(id: id, etag: etag).json,
            fields: [.location: "\(Endpoints.flowService)/\(path)/\(id)"])
    }

    /// What was changed: its id and new etag.
    static func changed(id: String, etag: String) throws(WireError) -> APIAnswer {
        try APIAnswer(EntityReference(id: id, etag: etag).json)
    }

    /// What was removed.
    static let removed = APIAnswer(202)
}
