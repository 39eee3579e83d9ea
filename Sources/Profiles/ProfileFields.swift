// The values of a profile as people write them, wherever they do: in the file, in the environment, at a prompt.
import FlowServiceClient
import FoundationEssentials
import Languages

/// What a profile consists of.
public enum ProfileField: String, Sendable, CaseIterable {
    case organization, organizationName, sandbox, clientID, scopes, gateway, identityService, cacert

    /// How a sentence names it.
    public var title: String {
        switch self {
        case .organization: "the organisation's id"
        case .organizationName: "the organisation's name"
        case .sandbox: "the sandbox"
        case .clientID: "the client id"
        case .scopes: "the scopes"
        case .gateway: "the address of the gateway"
        case .identityService: "the address of the identity service"
        case .cacert: "the file of certificate authorities"
        }
    }

    /// What keeps a text from being the value; nil where nothing does.
    ///
    /// Ids and names travel in the head of every request: whatever has a meaning there is refused.
    public func problem(in text: String) -> ProfileFieldProblem? {
        switch self {
        case .organization, .sandbox, .clientID:
            (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                ? nil : .notPlain
        case .organizationName:
            text.isEmpty || text.unicodeScalars.contains { $0.properties.generalCategory == .control }
                ? .notOneLine : nil
        case .scopes: Self.scopes(text).isEmpty ? .noScope : nil
        case .gateway, .identityService: PlatformAddress(text) == nil ? .noAddress : nil
        case .cacert: text.hasPrefix("/") && !text.utf8.contains(0) ? nil : .notAbsolute
        }
    }

    /// Scopes as the credential's page lists them: separated by commas, or by blanks.
    public static func scopes(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init).filter { scope in
            scope.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        }
    }
}

/// What keeps a text from being a value of a profile.
public enum ProfileFieldProblem: Sendable, Hashable, Localized {
    /// Empty, too long, or with blanks or signs that no such id has.
    case notPlain
    /// Empty, or with control characters.
    case notOneLine
    /// No scope is in it.
    case noScope
    /// No URL, or one without TLS to another machine.
    case noAddress
    /// A path that means another file in another folder.
    case notAbsolute

    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// The problem, in words that follow the value's name.
    public var text: Text {
        switch self {
        case .notPlain: Text("must be 1 to 256 letters, digits or signs without blanks")
        case .notOneLine: Text("must be text on one line")
        case .noScope: Text("must be names separated by commas")
        case .noAddress:
            Text("must be a URL like https://platform.example.com; without TLS only on this machine")
        case .notAbsolute: Text("must be an absolute path")
        }
    }
}
