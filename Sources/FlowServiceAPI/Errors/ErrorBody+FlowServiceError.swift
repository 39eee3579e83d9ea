// How what a platform refuses travels from a server of this program to its clients, and back into the same value.
// Other servers say less: what their clients make of it is theirs.
import ExportDomain
import Languages

extension ErrorBody {
    /// A refusal with all its facts.
    public init(_ error: FlowServiceError) {
        self.init(code: ErrorCode(error), message: error.description)
        switch error {
        case .notFound(let what, let id, _):
            facts = ["kind": "notFound", "what": .string(what), "id": .string(id)]
        case .invalid(let field, let reason, _):
            facts = ["kind": "invalid", "reason": .string(reason.english)]
            facts["field"] = field.map(JSONValue.string)
        case .wrongState(let what, let id, let state, _):
            facts = ["kind": "wrongState", "what": .string(what), "id": .string(id), "state": .string(state)]
        case .inUse(let what, let name, let users, _):
            facts = ["kind": "inUse", "what": .string(what), "name": .string(name), "by": users.json]
        case .changed(let what, let id, _):
            facts = ["kind": "changed", "what": .string(what), "id": .string(id)]
        case .notOffered(let what):
            facts = ["kind": "notOffered", "what": .string(what)]
        case .refused(let field, let reason):
            facts = ["kind": "refused", "reason": .string(reason.english)]
            facts["field"] = field.map(JSONValue.string)
        case .unavailable(let doing, let reason):
            facts = [
                "kind": "unavailable", "doing": .string(doing.english), "reason": .string(reason.english),
            ]
        }
    }

    /// The refusal whose facts a server of this program has sent; nil for any other server.
    public var flowServiceError: FlowServiceError? {
        func text(_ key: String) -> String? { facts[key]?.text }
        switch text("kind") {
        case "notFound":
            if let what = text("what"), let id = text("id") { return .notFound(what: what, id: id) }
        case "invalid":
            if let reason = text("reason") { return .invalid(field: text("field"), reason: .known(reason)) }
        case "wrongState":
            if let what = text("what"), let id = text("id"), let state = text("state") {
                return .wrongState(what: what, id: id, state: state)
            }
        case "inUse":
            if let what = text("what"), let name = text("name"), case .array(let users)? = facts["by"] {
                return .inUse(what: what, name: name, by: users.compactMap(\.text))
            }
        case "changed":
            if let what = text("what"), let id = text("id") { return .changed(what: what, id: id) }
        case "notOffered":
            if let what = text("what") { return .notOffered(what: what) }
        case "refused":
            if let reason = text("reason") { return .refused(field: text("field"), reason: .known(reason)) }
        case "unavailable":
            if let doing = text("doing"), let reason = text("reason") {
                return .unavailable(doing: .known(doing), reason: .known(reason))
            }
        default: break
        }
        return nil
    }
}

extension ErrorCode {
    /// The code of the catalogue for what a platform refuses; nil where it has none.
    init?(_ error: FlowServiceError) {
        switch error {
        case .wrongState(_, _, FlowState.enabled.rawValue, _): self = .alreadyEnabled
        case .wrongState(_, _, FlowState.disabled.rawValue, _): self = .alreadyDisabled
        case .wrongState: self = .wrongState
        case .inUse: self = .connectionInUse
        case .changed: self = .etagStale
        case .notOffered: self = .notEntitled
        case .notFound, .invalid, .refused, .unavailable: return nil
        }
    }
}

extension FlowServiceError {
    /// The status of the answer that refuses.
    public var httpStatus: Int {
        switch self {
        case .notFound: 404
        case .invalid, .wrongState, .inUse, .notOffered, .refused: 400
        case .changed: 412
        case .unavailable: 503
        }
    }
}
