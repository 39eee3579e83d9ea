// The header fields that Azure Storage has of its own, and the version of its interface that is spoken.

import HTTPTypes

/// The version of the Azure Storage services that requests are made for.
let azureVersion = "2023-11-03"

// Each name is a literal of letters, hyphens and one underscore, so that none can be refused.
// swift-format-ignore: NeverForceUnwrap
extension HTTPField.Name {
    static let contentMD5 = HTTPField.Name("Content-MD5")!
    static let azureDate = HTTPField.Name("x-ms-date")!
    static let azureVersion = HTTPField.Name("x-ms-version")!
    static let azureRange = HTTPField.Name("x-ms-range")!
    static let azureBlobType = HTTPField.Name("x-ms-blob-type")!
    static let azureErrorCode = HTTPField.Name("x-ms-error-code")!
    static let azureRequestID = HTTPField.Name("x-ms-request-id")!
    static let azureResourceType = HTTPField.Name("x-ms-resource-type")!
    static let azureIsFolder = HTTPField.Name("x-ms-meta-hdi_isfolder")!
    static let azureRenameSource = HTTPField.Name("x-ms-rename-source")!
    static let azureContinuation = HTTPField.Name("x-ms-continuation")!
}
