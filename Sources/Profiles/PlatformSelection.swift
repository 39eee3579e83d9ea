// Which platform is meant: by an option, by the environment, by the default profile; else the embedded one.
import FlowServiceClient
import FoundationEssentials
import Secrets

/// The platform that a command works on.
public enum PlatformSelection: Sendable, Hashable {
    /// The one that the program carries.
    case embedded
    /// The one of a profile, by its name.
    case profile(String)
    /// The one whose credential the environment holds; nothing of it is kept anywhere.
    case credential(EnvironmentCredential)

    /// What an option or else the environment says; nil where both are silent and the default profile is meant.
    ///
    /// - Throws: `ProfileError` where the environment names half of a credential, or two platforms.
    public static func named(
        option: String?, environment: [String: String]
    ) throws(ProfileError) -> PlatformSelection? {
        if let option { return profile(called: option) }
        let variable = ProfileVariable.profile.value(in: environment)
        let credential = try EnvironmentCredential(environment)
        switch (variable, credential) {
        case (_?, _?): throw .profileAndCredential
        case (let name?, nil): return profile(called: name)
        case (nil, let credential?): return .credential(credential)
        case (nil, nil): return nil
        }
    }

    private static func profile(called name: String) -> PlatformSelection {
        name == ProfileName.embeddedWord ? .embedded : .profile(name)
    }
}

/// The variables of the environment that say which platform is meant.
public enum ProfileVariable: String, Sendable, CaseIterable {
    /// The name of a profile.
    case profile = "SLUICE_PROFILE"
    /// The client id of a credential; the other variables belong to it.
    case clientID = "SLUICE_CLIENT_ID"
    /// Its secret.
    case clientSecret = "SLUICE_CLIENT_SECRET"
    /// The organisation's id.
    case organization = "SLUICE_ORGANIZATION"
    /// The sandbox; `prod` unless given.
    case sandbox = "SLUICE_SANDBOX"
    /// The scopes, separated by commas; the usual ones unless given.
    case scopes = "SLUICE_SCOPES"
    /// The address of the gateway; Adobe's unless given.
    case gateway = "SLUICE_GATEWAY"
    /// The address of the identity service; Adobe's unless given.
    case identityService = "SLUICE_IDENTITY_SERVICE"

    /// What the variable says; nil where it is not set, or empty.
    public func value(in environment: [String: String]) -> String? {
        environment[rawValue].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// A credential that the environment holds, for automation without a file.
public struct EnvironmentCredential: Sendable, Hashable {
    /// Organisation, sandbox and client.
    public var profile: Profile
    /// The client secret.
    public var clientSecret: Secret

    /// Takes what the variables say; nil where none of them is set.
    ///
    /// - Throws: `ProfileError.variablesMissing`, `.badVariable`.
    public init?(_ environment: [String: String]) throws(ProfileError) {
        let needed: [ProfileVariable] = [.clientID, .clientSecret, .organization]
        let all = ProfileVariable.allCases.filter { $0 != .profile }
        guard let present = all.first(where: { $0.value(in: environment) != nil }) else { return nil }
        let missing = needed.filter { $0.value(in: environment) == nil }
        guard missing.isEmpty, let secret = ProfileVariable.clientSecret.value(in: environment) else {
            throw .variablesMissing(missing.map(\.rawValue), beside: present.rawValue)
        }
        func text(_ variable: ProfileVariable, _ field: ProfileField) throws(ProfileError) -> String? {
            guard let text = variable.value(in: environment) else { return nil }
            if let problem = field.problem(in: text) { throw .badVariable(variable.rawValue, problem) }
            return text
        }
        clientSecret = Secret(secret)
        profile = Profile(
            organizationID: try text(.organization, .organization) ?? "",
            clientID: try text(.clientID, .clientID) ?? "")
        if let sandbox = try text(.sandbox, .sandbox) { profile.sandboxName = sandbox }
        if let scopes = try text(.scopes, .scopes) { profile.scopes = ProfileField.scopes(scopes) }
        if let url = try text(.gateway, .gateway), let address = PlatformAddress(url) {
            profile.gateway = address
        }
        if let url = try text(.identityService, .identityService), let address = PlatformAddress(url) {
            profile.identityService = address
        }
    }
}
