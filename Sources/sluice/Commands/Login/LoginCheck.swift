// The check of a login, on the spot: sign in, list the sandboxes, list the dataflows of the one that is chosen.
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import Languages
import Profiles
import Secrets
import TerminalKit
import Transfer

/// Sees whether a profile works before it is kept.
struct LoginCheck: Sendable {
    /// What was found.
    struct Findings: Sendable {
        /// The names of all sandboxes that the credential may use.
        var sandboxes: [String]
        /// How many dataflows the chosen sandbox has.
        var flows: Int
    }

    let opener: PlatformOpener
    let clientSecret: Secret
    /// The token that it got, which the profile goes on with.
    let token = NewToken()

    /// Somebody waits for it: what does not answer at once is told soon.
    private static let retrying = RetryPolicy(attempts: 2, firstDelay: .milliseconds(500))

    /// Checks a profile, and chooses its sandbox where that is not done yet.
    ///
    /// - Parameter sandbox: the one that was named; nil to choose among those that there are.
    /// - Throws: `Failure` with the sentence that says what to change.
    func run(_ profile: inout Profile, sandbox: String?) async throws -> Findings {
        do {
            let sandboxes = try await service(profile).sandboxes()
            tell(Text("Signed in as \(profile.clientID)"))
            try await choose(sandbox, among: sandboxes, for: &profile)
            let flows = try await service(profile).allFlows().count
            tell(Text("\(Text.dataflows(flows)) in the sandbox \(profile.sandboxName)"))
            return Findings(sandboxes: sandboxes.map(\.name), flows: flows)
        } catch let error as FlowServiceError {
            throw Failure(Text("Nothing was saved. \(error.loginSentence)"))
        }
    }

    private func service(_ profile: Profile) throws -> RemoteFlowService {
        try opener.remote(
            profile, clientSecret: clientSecret, tokens: token, retrying: Self.retrying)
    }

    private func choose(
        _ name: String?, among sandboxes: [Sandbox], for profile: inout Profile
    ) async throws {
        let usable = sandboxes.filter(\.isActive)
        guard !usable.isEmpty else {
            throw Failure(
                Text(
                    "Nothing was saved. This credential may use no sandbox: an administrator of Experience Platform adds it to a role that has one."
                )
            )
        }
        tell(Text("\(Text.sandboxes(usable.count)): \(Self.listed(usable))"))
        if let name {
            guard let found = sandboxes.first(where: { $0.name == name }) else {
                throw Failure(
                    Text(
                        "Nothing was saved. There is no sandbox “\(name)” for this credential; there is \(Self.quoted(usable))."
                    )
                )
            }
            guard found.isActive else {
                throw Failure(
                    Text(
                        "Nothing was saved. The sandbox “\(name)” cannot be used now; there is \(Self.quoted(usable))."
                    )
                )
            }
            profile.sandboxName = name
            return
        }
        let standard = Self.standard(among: usable, before: profile.sandboxName)
        if usable.count == 1 {
            profile.sandboxName = usable[0].name
        } else if TerminalPrompt.isPossible {
            profile.sandboxName = try await ask(among: usable, standard: standard)
        } else {
            throw Failure(
                Text(
                    "Nothing was saved. There are several sandboxes, \(Self.quoted(usable)): give --sandbox NAME."
                ),
                status: ExitStatus.usage)
        }
    }

    private func ask(among sandboxes: [Sandbox], standard: Sandbox?) async throws -> String {
        for (number, sandbox) in zip(1..., sandboxes) {
            let title =
                sandbox.title == sandbox.name ? "" : "  \(TextWidth.standard.sanitized(sandbox.title))"
            StandardError.write("  \(number)  \(TextWidth.standard.sanitized(sandbox.name))\(title)")
        }
        let question =
            standard.map { Text("Sandbox, by number or name [\(TextWidth.standard.sanitized($0.name))]:") }
            ?? Text("Sandbox, by number or name:")
        while true {
            let text = try await TerminalPrompt.line(question)
            if text.isEmpty, let standard { return standard.name }
            if let found = sandboxes.first(where: { $0.name == text }) { return found.name }
            if let number = Int(text), sandboxes.indices.contains(number - 1) {
                return sandboxes[number - 1].name
            }
            StandardError.write("  " + Text("There is no such sandbox.").said)
        }
    }

    /// The sandbox that Enter alone takes: the one of before, else the one that the platform takes.
    private static func standard(among sandboxes: [Sandbox], before name: String) -> Sandbox? {
        sandboxes.first { $0.name == name } ?? sandboxes.first(where: \.isDefault)
    }

    private static func listed(_ sandboxes: [Sandbox]) -> String {
        let shown = sandboxes.prefix(5).map(\.name).joined(separator: ", ")
        return sandboxes.count > 5 ? shown + ", …" : shown
    }

    private static func quoted(_ sandboxes: [Sandbox]) -> Text {
        Text.quotedList(sandboxes.prefix(20).map { TextWidth.standard.sanitized($0.name) })
    }

    private func tell(_ line: Text) {
        StandardError.write("  ✓ " + TextWidth.standard.sanitized(line.said))
    }
}

/// The token of a login, before there is a place to keep it.
actor NewToken: SharedTokens {
    private var token: AccessToken?

    func kept() -> AccessToken? { token }

    func keep(_ token: AccessToken) { self.token = token }

    nonisolated func alone<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value { try await work() }
}

extension FlowServiceError {
    /// What a login tells, with the option that changes it.
    fileprivate var loginSentence: Text {
        switch self {
        case .refused(let field?, let reason), .invalid(let field?, let reason, _):
            guard let option = Self.options[field] else { return text }
            return .sentences([reason.withStop, Text("The option is --\(option).")])
        case .unavailable(Text("sign in"), _):
            return .sentences([text, Text("The address is that of --identity-service, or Adobe's.")])
        case .unavailable:
            return .sentences([text, Text("The address is that of --gateway, or Adobe's.")])
        default: return text
        }
    }

    /// The options by the fields that a client's errors name.
    private static let options = [
        "clientSecret": "client-secret", "clientID": "client-id", "organizationID": "organization",
        "scopes": "scopes", "sandbox": "sandbox", "gateway": "gateway",
    ]
}

extension Text {
    fileprivate var withStop: Text { english.hasSuffix(".") ? self : Text("\(self).") }
}
