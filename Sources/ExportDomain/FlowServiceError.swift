// What a platform may answer instead of doing what was asked.
import Languages

/// Why an operation of the Flow Service was not done.
///
/// What a platform elsewhere refused names the request, which is what its support asks for.
public enum FlowServiceError: Error, Sendable, Hashable, Localized {
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

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The reason in one sentence.
    public var text: Text {
        switch self {
        case .notFound(let what, let id, let request):
            Text("There is no \(Self.noun(what)) “\(id)”\(request).")
        case .invalid(_, let reason, let request):
            Text("\(reason.hasSuffix(".") ? String(reason.dropLast()) : reason)\(request).")
        case .wrongState(let what, let id, let state, let request):
            FlowState(rawValue: state).allowsChange
                ? Text("Nothing was done: the \(Self.noun(what)) “\(id)” is \(state)\(request).")
                : Text(
                    "Nothing was done: the \(Self.noun(what)) “\(id)” is \(state)\(request). Try again when that is over."
                )
        case .inUse(let what, let name, let users, let request):
            Text("The \(Self.noun(what)) “\(name)” is used by \(Text.quotedList(users))\(request).")
        case .changed(let what, let id, let request):
            Text(
                "The \(Self.noun(what)) “\(id)” was changed by somebody else meanwhile\(request): look at it again."
            )
        case .notOffered(let what): Text("This platform does not offer \(Self.offer(what)).")
        case .refused(_, let reason): .verbatim(reason)
        case .unavailable(let doing, let reason): Text("Cannot \(Self.activity(doing)): \(reason)")
        }
    }

    /// An entity, by the word that errors have for it; a word of another platform stays as it is.
    private static func noun(_ what: String) -> Text {
        switch what {
        case "dataset": Text("dataset")
        case "flow": Text("flow")
        case "run": Text("run")
        case "account": Text("account")
        case "destination": Text("destination")
        case "kind of destination": Text("kind of destination")
        case "source connection": Text("source connection")
        case "connection spec": Text("connection spec")
        case "flow spec": Text("flow spec")
        case "half made export": Text("half made export")
        default: .verbatim(what)
        }
    }

    /// What a platform does not offer.
    private static func offer(_ what: String) -> Text {
        switch what {
        case "other platforms": Text("other platforms")
        case "exports outside of the schedule": Text("exports outside of the schedule")
        case "commands that tell what has come of a flow":
            Text("commands that tell what has come of a flow")
        case "making runs again": Text("making runs again")
        case "exporting files again": Text("exporting files again")
        case "ending runs": Text("ending runs")
        default: .verbatim(what)
        }
    }

    /// What was being done.
    private static func activity(_ doing: String) -> Text {
        switch doing {
        case "make the export": Text("make the export")
        case "sign in": Text("sign in")
        case "make the run again": Text("make the run again")
        case "export the files again": Text("export the files again")
        case "read the destinations": Text("read the destinations")
        case "export now": Text("export now")
        case "note what is being made": Text("note what is being made")
        case "follow the runs": Text("follow the runs")
        case "forget what was made": Text("forget what was made")
        default: .verbatim(doing)
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
    public var text: Text { id.map { Text(" (request \($0))") } ?? .verbatim("") }

    /// Always true.
    public static func == (left: RefusedRequest, right: RefusedRequest) -> Bool { true }

    /// Adds nothing.
    public func hash(into hasher: inout Hasher) {}
}
