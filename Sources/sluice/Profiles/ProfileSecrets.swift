// What the vault keeps for a profile: the client secret, and the token that it gave, for all processes.
import EmbeddedPlatform
import FlowServiceClient
import FoundationEssentials
import Languages
import Profiles
import Secrets

/// The secrets of a profile.
struct ProfileSecrets: Sendable {
    let vault: Vault
    let profile: ProfileName
    /// The home folder.
    let folder: String

    /// The field of the client secret.
    static let clientSecret = "clientSecret"
    /// The field of the token.
    static let accessToken = "accessToken"

    /// The client secret.
    /// - Throws: `Failure` where there is none, as on another machine than the one that signed in.
    func clientSecret() async throws -> Secret {
        guard let secret = try await vault.secrets(ofProfile: profile.text)[Self.clientSecret] else {
            throw Failure(
                Text(
                    "The vault has no secret of the profile “\(profile)”: enter it with sluice login --name \(profile)."
                )
            )
        }
        return secret
    }
}

/// The token of a profile, which one process asks for and all use until it runs out.
struct ProfileTokens: SharedTokens {
    private let secrets: ProfileSecrets
    /// What the token was got for: a token of another secret is none of ours.
    private let clientSecret: Secret

    init(_ secrets: ProfileSecrets, clientSecret: Secret) {
        self.secrets = secrets
        self.clientSecret = clientSecret
    }

    /// The file by which processes wait for one that signs in.
    static func lock(of profile: ProfileName, in folder: String) -> String {
        "\(folder)/sign-in-\(profile).lock"
    }

    func kept() async -> AccessToken? {
        let all = try? await secrets.vault.secrets(ofProfile: secrets.profile.text)
        guard let all, all[ProfileSecrets.clientSecret] == clientSecret else { return nil }
        return all[ProfileSecrets.accessToken].flatMap(AccessToken.init(kept:))
    }

    func keep(_ token: AccessToken) async {
        try? await secrets.vault.keep(
            token.kept, ofProfile: secrets.profile.text, field: ProfileSecrets.accessToken,
            onlyAs: (ProfileSecrets.clientSecret, clientSecret))
    }

    func alone<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        let lock = FileLock(path: Self.lock(of: secrets.profile, in: secrets.folder))
        return try await lock.hold { _ in try await work() }
    }
}

extension AccessToken {
    /// The token with its times, as the vault keeps it: seconds since 1970, and the text.
    var kept: Secret {
        let times = [start, expiry].map { String(Int($0.timeIntervalSince1970)) }
        return Secret((times + [text.reveal()]).joined(separator: " "))
    }

    /// Reads what was kept; nil where it is no token.
    init?(kept: Secret) {
        let parts = kept.reveal().split(separator: " ", maxSplits: 2)
        guard parts.count == 3, let start = Int(parts[0]), let expiry = Int(parts[1]) else { return nil }
        self.init(
            text: Secret(String(parts[2])), start: Date(timeIntervalSince1970: TimeInterval(start)),
            expiry: Date(timeIntervalSince1970: TimeInterval(expiry)))
    }
}
