// A container, or a file system of a data lake, as requests see it: sends what it is told to, authorised, again
// where that helps, and turns refusals into errors. What is asked for is the storages' affair.

import FoundationEssentials
import HTTPTypes
import Transfer

/// A container of a storage account, with what opens it.
struct AzureContainer: Sendable {
    /// Where the account is.
    let endpoint: AzureEndpoint
    /// The container's name.
    let name: String
    /// The folder in it that is the storage's root; empty for the whole container.
    let folder: String
    /// What opens it.
    let credential: AzureCredential
    /// What sends.
    let client: HTTPClient
    /// How often a request is sent; its patience is only for those of puts, whose failure costs all that was sent
    /// before.
    var policy: RetryPolicy
    /// The storage's name for a person.
    let location: String

    /// What a call is about, for its errors.
    struct Purpose: Sendable {
        var action: StorageFailure.Action
        var key: String?

        init(_ action: StorageFailure.Action, _ key: StorageKey) {
            self.action = action
            self.key = key.text
        }

        init(_ action: StorageFailure.Action, prefix: String? = nil) {
            self.action = action
            key = prefix
        }
    }

    /// The same, but each request is sent only once.
    var tryingOnce: AzureContainer {
        var container = self
        container.policy = .none
        return container
    }

    /// The name of an object in the container.
    func name(of key: String) -> String { folder.isEmpty ? key : "\(folder)/\(key)" }

    /// The key of what has this name in the container; nil when it is no object of this storage.
    func key(of name: String) -> StorageKey? {
        guard !folder.isEmpty else { return try? StorageKey(name) }
        guard name.utf8.starts(with: "\(folder)/".utf8) else { return nil }
        return try? StorageKey(String(decoding: name.utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self))
    }

    /// Sends a request and returns the answer, if it is one of success.
    ///
    /// Throws `StorageError`, and `CancellationError`.
    func send(_ request: AzureRequest, for purpose: Purpose) async throws -> HTTPReply {
        let outcome = try await attempt(request, for: purpose)
        guard case .refused(let answer, let proof) = outcome else { return try outcome.reply() }
        guard answer.refusesCredentials, try await replace(proof, for: purpose) else {
            throw error(answer, proof, purpose)
        }
        let second = try await attempt(request, for: purpose)
        if case .refused(let answer, let proof) = second { throw error(answer, proof, purpose) }
        return try second.reply()
    }

    /// Sends a request and forgets the body of its answer.
    @discardableResult
    func perform(_ request: AzureRequest, for purpose: Purpose) async throws -> HTTPResponse {
        let reply = try await send(request, for: purpose)
        await reply.body.discard()
        return reply.response
    }

    /// Tells a failure of a transfer as an error of the storage.
    func translating<Result>(_ purpose: Purpose, _ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as TransferError {
            throw storageError(error, purpose)
        } catch let error as SignInError {
            guard case .servicePrincipal(let principal) = credential else { throw error }
            throw StorageError(
                error, principal: principal, action: purpose.action, location: location, key: purpose.key)
        }
    }

    /// What an upload ended with, as an error of the storage where it is not the body's own.
    func uploadError<Body: AsyncSequence<[UInt8], any Error>>(
        _ error: any Error, of body: Body.Type, at key: StorageKey
    ) -> any Error {
        let purpose = Purpose(.put, key)
        switch error {
        case let error as PartCutter<Body>.WrongLength:
            let reason = StorageFailure.Reason.wrongLength(expected: error.expected, found: error.found)
            return StorageError.permanent(failure(purpose, reason))
        case is PartCutter<Body>.TooLong:
            return StorageError.permanent(failure(purpose, .tooLarge))
        default:
            return error
        }
    }

    /// A failure with this storage's name.
    func failure(_ purpose: Purpose, _ reason: StorageFailure.Reason) -> StorageFailure {
        StorageFailure(action: purpose.action, location: location, key: purpose.key, reason: reason)
    }
}

extension AzureContainer {
    private enum Outcome {
        case done(HTTPReply)
        case refused(AzureAnswer, AzureCredential.Proof)

        func reply() throws -> HTTPReply {
            guard case .done(let reply) = self else { throw CancellationError() }
            return reply
        }
    }

    private func attempt(_ request: AzureRequest, for purpose: Purpose) async throws -> Outcome {
        try await translating(purpose) {
            let proof = try await credential.proof()
            if case .signature(let signature) = proof, !signature.allows(purpose.action) {
                throw StorageError.denied(failure(purpose, proof.missingPermission(for: purpose.action)))
            }
            let reply = try await client.send(
                retrying: purpose.action == .put ? policy : policy.withoutPatience, repeatability: .safe,
                examine: Self.examine
            ) { (authorized(request, by: proof), request.body.isEmpty ? .empty : .bytes(request.body)) }
            if reply.response.status.kind == .successful { return .done(reply) }
            let body = try await reply.body.bytes(limit: 1 << 20)
            return .refused(AzureAnswer(reply.response, body: body), proof)
        }
    }

    private func authorized(_ request: AzureRequest, by proof: AzureCredential.Proof) -> HTTPRequest {
        let query = request.query.isEmpty ? "" : "?" + PercentEncoding.query(request.query)
        var made = HTTPRequest(
            method: request.method, scheme: endpoint.origin.scheme, authority: endpoint.origin.authority,
            path: (request.isOfAccount
                ? endpoint.accountPath : endpoint.path(container: name, name: request.name))
                + query, headerFields: request.fields)
        made.headerFields[.azureVersion] = azureVersion
        made.headerFields[.azureDate] = HTTPDate.text(Date())
        credential.authorize(&made, with: proof, contentLength: request.body.count)
        return made
    }

    /// A body that was damaged on its way is refused as if it were wrong, and only has to be sent again.
    private static func examine(_ reply: HTTPReply) async throws -> (HTTPReply, RetryPolicy.Advice) {
        let code = reply.response.headerFields[.azureErrorCode]
        let isDamaged = code == "Md5Mismatch" || code == "Crc64Mismatch"
        return (reply, isDamaged ? .retry(after: nil) : reply.response.retryAdvice)
    }

    private func replace(_ proof: AzureCredential.Proof, for purpose: Purpose) async throws -> Bool {
        try await translating(purpose) { try await credential.replace(proof) }
    }

    private func error(
        _ answer: AzureAnswer, _ proof: AzureCredential.Proof, _ purpose: Purpose
    ) -> StorageError {
        StorageError(answer, action: purpose.action, location: location, key: purpose.key, proof: proof)
    }

    /// A host that is named after the account, and has no address, means that there is no such account.
    private func storageError(_ error: TransferError, _ purpose: Purpose) -> StorageError {
        let isAccount = error.kind == .nameNotResolved && error.host == endpoint.origin.authority
        guard isAccount, !endpoint.isPathStyle, purpose.action == .reach else {
            return StorageError(error, action: purpose.action, location: location, key: purpose.key)
        }
        var failure = failure(purpose, .unknownAccount(endpoint.account))
        failure.answer = "\(endpoint.origin.host) has no address"
        return .permanent(failure)
    }
}
