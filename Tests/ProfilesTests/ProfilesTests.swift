// The rules of profiles: their names, which of them is the default, and which platform is meant.
import FlowServiceClient
import Profiles
import Secrets
import Testing

@Suite("Profiles")
struct ProfilesTests {
    static let acme = Profile(organizationID: "A@AdobeOrg", clientID: "a")
    static let other = Profile(organizationID: "B@AdobeOrg", sandboxName: "dev", clientID: "b")

    private func profiles(_ names: String...) throws -> Profiles {
        var profiles = Profiles()
        for name in names { profiles.keep(Self.acme, as: try ProfileName(name)) }
        return profiles
    }

    @Test(
        "A name has letters, digits, hyphens and underscores, 64 at most",
        arguments: [
            ("acme", true), ("Acme_2-prod", true), ("7", true), (String(repeating: "a", count: 64), true),
            ("", false), (String(repeating: "a", count: 65), false), ("a b", false), ("a.b", false),
            ("é", false), ("a/b", false), ("a\n", false), ("embedded", false), ("Embedded", false),
        ])
    func names(text: String, isOne: Bool) {
        #expect(((try? ProfileName(text)) != nil) == isOne)
    }

    @Test("The first profile is the default, until another one is chosen")
    func firstIsDefault() throws {
        var profiles = try profiles("acme", "other")
        #expect(profiles.standard?.text == "acme")
        #expect(profiles.names.map(\.text) == ["acme", "other"])
        try profiles.use("other")
        #expect(profiles.standard?.text == "other")
        try profiles.use(nil)
        #expect(profiles.standard == nil)
        profiles.keep(Self.other, as: try ProfileName("third"))
        #expect(profiles.standard == nil)
    }

    @Test("A profile that there is not is told with the one that was meant")
    func unknown() throws {
        var profiles = try profiles("acme", "globex")
        #expect(throws: ProfileError.unknown("acne", known: ["acme", "globex"])) { try profiles.use("acne") }
        let sentences = [("acne", "did you mean “acme”?"), ("zzzzzz", "there is “acme”, “globex”.")]
        for (name, words) in sentences {
            let error = #expect(throws: ProfileError.self) { try profiles.profile(name) }
            #expect(error?.description == "There is no profile “\(name)”; \(words)")
        }
        let error = #expect(throws: ProfileError.self) { try Profiles().profile("x\u{1B}[2J") }
        #expect(error?.description == "There is no profile “x[2J”: sluice login makes one.")
    }

    @Test("A new name takes the default along, and no other profile's name")
    func rename() throws {
        var profiles = try profiles("acme", "other")
        let (old, new) = (try ProfileName("acme"), try ProfileName("acme-2"))
        try profiles.rename(old, to: new)
        #expect(profiles.names.map(\.text) == ["acme-2", "other"] && profiles.standard == new)
        #expect(throws: ProfileError.nameTaken("other")) {
            try profiles.rename(new, to: try ProfileName("other"))
        }
    }

    @Test("Without its default, everything is done on the embedded platform")
    func remove() throws {
        var profiles = try profiles("acme", "other")
        profiles.remove(try ProfileName("acme"))
        #expect(profiles.names.map(\.text) == ["other"] && profiles.standard == nil)
    }

    @Test("A token is the same for another sandbox and another gateway, and for no other client")
    func sameSignIn() throws {
        func changed(_ change: (inout Profile) -> Void) -> Bool {
            var other = Self.acme
            change(&other)
            return other.signsIn(like: Self.acme)
        }
        let elsewhere = try #require(PlatformAddress("https://elsewhere.example.com"))
        #expect(changed { $0.sandboxName = "dev" } && changed { $0.gateway = elsewhere })
        #expect(!changed { $0.clientID = "c" } && !changed { $0.organizationID = "C@AdobeOrg" })
        #expect(!changed { $0.scopes = ["openid"] } && !changed { $0.identityService = elsewhere })
    }

    @Test("The settings of a client are the profile's, Adobe's addresses where it has none")
    func settings() throws {
        let settings = Self.other.settings(clientSecret: Secret("s"))
        #expect(settings.sandboxName == "dev" && settings.organizationName == "B@AdobeOrg")
        #expect(settings.gateway == .adobe && settings.identityService == .adobeIdentity)
        #expect(settings.credential.clientID == "b")
        #expect(settings.credential.scopes == PlatformSettings.Credential.usualScopes)
    }
}
