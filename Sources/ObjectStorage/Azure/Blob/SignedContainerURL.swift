// The URL of a container with its shared access signature, as Experience Platform hands it out.

import Secrets

/// A container's URL, taken apart.
struct SignedContainerURL: Sendable {
    let endpoint: AzureEndpoint
    let container: String
    /// The folder below which keys are; empty for the whole container.
    let folder: String
    let signature: SharedAccessSignature

    /// Reads a URL; the error names nothing of the signature.
    init(_ text: Secret) throws(InvalidAzureSetting) {
        guard let url = AzureURL(String(text.reveal().trimmed)), url.user == nil else {
            throw .noContainerURL("it does not read as a URL")
        }
        guard url.scheme == "https" || url.isLoopback else {
            throw .noContainerURL("it must begin with https://, for the signature is a secret")
        }
        guard let (endpoint, path) = AzureEndpoint.parse(url), let container = path.first else {
            throw .noContainerURL("it names no container")
        }
        guard let signature = SharedAccessSignature(Secret(url.query)) else {
            throw .noContainerURL("it has no signature (sig=…)")
        }
        self.endpoint = endpoint
        self.container = container
        self.signature = signature
        folder = path.dropFirst().joined(separator: "/")
    }
}
