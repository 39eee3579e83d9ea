// What a platform may answer instead of doing what was asked.
import Languages

/// Why an operation of the Flow Service was not done.
///
/// What a platform elsewhere refused names the request, which is what its support asks for.
public enum FlowServiceError: Error, Sendable, Hashable, Localized {
    /// There is no such entity: what it is (“dataset”, “flow”…) and its id or name.
    case notFound(what: String, id: String, request: RefusedRequest = .unnamed)
    /// What was asked for cannot be: the field that is wrong, where it is one, and why.
    case invalid(field: String?, reason: Text, request: RefusedRequest = .unnamed)
    /// The entity is not in a state that allows this: `enabled`, `disabled`, one that passes by itself.
    case wrongState(what: String, id: String, state: String, request: RefusedRequest = .unnamed)
    /// The entity is used by others, which are named by their names.
    case inUse(what: String, name: String, by: [String], request: RefusedRequest = .unnamed)
    /// The entity was changed by somebody else since it was read.
    case changed(what: String, id: String, request: RefusedRequest = .unnamed)
    /// The platform cannot do such a thing at all: what it does not offer, like “exports outside of the schedule”.
    case notOffered(what: String)
    /// The destination refuses, in a sentence that says what to change, and the field that it is about.
    case refused(field: String?, reason: Text)
    /// The platform cannot answer now: what it was doing and why.
    case unavailable(doing: Text, reason: Text)

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The reason in one sentence.
    public var text: Text {
        switch self {
        case .notFound(let what, let id, let request):
            Text("There is no \(Text.entity(what)) “\(id)”\(request).")
        case .invalid(_, let reason, let request):
            reason.english.hasSuffix(".") ? Text("\(reason)\(request)") : Text("\(reason)\(request).")
        case .wrongState(let what, let id, let state, let request):
            FlowState(rawValue: state).allowsChange
                ? Text(
                    "Nothing was done: the \(Text.entity(what)) “\(id)” is \(Text.state(state))\(request).")
                : Text(
                    "Nothing was done: the \(Text.entity(what)) “\(id)” is \(Text.state(state))\(request). Try again when that is over."
                )
        case .inUse(let what, let name, let users, let request):
            Text("The \(Text.entity(what)) “\(name)” is used by \(Text.quotedList(users))\(request).")
        case .changed(let what, let id, let request):
            Text(
                "The \(Text.entity(what)) “\(id)” was changed by somebody else meanwhile\(request): look at it again."
            )
        case .notOffered(let what): Text("This platform does not offer \(Text.offer(what)).")
        case .refused(_, let reason): reason
        case .unavailable(let doing, let reason): Text("Cannot \(doing): \(reason)")
        }
    }
}

extension FlowServiceError {
    /// What was thrown while something was done, in the protocol's words.
    public init(_ error: any Error, doing: Text) {
        switch error {
        case let error as FlowServiceError: self = error
        case is CancellationError: self = .unavailable(doing: doing, reason: Text("it was cancelled"))
        default: self = .unavailable(doing: doing, reason: .of(error))
        }
    }
}

/// The request that a platform elsewhere refused.
///
/// It makes no difference to what was refused: two errors are equal whichever requests they answer.
public struct RefusedRequest: Sendable, Hashable, Localized {
    /// The platform's id of the request; nil where it gave none, or where nothing was asked of another machine.
    public let id: String?

    /// Takes an id, as it is to be shown.
    public init(id: String?) { self.id = id }

    /// No request that is known.
    public static let unnamed = RefusedRequest(id: nil)

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The id as the end of a sentence has it, or nothing: “ (request 4f2…)”.
    public var text: Text { id.map { Text(" (request \($0))") } ?? .empty }

    /// Always true.
    public static func == (left: RefusedRequest, right: RefusedRequest) -> Bool { true }

    /// Adds nothing.
    public func hash(into hasher: inout Hasher) {}
}
