// The signature of requests with an account's key (Azure Storage, *Authorize with Shared Key*, the form for
// the Blob service of versions from 2015-02-21 on). Pure: the time is in the request.

import Crypto
import FoundationEssentials
import HTTPTypes
import Secrets
import Transfer

/// An account with its key.
struct SharedKey: Sendable {
    /// The account's name.
    let account: String
    private let key: Secret

    /// The key as Azure gives it, in base64; nil when it is none.
    init?(account: String, key: Secret) {
        guard let bytes = Data(base64Encoded: key.reveal()), !bytes.isEmpty else { return nil }
        self.account = account
        self.key = key
    }

    /// The value of `Authorization` for a request, whose other fields must all be there already.
    ///
    /// - Parameter contentLength: the length of its body in bytes.
    func authorization(for request: HTTPRequest, contentLength: Int) -> String {
        let text = stringToSign(for: request, contentLength: contentLength)
        let bytes = Data(base64Encoded: key.reveal()) ?? Data()
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: bytes))
        return "SharedKey \(account):\(Data(code).base64EncodedString())"
    }

    /// What is signed: method, eleven standard fields, those of Azure in their order, path and query.
    func stringToSign(for request: HTTPRequest, contentLength: Int) -> String {
        let fields = request.headerFields
        let standard = [
            fields[.contentEncoding], fields[.contentLanguage], contentLength == 0 ? "" : "\(contentLength)",
            fields[.contentMD5], fields[.contentType], fields[.date], fields[.ifModifiedSince],
            fields[.ifMatch], fields[.ifNoneMatch], fields[.ifUnmodifiedSince], fields[.range],
        ]
        let lines = [request.method.rawValue] + standard.map { $0 ?? "" }
        return lines.map { $0 + "\n" }.joined() + canonicalFields(fields)
            + canonicalResource(request.path ?? "/")
    }

    private func canonicalFields(_ fields: HTTPFields) -> String {
        let own = fields.filter { $0.name.canonicalName.hasPrefix("x-ms-") }
        return own.sorted { Self.order($0.name) < Self.order($1.name) }
            .map { "\($0.name.canonicalName):\($0.value.trimmed)\n" }.joined()
    }

    /// The service compares names by letters and digits first; hyphens only count where those are equal.
    private static func order(_ name: HTTPField.Name) -> (String, String) {
        (name.canonicalName.filter { $0 != "-" }, name.canonicalName)
    }

    private func canonicalResource(_ target: String) -> String {
        let path = target.prefix { $0 != "?" }
        let items = target[path.endIndex...].dropFirst().split(separator: "&").map { item in
            let name = item.prefix { $0 != "=" }
            let value = item[name.endIndex...].dropFirst()
            return (name: decoded(name).lowercased(), value: decoded(value))
        }
        // Of names that stand several times the values would be joined; no request of ours has such.
        let query = items.sorted { $0.name < $1.name }.map { "\n\($0.name):\($0.value)" }.joined()
        return "/\(account)\(path)\(query)"
    }

    private func decoded(_ text: some StringProtocol) -> String {
        PercentEncoding.decode(text) ?? String(text)
    }
}
