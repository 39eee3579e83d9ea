// Connection strings of storage accounts: `DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…`.

import Secrets
import Transfer

/// What a connection string says (Azure Storage, *Configure connection strings*).
struct AzureConnectionString: Sendable {
    /// Where the account's Blob service is.
    let endpoint: AzureEndpoint
    /// How it is got into.
    let access: Access

    /// The credentials that a connection string can hold.
    enum Access: Sendable {
        case accountKey(SharedKey)
        case signature(SharedAccessSignature)
    }

    /// Reads a connection string; the names may be in any order and in any case.
    init(_ text: Secret) throws(InvalidAzureSetting) {
        let parts = try Self.parts(of: text.reveal())
        if let emulator = parts["usedevelopmentstorage"], emulator.lowercased() == "true" {
            throw .developmentStorage
        }
        endpoint = try Self.endpoint(parts)
        if let key = parts["accountkey"] {
            guard let sharedKey = SharedKey(account: endpoint.account, key: Secret(key)) else {
                throw .wrongPart("AccountKey")
            }
            access = .accountKey(sharedKey)
        } else if let signature = parts["sharedaccesssignature"] {
            guard let signature = SharedAccessSignature(Secret(signature)) else {
                throw .wrongPart("SharedAccessSignature")
            }
            access = .signature(signature)
        } else {
            throw .missingPart("AccountKey or SharedAccessSignature")
        }
    }

    /// The values by their names in lower case; a value may hold `=`, as keys and signatures do.
    private static func parts(of text: String) throws(InvalidAzureSetting) -> [String: String] {
        var parts: [String: String] = [:]
        for (number, piece) in text.split(separator: ";", omittingEmptySubsequences: false).enumerated() {
            let piece = piece.trimmed
            if piece.isEmpty { continue }
            guard let sign = piece.firstIndex(of: "=") else { throw .malformedPiece(number + 1) }
            let name = piece[..<sign].trimmed
            let value = piece[piece.index(after: sign)...].trimmed
            guard !name.isEmpty else { throw .malformedPiece(number + 1) }
            guard !value.isEmpty else { throw .wrongPart(String(name)) }
            parts[name.lowercased()] = String(value)
        }
        return parts
    }

    private static func endpoint(_ parts: [String: String]) throws(InvalidAzureSetting) -> AzureEndpoint {
        let name = parts["accountname"]
        if let text = parts["blobendpoint"] {
            guard let url = AzureURL(text), ["http", "https"].contains(url.scheme),
                let (endpoint, rest) = AzureEndpoint.parse(url), rest.isEmpty
            else { throw .wrongPart("BlobEndpoint") }
            // A domain of one's own does not begin with the account's name.
            return AzureEndpoint(
                origin: endpoint.origin, account: name ?? endpoint.account, isPathStyle: endpoint.isPathStyle)
        }
        guard let name else { throw .missingPart("AccountName") }
        let scheme = parts["defaultendpointsprotocol"]?.lowercased() ?? "https"
        guard ["http", "https"].contains(scheme) else { throw .wrongPart("DefaultEndpointsProtocol") }
        guard name.utf8.allSatisfy(\.isLetterOrDigit) else { throw .wrongPart("AccountName") }
        let suffix = parts["endpointsuffix"] ?? "core.windows.net"
        guard let url = AzureURL("\(scheme)://\(name).blob.\(suffix)"), url.path.isEmpty, url.user == nil
        else {
            throw .wrongPart("EndpointSuffix")
        }
        return AzureEndpoint(origin: url.origin, account: name)
    }
}

extension StringProtocol {
    /// The text without the white space around it, which pasting brings along.
    var trimmed: SubSequence {
        var trimmed = self[...]
        while let first = trimmed.first, first.isWhitespace { trimmed.removeFirst() }
        while let last = trimmed.last, last.isWhitespace { trimmed.removeLast() }
        return trimmed
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self)
    }
}
