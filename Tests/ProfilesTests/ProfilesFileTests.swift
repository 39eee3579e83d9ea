// The file of profiles: what is written is read again, and what cannot be read is told with its line.
import FlowServiceClient
import Languages
import Profiles
import TOMLText
import Testing

@Suite("The file of profiles")
struct ProfilesFileTests {
    static let example = """
        default = "acme"

        [profiles.acme]
        organization = "A@AdobeOrg"
        organizationName = "Acme \\"Works\\""
        sandbox = "prod"
        clientID = "0a1b"
        scopes = ["openid", "session"]
        gateway = "https://gateway.example.com:8443/base"
        identityService = "https://ims.example.com"
        cacert = "/etc/acme.pem"

        [profiles.small]
        organization = "B@AdobeOrg"
        clientID = "b"
        """

    private func read(_ text: String) throws -> Profiles {
        try Profiles(reading: text, file: "profiles.toml")
    }

    @Test("What is left out is Adobe's, or usual")
    func reading() throws {
        let profiles = try read(Self.example)
        #expect(profiles.standard?.text == "acme")
        let acme = try profiles.profile("acme").profile
        #expect(acme.organizationName == "Acme \"Works\"" && acme.scopes == ["openid", "session"])
        #expect(acme.gateway.url == "https://gateway.example.com:8443/base")
        #expect(acme.certificateAuthorities == "/etc/acme.pem")
        let small = try profiles.profile("small").profile
        #expect(small == Profile(organizationID: "B@AdobeOrg", clientID: "b"))
    }

    @Test("What is written is read again as it was", arguments: ["", example])
    func roundTrip(text: String) throws {
        let profiles = try read(text)
        #expect(try read(profiles.text(in: .english)) == profiles)
        #expect(try read(profiles.text(in: .english)).text(in: .english) == profiles.text(in: .english))
    }

    @Test("Its comments are in the reader's language")
    func comments() throws {
        let backwards = try Language(
            code: "xx", name: "Backwards",
            file: Array(
                #"""
                msgid "No secret is in here. sluice writes this file anew; comments do not stay."
                msgstr "In here no secret is."
                """#.utf8))
        let profiles = try read(Self.example)
        let text = profiles.text(in: backwards)
        #expect(text.contains("\n# In here no secret is.\n") && !text.contains("comments do not stay"))
        #expect(try read(text) == profiles)
    }

    @Test("Without a default everything is done on the embedded platform")
    func noDefault() throws {
        #expect(try read("").standard == nil)
        #expect(try read("default = \"embedded\"\n").standard == nil)
    }

    @Test(
        "What cannot be is told with its file, line and key",
        arguments: [
            ("x = [", 1, "is not TOML: "),
            ("defualt = \"a\"", 1, "unknown key “defualt”; did you mean “default”?"),
            ("\ndefault = \"acne\"", 2, "There is no profile “acne”"),
            ("default = 1", 1, "“default” is a whole number and must be text in quotes."),
            ("profiles = 1", 1, "“profiles” is a whole number and must be tables like [profiles.acme]."),
            ("[profiles]\nacme = 1", 2, "“acme” in [profiles] is a whole number and must be a table"),
            ("[profiles.\"a b\"]\nclientID = \"x\"", 1, "“a b” cannot be the name of a profile"),
            ("[profiles.embedded]", 1, "“embedded” stands for the platform that sluice carries"),
            (
                "[profiles.a]\nclientID = \"b\"", 1,
                "“organization” in [profiles.a] is missing; add the organisation's id."
            ),
            (
                "[profiles.a]\nclientID = \"b\"\nregion = \"x\"", 3,
                "unknown key “region” in [profiles.a]; there are organization, organizationName, sandbox, clientID, scopes, gateway, identityService, cacert."
            ),
            (
                "[profiles.a]\nclientSecret = \"hunter2\"\nregion = 1", 2,
                "“clientSecret” is a secret, which this file never holds: take it out, and give it to sluice login."
            ),
            ("accessToken = \"hunter2\"", 1, "“accessToken” is a secret"),
            (
                "[profiles.a]\norganization = \"A\"\nclientID = \"b\"\ngateway = \"http://example.com\"", 4,
                "“gateway” in [profiles.a] must be a URL"
            ),
            (
                "[profiles.a]\norganization = \"A b\"\nclientID = \"b\"", 2,
                "“organization” in [profiles.a] must be 1 to 256"
            ),
            (
                "[profiles.a]\norganization = \"A\"\nclientID = \"b\"\nscopes = [1]", 4,
                "“scopes” in [profiles.a] must be a list of names in quotes."
            ),
            (
                "[profiles.a]\norganization = \"A\"\nclientID = \"b\"\nscopes = []", 4,
                "“scopes” in [profiles.a] is empty."
            ),
            (
                "[profiles.a]\norganization = \"A\"\nclientID = \"b\"\ncacert = \"ca.pem\"", 4,
                "“cacert” in [profiles.a] must be an absolute path."
            ),
        ])
    func refused(text: String, line: Int, words: String) {
        let error = #expect(throws: TOMLFileError.self) { try read(text) }
        #expect(error?.line == line)
        #expect(
            error?.description.hasPrefix("profiles.toml, line \(line): \(words)") == true, "\(error as Any)")
        #expect(error?.description.contains("hunter2") == false)
    }
}
