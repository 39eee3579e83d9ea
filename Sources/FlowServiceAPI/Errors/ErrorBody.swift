// What stands in the body of a refusal. The gateway, the service and the services behind it each have a form of
// their own; one type reads them all, and writes the one that is wanted.
import ExportDomain
import Languages

/// The body of a refusal.
public struct ErrorBody: Sendable, Hashable {
    /// Who speaks.
    public enum Form: Sendable, Hashable, CaseIterable {
        /// `{"error_code", "message"}`: the gateway.
        case gateway
        /// `{"errorMessage", "errorDetails"}`: Flow Service.
        case flowService
        /// `{"message"}`: Flow Service, in short.
        case short
        /// `{"type", "status", "title", "detail"}`: a problem (RFC 9457).
        case problem
    }

    /// Who speaks.
    public var form: Form
    /// The code; nil where there is none.
    public var code: ErrorCode?
    /// What happened, in the other side's words.
    public var message: String
    /// More of the same; nil where there is none.
    public var details: String?
    /// What a server of this program says besides, so that its clients know more than the words: the field that is
    /// wrong, the entity that was meant.
    public var facts: [String: JSONValue]

    /// Describes a refusal.
    public init(
        _ form: Form = .flowService, code: ErrorCode? = nil, message: String, details: String? = nil,
        facts: [String: JSONValue] = [:]
    ) {
        self.form = form
        self.code = code
        self.message = message
        self.details = details
        self.facts = facts
    }
}

extension ErrorBody {
    private static let longestText = 2_000

    /// Reads a body in any of the forms; nil where it has none of them, as a page in HTML has not.
    public init?(reading bytes: [UInt8]) {
        guard let json = try? JSONValue(reading: bytes, as: "refusal"), case .object(let members) = json
        else {
            return nil
        }
        let code = Self.code(in: members)
        var facts: [String: JSONValue] = [:]
        if case .object(let given)? = members["facts"] { facts = given }
        if let message = members["errorMessage"]?.text {
            self.init(
                .flowService, code: code, message: message, details: members["errorDetails"]?.text,
                facts: facts)
        } else if let message = members["message"]?.text {
            let isGateway = members["error_code"] != nil
            self.init(isGateway ? .gateway : .short, code: code, message: message, facts: facts)
        } else if let title = members["title"]?.text {
            self.init(.problem, code: code, message: title, details: members["detail"]?.text, facts: facts)
        } else if let code {
            self.init(.gateway, code: code, message: code.meaning?.english ?? "", facts: facts)
        } else {
            return nil
        }
        message = String(message.prefix(Self.longestText))
        details = details.map { String($0.prefix(Self.longestText)) }
        if code == nil { self.code = Self.code(within: message) ?? details.flatMap(Self.code(within:)) }
    }

    /// The body as JSON.
    ///
    /// - Parameter status: the status of the answer, which a problem repeats.
    public func json(status: Int) -> JSONValue {
        var members: [String: JSONValue] = [:]
        switch form {
        case .gateway:
            members["message"] = .string(message)
            members["error_code"] = .string(code?.rawValue ?? String(status))
        case .flowService:
            members["errorMessage"] = .string(message)
            members["errorDetails"] = .string(details ?? message)
        case .short:
            members["message"] = .string(message)
        case .problem:
            members["type"] = .string("about:blank")
            members["status"] = .integer(status)
            members["title"] = .string(message)
            members["detail"] = details.map(JSONValue.string)
        }
        if form != .gateway, let code { members["code"] = .string(code.rawValue) }
        if !facts.isEmpty { members["facts"] = .object(facts) }
        return .object(members)
    }

    /// In which of the fields the code is, no document says.
    private static func code(in members: [String: JSONValue]) -> ErrorCode? {
        for key in ["error_code", "errorCode", "code", "type"] {
            switch members[key] {
            case .integer(let number)?: return ErrorCode(rawValue: String(number))
            case .string(let text)? where key != "type" && text.utf8.count <= 32:
                return ErrorCode(rawValue: text)
            case .string(let text)?: if let code = code(within: text) { return code }
            default: break
            }
        }
        return nil
    }

    /// A code like `1404-412` within a text.
    private static func code(within text: String) -> ErrorCode? {
        text.firstMatch(of: /\b[0-9]{4}-[45][0-9]{2}\b/).map {
            ErrorCode(rawValue: String($0.output))
        }
    }
}
