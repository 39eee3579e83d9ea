// The header fields of Experience Platform.

import HTTPTypes

// Each name is a literal of letters and hyphens, so that none can be refused.
// swift-format-ignore: NeverForceUnwrap
extension HTTPField.Name {
    static let apiKey = HTTPField.Name("x-api-key")!
    static let organization = HTTPField.Name("x-gw-ims-org-id")!
    static let sandbox = HTTPField.Name("x-sandbox-name")!
    static let requestID = HTTPField.Name("x-request-id")!
}
