// Tokens for a day, as the identity service gives them: they say themselves until when they hold, signed with a key
// that lives as long as the server. So none has to be remembered, and a restart ends them all.
import Crypto
import FoundationEssentials
import Hexadecimal
import Secrets

/// Gives tokens and knows them again.
struct AccessTokens: Sendable {
    /// For how many seconds a token holds; an identity service of Adobe's says the same.
    static let lifetime: TimeInterval = 86_399

    private let key = SymmetricKey(size: .bits256)

    /// A new token.
    func issue(now: Date) -> Secret {
        let end = UInt64(max(0, now.timeIntervalSince1970 + Self.lifetime))
        var payload = (0..<8).map { UInt8(truncatingIfNeeded: end >> (56 - 8 * $0)) }
        payload += SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let code = Array(HMAC<SHA256>.authenticationCode(for: payload, using: key))
        return Secret((payload + code).hexadecimal)
    }

    /// Whether a text is a token that was given here and still holds.
    func accepts(_ candidate: Secret, now: Date) -> Bool {
        guard let bytes = [UInt8](hexadecimal: candidate.reveal()), bytes.count == 24 + 32 else {
            return false
        }
        let payload = Array(bytes.prefix(24))
        guard HMAC<SHA256>.isValidAuthenticationCode(bytes.suffix(32), authenticating: payload, using: key)
        else { return false }
        let end = payload.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return now.timeIntervalSince1970 < Double(end)
    }
}
