// How requests to a storage account are authorised.

import FoundationEssentials
import HTTPTypes
import Secrets
import Transfer

/// What opens a storage account.
enum AzureCredential: Sendable {
    /// The account's key, which signs each request.
    case sharedKey(SharedKey)
    /// A signature that is part of each URL.
    case sharedAccess(Renewable<SharedAccessSignature>)
    /// Tokens of a service principal.
    case servicePrincipal(ServicePrincipal)

    /// What was used for one request.
    enum Proof: Sendable, Hashable {
        case key
        case signature(SharedAccessSignature)
        case token(AccessToken)
    }

    /// What authorises the next request.
    func proof() async throws -> Proof {
        switch self {
        case .sharedKey:
            return .key
        case .sharedAccess(let signatures):
            guard let signature = try await signatures.current() else { return .key }
            return .signature(signature)
        case .servicePrincipal(let principal):
            return .token(try await principal.token())
        }
    }

    /// Gets another proof for one that the service refused; false when there is no other.
    func replace(_ refused: Proof) async throws -> Bool {
        switch (self, refused) {
        case (.sharedAccess(let signatures), .signature(let signature)):
            try await signatures.replacing(signature) != nil
        case (.servicePrincipal(let principal), .token(let token)):
            try await principal.replace(token)
        default:
            false
        }
    }

    /// Adds the proof to a request.
    func authorize(_ request: inout HTTPRequest, with proof: Proof, contentLength: Int) {
        switch (self, proof) {
        case (.sharedKey(let key), _):
            request.headerFields[.authorization] = key.authorization(
                for: request, contentLength: contentLength)
        case (_, .signature(let signature)):
            let path = request.path ?? "/"
            request.path = path + (path.contains("?") ? "&" : "?") + signature.query.reveal()
        case (_, .token(let token)):
            request.headerFields[.authorization] = "Bearer \(token.text.reveal())"
        case (_, .key):
            break
        }
    }
}
