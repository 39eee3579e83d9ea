// Why a request was not done, as the answer that says so: the one place where errors become answers.
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

/// An answer that refuses.
struct Refusal: Error, Sendable {
    /// The status.
    var status: Int
    /// The body.
    var body: ErrorBody
    /// What the header has beside.
    var fields: HTTPFields = [:]

    /// Refuses.
    init(_ status: Int, _ body: ErrorBody, fields: HTTPFields = [:]) {
        self.status = status
        self.body = body
        self.fields = fields
    }

    /// Refuses with the status that belongs to the code; 400 where there is none.
    init(_ body: ErrorBody) { self.init(body.code?.status ?? 400, body) }

    /// The refusal as an answer.
    var answer: APIAnswer {
        // A refusal holds texts and whole numbers only, which every JSON can have.
        (try? APIAnswer(status, body.json(status: status), fields: fields)) ?? APIAnswer(status)
    }
}

extension Refusal {
    /// What an endpoint threw.
    init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let error as FlowServiceError:
            self.init(error.httpStatus, ErrorBody(error), fields: error.fields)
        case let error as WireError: self.init(400, ErrorBody(message: error.description))
        case let error as QueryError: self.init(ErrorBody(code: error.code, message: error.description + "."))
        case let error as JSONPatchError:
            self.init(ErrorBody(code: error.code, message: error.description + "."))
        default: self.init(500, ErrorBody(.short, message: "The request could not be done."))
        }
    }

    /// The body is larger than any has to be.
    static func bodyTooLarge(_ limits: ServerLimits) -> Refusal {
        Refusal(413, ErrorBody(.short, message: "A body has at most \(limits.bodyBytes) bytes."))
    }

    /// The body did not come in time.
    static let bodyTooSlow = Refusal(408, ErrorBody(.short, message: "The body did not arrive in time."))

    /// There is nothing in a body in which there has to be something.
    static let emptyBody = Refusal(ErrorBody(code: .emptyBody, message: "The request has no body."))

    /// The body did not come whole.
    static let bodyBroken = Refusal(400, ErrorBody(.short, message: "The body did not arrive whole."))

    /// Objects and lists lie too deep in each other.
    static func tooDeep(_ limits: ServerLimits) -> Refusal {
        Refusal(400, ErrorBody(message: "Objects and lists are nested more than \(limits.nesting) deep."))
    }

    /// Nothing may be changed.
    static let readOnly = Refusal(
        403,
        ErrorBody(
            FlowServiceError.refused(
                field: nil, reason: Text("This server is read-only: nothing can be changed through it."))))

    /// Others are answered just now.
    static let busy = Refusal(
        503,
        ErrorBody(.short, message: "The server answers as many requests as it can: try again in a second."),
        fields: [.retryAfter: "1"])

    /// The version that a change was made from is not the current one.
    static func stale(_ what: String, id: String, supplied: String, current: String) -> Refusal {
        var body = ErrorBody(FlowServiceError.changed(what: what, id: id))
        body.message =
            "Supplied version=[\(supplied)] does not match the current version on entity=[\(current)]"
        return Refusal(412, body)
    }
}

extension FlowServiceError {
    /// Whoever meets a platform that cannot answer now may come back.
    fileprivate var fields: HTTPFields {
        if case .unavailable = self { [.retryAfter: "5"] } else { [:] }
    }
}
