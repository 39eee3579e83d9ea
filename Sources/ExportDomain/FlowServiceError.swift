// What a platform may answer instead of doing what was asked.

/// Why an operation of the Flow Service was not done.
///
/// What a platform elsewhere refused names the request, which is what its support asks for.
public enum FlowServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such entity: what it is (“dataset”, “flow”…) and its id or name.
    case notFound(what: String, id: String, request: RefusedRequest = .unnamed)
    /// What was asked for cannot be: the field that is wrong, where it is one, and why.
    case invalid(field: String?, reason: String, request: RefusedRequest = .unnamed)
    /// The entity is not in a state that allows this: `enabled`, `disabled`, one that passes by itself.
    case wrongState(what: String, id: String, state: String, request: RefusedRequest = .unnamed)
    /// The entity is used by others, which are named by their names.
    case inUse(what: String, name: String, by: [String], request: RefusedRequest = .unnamed)
    /// The entity was changed by somebody else since it was read.
    case changed(what: String, id: String, request: RefusedRequest = .unnamed)
    /// The platform cannot do such a thing at all: what it does not offer, like “exports outside of the schedule”.
    case notOffered(what: String)
    /// The destination refuses, in a sentence that says what to change, and the field that it is about.
    case refused(field: String?, reason: String)
    /// The platform cannot answer now: what it was doing and why.
    case unavailable(doing: String, reason: String)

    /// The reason in one sentence.
    public var description: String {
        switch self {
        case .notFound(let what, let id, let request): "There is no \(what) “\(id)”\(request)."
        case .invalid(_, let reason, let request):
            (reason.hasSuffix(".") ? String(reason.dropLast()) : reason) + "\(request)."
        case .wrongState(let what, let id, let state, let request):
            FlowState(rawValue: state).allowsChange
                ? "Nothing was done: the \(what) “\(id)” is \(state)\(request)."
                : "Nothing was done: the \(what) “\(id)” is \(state)\(request). Try again when that is over."
        case .inUse(let what, let name, let users, let request):
            "The \(what) “\(name)” is used by \(users.map { "“\($0)”" }.joined(separator: ", "))\(request)."
        case .changed(let what, let id, let request):
            "The \(what) “\(id)” was changed by somebody else meanwhile\(request): look at it again."
        case .notOffered(let what): "This platform does not offer \(what)."
        case .refused(_, let reason): reason
        case .unavailable(let doing, let reason): "Cannot \(doing): \(reason)"
        }
    }
}

extension FlowServiceError {
    /// What was thrown while something was done, in the protocol's words.
    public init(_ error: any Error, doing: String) {
        switch error {
        case let error as FlowServiceError: self = error
        case is CancellationError: self = .unavailable(doing: doing, reason: "it was cancelled")
        default: self = .unavailable(doing: doing, reason: "\(error)")
        }
    }
}

/// The request that a platform elsewhere refused.
///
/// It makes no difference to what was refused: two errors are equal whichever requests they answer.
public struct RefusedRequest: Sendable, Hashable, CustomStringConvertible {
    /// The platform's id of the request; nil where it gave none, or where nothing was asked of another machine.
    public let id: String?

    /// Takes an id, as it is to be shown.
    public init(id: String?) { self.id = id }

    /// No request that is known.
    public static let unnamed = RefusedRequest(id: nil)

    /// The id as the end of a sentence has it, or nothing: “ (request 4f2…)”.
    public var description: String { id.map { " (request \($0))" } ?? "" }

    /// Always true.
    public static func == (left: RefusedRequest, right: RefusedRequest) -> Bool { true }

    /// Adds nothing.
    public func hash(into hasher: inout Hasher) {}
}
