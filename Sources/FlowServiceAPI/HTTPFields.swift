// The header fields of Experience Platform.
import HTTPTypes

// Each name is a literal of letters and hyphens, so that none can be refused.
// swift-format-ignore: NeverForceUnwrap
extension HTTPField.Name {
    /// The client that calls.
    public static let apiKey = HTTPField.Name("x-api-key")!
    /// The organisation that the caller belongs to.
    public static let organization = HTTPField.Name("x-gw-ims-org-id")!
    /// The sandbox that is meant.
    public static let sandbox = HTTPField.Name("x-sandbox-name")!
    /// The answered request, by which the platform's people find it.
    public static let requestID = HTTPField.Name("x-request-id")!
}
