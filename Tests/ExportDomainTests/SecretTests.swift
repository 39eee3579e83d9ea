// A secret is shown nowhere.
import ExportDomain
import Secrets
import Testing

@Suite("Secrets")
struct SecretTests {
    static let text = "hunter2"

    static func dumped(_ value: Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }

    /// Every way that Swift has of turning a value into text.
    static func renderings(of value: Any) -> [String] {
        [
            "\(value)", String(describing: value), String(reflecting: value), dumped(value),
            dumped(Mirror(reflecting: value).children.map { $0 }),
        ]
    }

    @Test("A secret is never printed, interpolated, dumped or reflected, alone or inside another value")
    func hidden() {
        let secret = Secret(Self.text)
        let answers: FormAnswers = ["password": .secret(secret)]
        let draft = BaseConnection.Draft(
            name: "Account",
            authentication: BaseConnection.Authentication(specName: "SFTP with Password", answers: answers))
        let values: [Any] = [secret, [secret] as [Secret?], answers, draft, FormAnswer.secret(secret)]
        for value in values {
            for rendering in Self.renderings(of: value) { #expect(!rendering.contains(Self.text)) }
        }
        #expect("\(secret)" == "‹secret›")
        #expect(String(reflecting: secret) == "‹secret›")
    }

    @Test("A secret cannot be encoded")
    func notEncodable() {
        #expect(!((Secret(Self.text) as Any) is any Encodable))
        #expect(!((FormAnswer.secret(Secret(Self.text)) as Any) is any Encodable))
    }

    @Test("The text of an answer is empty for a secret, and only reveal gives it")
    func reveal() {
        let secret = Secret(Self.text)
        #expect(FormAnswer.secret(secret).text.isEmpty)
        #expect(secret.reveal() == Self.text)
        #expect(!secret.isEmpty)
        #expect(FormAnswer.secret(Secret("")).isEmpty)
    }
}
