// Which platform is meant: option before environment, environment before the default profile.
import FlowServiceClient
import Profiles
import Secrets
import Testing

@Suite("Which platform is meant")
struct SelectionTests {
    static let variables = [
        "SLUICE_CLIENT_ID": "id", "SLUICE_CLIENT_SECRET": "the secret", "SLUICE_ORGANIZATION": "A@AdobeOrg",
    ]

    @Test(
        "An option goes before the environment; both may be silent",
        arguments: [
            (nil, [:], nil), (nil, ["SLUICE_PROFILE": ""], nil),
            ("acme", [:], .profile("acme")), ("embedded", [:], .embedded),
            (nil, ["SLUICE_PROFILE": "acme"], .profile("acme")),
            (nil, ["SLUICE_PROFILE": "embedded"], .embedded),
            ("acme", ["SLUICE_PROFILE": "other"], .profile("acme")),
            ("acme", variables, .profile("acme")), ("embedded", variables, .embedded),
            ("acme", ["SLUICE_CLIENT_ID": "half"], .profile("acme")),
        ] as [(String?, [String: String], PlatformSelection?)])
    func precedence(
        option: String?, environment: [String: String], expected: PlatformSelection?
    ) throws {
        #expect(try PlatformSelection.named(option: option, environment: environment) == expected)
    }

    @Test("A credential in the environment needs id, secret and organisation alone")
    func credential() throws {
        let found = try #require(try EnvironmentCredential(Self.variables))
        #expect(found.clientSecret == Secret("the secret"))
        #expect(found.profile == Profile(organizationID: "A@AdobeOrg", clientID: "id"))
        #expect(found.profile.sandboxName == "prod" && found.profile.gateway == .adobe)
        #expect(
            try PlatformSelection.named(option: nil, environment: Self.variables) == .credential(found))
        #expect(!"\(found)".contains("the secret"))
    }

    @Test("The other variables say sandbox, scopes and addresses")
    func allVariables() throws {
        var environment = Self.variables
        environment["SLUICE_SANDBOX"] = "dev"
        environment["SLUICE_SCOPES"] = "openid, AdobeID session"
        environment["SLUICE_GATEWAY"] = "https://gateway.example.com:8443/base"
        environment["SLUICE_IDENTITY_SERVICE"] = "http://127.0.0.1:8080"
        let profile = try #require(try EnvironmentCredential(environment)).profile
        #expect(profile.sandboxName == "dev" && profile.scopes == ["openid", "AdobeID", "session"])
        #expect(profile.gateway.url == "https://gateway.example.com:8443/base")
        #expect(profile.identityService.url == "http://127.0.0.1:8080")
    }

    @Test(
        "Half a credential is refused with what is missing, and so are values that cannot be",
        arguments: [
            (
                ["SLUICE_CLIENT_ID": "id"],
                "SLUICE_CLIENT_ID is set, and SLUICE_CLIENT_SECRET, SLUICE_ORGANIZATION are not: set all of them, or unset it."
            ),
            (
                ["SLUICE_SANDBOX": "dev", "SLUICE_CLIENT_ID": "id", "SLUICE_CLIENT_SECRET": "s"],
                "SLUICE_CLIENT_ID is set, and SLUICE_ORGANIZATION is not: set all of them, or unset it."
            ),
            (
                variables.merging(["SLUICE_PROFILE": "acme"]) { $1 },
                "SLUICE_PROFILE names a profile and SLUICE_CLIENT_ID a credential: unset one of them."
            ),
            (
                variables.merging(["SLUICE_GATEWAY": "http://example.com"]) { $1 },
                "The environment variable SLUICE_GATEWAY must be a URL like https://platform.example.com; without TLS only on this machine."
            ),
            (
                variables.merging(["SLUICE_ORGANIZATION": "A\r\nx: y"]) { $1 },
                "The environment variable SLUICE_ORGANIZATION must be 1 to 256 letters, digits or signs without blanks."
            ),
        ])
    func refused(environment: [String: String], sentence: String) {
        let error = #expect(throws: ProfileError.self) {
            try PlatformSelection.named(option: nil, environment: environment)
        }
        #expect(error?.description == sentence)
    }
}
