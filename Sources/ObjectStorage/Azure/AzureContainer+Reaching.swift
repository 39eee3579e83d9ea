// The steps towards a storage account, one by one.

import Transfer

extension AzureContainer {
    /// Takes one of the steps before the credentials.
    func reachServer(_ step: ReachStep) async throws {
        try await translating(Purpose(.reach)) {
            switch step {
            case .resolve: try await client.resolve(endpoint.origin)
            case .connect: try await client.connect(to: endpoint.origin, securing: false)
            case .identify: try await client.connect(to: endpoint.origin, securing: true)
            case .authenticate: break
            }
        }
    }

    /// Makes a request that the service answers only when it accepts the credentials; what they allow, and
    /// whether the container is there, is another question.
    func checkCredentials(by request: AzureRequest) async throws {
        do {
            try await tryingOnce.perform(request, for: Purpose(.reach))
        } catch StorageError.notFound {
            // Who may not get in is not told what is missing.
        } catch StorageError.denied(let failure) where failure.reason.isMissingRight {
            // The credentials are known.
        }
    }
}

extension StorageFailure.Reason {
    fileprivate var isMissingRight: Bool {
        switch self {
        case .noPermission, .missingPermission, .signatureWithout: true
        default: false
        }
    }
}
