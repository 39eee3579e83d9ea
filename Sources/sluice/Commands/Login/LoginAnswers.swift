// What a login needs to know: from options, from the profile that there is, or from whoever sits at the terminal.
import ArgumentParser
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import Languages
import Profiles
import Secrets

/// The values of a profile, as options.
struct LoginAnswers: ParsableArguments {
    @Option(help: ArgumentHelp(Text("What the profile is called (default: as its sandbox).")))
    var name: String?

    @Option(
        name: .customLong("client-id"),
        help: ArgumentHelp(Text("The client id of the credential."), valueName: "id"))
    var clientID: String?

    @Option(
        help: ArgumentHelp(
            Text("Where the client secret comes from: @FILE, env:VARIABLE, command:COMMAND or -."),
            valueName: "source"))
    var clientSecret: String?

    @Option(help: ArgumentHelp(Text("The organisation's id, like …@AdobeOrg."), valueName: "id"))
    var organization: String?

    @Option(help: ArgumentHelp(Text("The organisation's name, for folder templates."), valueName: "name"))
    var organizationName: String?

    @Option(help: ArgumentHelp(Text("The scopes of the credential, separated by commas."), valueName: "list"))
    var scopes: String?

    @Option(help: ArgumentHelp(Text("The sandbox."), valueName: "name"))
    var sandbox: String?

    @Option(help: ArgumentHelp(Text("Another gateway than Adobe's."), valueName: "url"))
    var gateway: String?

    @Option(help: ArgumentHelp(Text("Another identity service than Adobe's."), valueName: "url"))
    var identityService: String?

    func validate() throws {
        let given: [(ProfileField, String?)] = [
            (.clientID, clientID), (.organization, organization), (.organizationName, organizationName),
            (.scopes, scopes), (.sandbox, sandbox), (.gateway, gateway), (.identityService, identityService),
        ]
        for (field, text) in given {
            if let text, let problem = field.problem(in: text) {
                throw ValidationError(Text("--\(field.option) \(problem)."))
            }
        }
        if let clientSecret, SecretSource(clientSecret) == nil {
            throw ValidationError(
                Text(
                    "--client-secret is never the secret itself, which others could see: \(SecretSource.ways(of: "--client-secret"))."
                )
            )
        }
    }

    /// The profile, but for its sandbox where none is given, and the client secret.
    ///
    /// - Parameter existing: the profile that is changed.
    /// - Throws: `Failure` for what is missing, where nobody can be asked.
    func complete(_ existing: Profile?) async throws -> (Profile, Secret) {
        let clientID = try await value(.clientID, clientID, Text("Client id"), proposed: existing?.clientID)
        let secret = try await readSecret()
        var profile =
            existing ?? Profile(organizationID: "", clientID: clientID)
        profile.clientID = clientID
        profile.organizationID = try await value(
            .organization, organization, Text("Organisation id"), proposed: existing?.organizationID)
        let scopes = try await value(
            .scopes, scopes, Text("Scopes, separated by commas"),
            proposed: profile.scopes.joined(separator: ","),
            shownAs: existing == nil ? Text("the usual ones") : Text("as before"))
        profile.scopes = ProfileField.scopes(scopes)
        if let organizationName { profile.organizationName = organizationName }
        if let sandbox { profile.sandboxName = sandbox }
        if let address = gateway.flatMap({ PlatformAddress($0) }) { profile.gateway = address }
        if let address = identityService.flatMap({ PlatformAddress($0) }) {
            profile.identityService = address
        }
        return (profile, secret)
    }

    private func readSecret() async throws -> Secret {
        if let source = clientSecret.flatMap({ SecretSource($0) }) { return try await source.read() }
        guard TerminalPrompt.isPossible else { throw missing("client-secret", "@FILE") }
        while true {
            let secret = try await TerminalPrompt.secret(Text("Client secret (not shown):"))
            if !secret.isEmpty { return secret }
        }
    }

    /// A value: the one that is given, or else the one that is entered; Enter alone takes what is proposed.
    private func value(
        _ field: ProfileField, _ given: String?, _ question: Text, proposed: String?,
        shownAs words: Text? = nil
    ) async throws -> String {
        if let given { return given }
        guard TerminalPrompt.isPossible else {
            if let proposed { return proposed }
            throw missing(field.option, "VALUE")
        }
        let asked =
            proposed.map { Text("\(question) [\(words ?? .verbatim($0))]:") } ?? Text("\(question):")
        while true {
            let text = try await TerminalPrompt.line(asked)
            if text.isEmpty, let proposed { return proposed }
            guard let problem = field.problem(in: text) else { return text }
            StandardError.write("  " + Text("It \(problem).").said)
        }
    }

    private func missing(_ option: String, _ value: String) -> Failure {
        Failure(
            Text("There is no terminal to ask at: give --\(option) \(value)."), status: ExitStatus.usage)
    }

    // MARK: The name

    /// What the profile is to be called.
    ///
    /// - Parameter chosen: the name that is given.
    /// - Throws: `Failure` where the name belongs to a profile of another client, and nobody says to replace it.
    func profileName(
        for profile: Profile, chosen: ProfileName?, among known: Profiles
    ) async throws -> ProfileName {
        let proposed = try? ProfileName(profile.sandboxName)
        let isFree = proposed.map { known.all[$0]?.signsIn(like: profile) ?? true } ?? false
        let name: ProfileName
        if let chosen {
            name = chosen
        } else if TerminalPrompt.isPossible {
            name = try await ask(proposed: isFree ? proposed : nil)
        } else if isFree, let proposed {
            name = proposed
        } else {
            throw Failure(
                Text(
                    "Nothing was saved: “\(profile.sandboxName)” is the name of another profile already, or can be none. Give --name NAME."
                ),
                status: ExitStatus.usage)
        }
        if let other = known.all[name], !other.signsIn(like: profile), TerminalPrompt.isPossible,
            !Confirmation.ask(
                Text(
                    "Replace the profile “\(name)”, of client \(other.clientID) and organisation \(other.organizationID)?"
                )
            )
        {
            throw Failure(Text("Nothing was saved."))
        }
        return name
    }

    private func ask(proposed: ProfileName?) async throws -> ProfileName {
        let question = proposed.map { Text("Name of the profile [\($0)]:") } ?? Text("Name of the profile:")
        while true {
            let text = try await TerminalPrompt.line(question)
            if text.isEmpty, let proposed { return proposed }
            do { return try ProfileName(text) } catch {
                StandardError.write("  " + Text.of(error).said)
            }
        }
    }
}

extension ProfileField {
    /// The option that gives it.
    var option: String {
        switch self {
        case .organization: "organization"
        case .organizationName: "organization-name"
        case .sandbox: "sandbox"
        case .clientID: "client-id"
        case .scopes: "scopes"
        case .gateway: "gateway"
        case .identityService: "identity-service"
        case .cacert: "cacert"
        }
    }
}
