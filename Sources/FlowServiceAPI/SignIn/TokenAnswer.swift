// What Adobe's identity service answers to an OAuth server-to-server credential.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets

/// A token that opens the API for a while (OAuth 2.0, RFC 6749, section 5.1).
public struct TokenAnswer: Sendable, Hashable {
    /// The token.
    public let accessToken: Secret
    /// For how many seconds it holds.
    public let lifetime: TimeInterval

    /// Takes a token.
    public init(accessToken: Secret, lifetime: TimeInterval) {
        self.accessToken = accessToken
        self.lifetime = lifetime
    }

    /// Reads a body.
    ///
    /// - Throws: `WireError` where no token is in it, or none that holds for a while.
    public init(reading bytes: [UInt8]) throws(WireError) {
        let place = JSONPlace("answer of the sign-in")
        let object = try JSONObject(JSONValue(reading: bytes, as: place.entity), at: place)
        let token = try object.require(Field<String>("access_token"))
        guard !token.isEmpty, token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw WireError(place.appending("access_token"), .invalid(Text("it is no token")))
        }
        let seconds = try object.require(Field<Int>("expires_in"))
        guard seconds > 0 else {
            throw WireError(place.appending("expires_in"), .invalid(Text("the token has run out already")))
        }
        // Longer than any token holds; milliseconds, as an older exchange gave them, are not believed.
        self.init(accessToken: Secret(token), lifetime: TimeInterval(min(seconds, 86_400)))
    }

    /// The answer as a body; one of the few places where a token leaves its `Secret`.
    public func body() throws(WireError) -> [UInt8] {
        let object: [String: JSONValue] = [
            "access_token": .string(accessToken.reveal()), "token_type": "bearer",
            "expires_in": .integer(Int(lifetime)),
        ]
        return try JSONValue.object(object).body(of: "answer of the sign-in")
    }
}

/// Why the identity service gave no token (OAuth 2.0, RFC 6749, section 5.2).
public typealias SignInRefusal = WireObject<SignInRefusalShape>

/// The fields of a refusal to sign in.
public struct SignInRefusalShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "refusal of the sign-in"
    /// The one value of this type.
    public static let shape = Self()

    /// OAuth's word for it, like `invalid_client`.
    public let error = Field<String>("error")
    /// The reason in words.
    public let errorDescription = Field<String>("error_description")
}
