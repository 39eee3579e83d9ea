// What a platform may answer instead of doing what was asked.

/// Why an operation of the Flow Service was not done.
public enum FlowServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such entity: what it is (“dataset”, “flow”…) and its id or name.
    case notFound(what: String, id: String)
    /// What was asked for cannot be: the field that is wrong, where it is one, and why.
    case invalid(field: String?, reason: String)
    /// The entity is not in a state that allows this: `enabled`, `disabled`, one that passes by itself.
    case wrongState(what: String, id: String, state: String)
    /// The entity is used by others, which are named by their names.
    case inUse(what: String, name: String, by: [String])
    /// The entity was changed by somebody else since it was read.
    case changed(what: String, id: String)
    /// The platform cannot do such a thing at all: what it does not offer, like “exports outside of the schedule”.
    case notOffered(what: String)
    /// The destination refuses, in a sentence that says what to change, and the field that it is about.
    case refused(field: String?, reason: String)
    /// The platform cannot answer now: what it was doing and why.
    case unavailable(doing: String, reason: String)

    /// The reason in one sentence.
    public var description: String {
        switch self {
        case .notFound(let what, let id): "There is no \(what) “\(id)”."
        case .invalid(_, let reason): reason.hasSuffix(".") ? reason : reason + "."
        case .wrongState(let what, let id, let state):
            FlowState(rawValue: state).allowsChange
                ? "Nothing was done: the \(what) “\(id)” is \(state)."
                : "Nothing was done: the \(what) “\(id)” is \(state). Try again when that is over."
        case .inUse(let what, let name, let users):
            "The \(what) “\(name)” is used by \(users.map { "“\($0)”" }.joined(separator: ", "))."
        case .changed(let what, let id):
            "The \(what) “\(id)” was changed by somebody else meanwhile: look at it again."
        case .notOffered(let what): "This platform does not offer \(what)."
        case .refused(_, let reason): reason
        case .unavailable(let doing, let reason): "Cannot \(doing): \(reason)"
        }
    }
}
