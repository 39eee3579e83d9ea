// A request to something in a container, before it is authorised.

import Crypto
import FoundationEssentials
import HTTPTypes

/// What is asked of a container, or of something in it.
struct AzureRequest: Sendable {
    /// The method.
    var method: HTTPRequest.Method
    /// What in the container is meant; nil for the container itself.
    var name: String?
    /// The query, to be encoded.
    var query: [(name: String, value: String)] = []
    /// Whether the account is meant, and no container.
    var isOfAccount = false
    /// Header fields, without those of the credentials.
    var fields: HTTPFields = [:]
    /// The body; it may have to be sent again.
    var body: [UInt8] = []

    /// Lets the service check the body as it arrives.
    mutating func addChecksum() {
        fields[.contentMD5] = Data(Insecure.MD5.hash(data: body)).base64EncodedString()
    }
}

extension HTTPFields {
    /// Asks for the bytes from `start` on, up to `end` where that is given, with the field `name`.
    mutating func setRange(_ range: Range<Int64>, in name: HTTPField.Name) {
        let last = range.upperBound == .max ? "" : "\(range.upperBound - 1)"
        self[name] = "bytes=\(range.lowerBound)-\(last)"
    }
}
