// What a platform may answer instead of doing what was asked.

/// Why an operation of the Flow Service was not done.
public enum FlowServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such entity: what it is (“dataset”, “flow”…) and its id or name.
    case notFound(what: String, id: String)
    /// What was asked for cannot be: the field that is wrong, where it is one, and why.
    case invalid(field: String?, reason: String)
    /// The entity is not in a state that allows this.
    case wrongState(what: String, id: String, state: String)
    /// The platform cannot answer now: what it was doing and why.
    case unavailable(doing: String, reason: String)

    /// The reason in one sentence.
    public var description: String {
        switch self {
        case .notFound(let what, let id): "There is no \(what) “\(id)”."
        case .invalid(_, let reason): reason.hasSuffix(".") ? reason : reason + "."
        case .wrongState(let what, let id, let state): "The \(what) “\(id)” is already \(state)."
        case .unavailable(let doing, let reason): "Cannot \(doing): \(reason)"
        }
    }
}
