// What the token endpoint of Microsoft Entra ID says when it gives no token (*Microsoft Entra authentication
// and authorization error codes*).

import FoundationEssentials
import Languages
import Transfer

/// Why no token came.
enum SignInError: Error {
    /// The authority was not reached.
    case transfer(TransferError)
    /// It refused.
    case refused(SignInRefusal)
}

/// A refusal by the token endpoint.
struct SignInRefusal: Hashable, Sendable {
    /// The status of the answer.
    let status: Int
    /// OAuth's word for it, like `invalid_client`.
    let error: String
    /// The number behind `AADSTS`; nil where there is none.
    let code: Int?
    /// The first sentence of the description.
    let words: Text

    private struct Body: Decodable {
        let error: String?
        let error_description: String?
        let error_codes: [Int]?
    }

    /// Reads an answer.
    init(status: Int, body: [UInt8]) {
        let read = try? JSONDecoder().decode(Body.self, from: Data(body))
        self.status = status
        error = read?.error ?? "no token"
        let description = read?.error_description ?? ""
        let number = description.hasPrefix("AADSTS") ? description.dropFirst(6).prefix { $0.isNumber } : ""
        code = read?.error_codes?.first ?? Int(number)
        let sentence = description.prefix { $0 != "\r" && $0 != "\n" }
        let said = sentence.firstRange(of: " Trace ID:").map { sentence[..<$0.lowerBound] } ?? sentence
        words =
            read?.error_description == nil
            ? Text("the answer is not one of a token endpoint") : .verbatim(String(said))
    }

    /// The answer, for the end of a sentence.
    var answer: String { "\(status) \(code.map { "AADSTS\($0)" } ?? error)" }
}

extension StorageError {
    /// The error of a call for which no token came.
    init(
        _ error: SignInError, principal: ServicePrincipal, action: StorageFailure.Action, location: String,
        key: String?
    ) {
        switch error {
        case .transfer(let error):
            self.init(error, action: action, location: location, key: key)
        case .refused(let refusal):
            let failure = StorageFailure(
                action: action, location: location, key: key,
                reason: refusal.reason(tenant: principal.tenant, clientID: principal.clientID),
                answer: refusal.answer)
            self = refusal.status >= 500 || refusal.status == 429 ? .transient(failure) : .denied(failure)
        }
    }
}

extension SignInRefusal {
    fileprivate func reason(tenant: String, clientID: String) -> StorageFailure.Reason {
        switch code {
        // Invalid client secret.
        case 7_000_215: .wrongSecret
        // The secret has run out.
        case 7_000_222: .expired(Text("the client secret of \(clientID)"))
        // No such application in the tenant; the application is not a principal there.
        case 700_016, 7_000_229, 7_000_218: .unknownAccount(clientID)
        // No such tenant, in three ways.
        case 90_002, 900_021, 900_023: .unknownAccount(tenant)
        default: .other(words)
        }
    }
}
