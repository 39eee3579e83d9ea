// Calls, sent with what every call needs: the token, the key, the organisation, the sandbox.
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Secrets
import Transfer

/// The way to all services of a platform.
struct Gateway: Sendable {
    let settings: PlatformSettings
    let client: HTTPClient
    let tokens: AccessTokens

    init(settings: PlatformSettings, client: HTTPClient, shared: (any SharedTokens)?) {
        self.settings = settings
        self.client = client
        tokens = AccessTokens(settings: settings, client: client, shared: shared)
    }

    /// Asks for something, as often as that is safe, and gives the answer if it is one of success.
    func ask(_ call: PlatformCall) async throws(FlowServiceError) -> PlatformAnswer {
        let answer = try await answer(to: call, retrying: settings.retrying, repeatability: .byMethod)
        if answer.isSuccess { return answer }
        throw FlowServiceError(refused: call, answer, settings)
    }

    /// Does something that must not be done twice.
    ///
    /// What was refused for now is asked for again. Where an answer is lost, nobody knows whether it was done:
    /// `wasDone` looks before it is asked for again.
    ///
    /// - Parameter wasDone: what was made or changed, as it is now; nil where it has not been done.
    func once<Result>(
        _ call: PlatformCall, _ result: (PlatformAnswer) async throws(FlowServiceError) -> Result,
        wasDone: () async throws(FlowServiceError) -> Result?
    ) async throws(FlowServiceError) -> Result {
        let start = ContinuousClock.now
        var attempt = 1
        while true {
            let failure: FlowServiceError
            let advice: RetryPolicy.Advice
            let mayHaveBeenDone: Bool
            do {
                let answer = try await send(call, retrying: .none, repeatability: .unsafe)
                if answer.isSuccess {
                    do { return try await result(answer) } catch {
                        // It was done, whatever was answered.
                        if let done = try? await wasDone() { return done }
                        throw error
                    }
                }
                failure = FlowServiceError(refused: call, answer, settings)
                advice = answer.response.retryAdvice
                mayHaveBeenDone = answer.status >= 500 || answer.status == 408
            } catch let error as TransferError {
                failure = FlowServiceError(ofCall: error, doing: call.doing)
                advice = error.retryAdvice
                mayHaveBeenDone = error.phase >= .send
            } catch {
                throw FlowServiceError(ofCall: error, doing: call.doing)
            }
            guard
                let delay = settings.retrying.delay(
                    after: advice, attempt: attempt, elapsed: .now - start, chance: .random(in: 0..<1))
            else {
                if mayHaveBeenDone, let done = try? await wasDone() { return done }
                throw failure
            }
            do { try await Task.sleep(for: delay) } catch {
                throw FlowServiceError(ofCall: error, doing: call.doing)
            }
            if mayHaveBeenDone, let done = try await wasDone() { return done }
            attempt += 1
        }
    }

    private func answer(
        to call: PlatformCall, retrying policy: RetryPolicy, repeatability: Repeatability
    ) async throws(FlowServiceError) -> PlatformAnswer {
        do {
            return try await send(call, retrying: policy, repeatability: repeatability)
        } catch {
            throw FlowServiceError(ofCall: error, doing: call.doing)
        }
    }

    /// Sends a call; where its token is refused, once more with another.
    private func send(
        _ call: PlatformCall, retrying policy: RetryPolicy, repeatability: Repeatability
    ) async throws -> PlatformAnswer {
        let token = try await tokens.current()
        let answer = try await send(call, with: token, retrying: policy, repeatability: repeatability)
        guard answer.status == 401 else { return answer }
        let other = try await tokens.replacing(token)
        return try await send(call, with: other, retrying: policy, repeatability: repeatability)
    }

    private func send(
        _ call: PlatformCall, with token: AccessToken, retrying policy: RetryPolicy,
        repeatability: Repeatability
    ) async throws -> PlatformAnswer {
        let address = settings.gateway
        var request = HTTPRequest(
            method: call.method, scheme: address.origin.scheme, authority: address.origin.authority,
            path: address.prefix + call.service.rawValue + call.link,
            headerFields: [
                .authorization: "Bearer \(token.text.reveal())", .apiKey: settings.credential.clientID,
                .organization: settings.organizationID, .accept: call.accept,
            ])
        // Sandboxes are not in a sandbox.
        if call.service != .sandboxes { request.headerFields[.sandbox] = settings.sandboxName }
        if let etag = call.etag { request.headerFields[.ifMatch] = etag }
        if call.body != nil { request.headerFields[.contentType] = "application/json" }
        return try await client.answer(
            to: request, body: call.body.map(HTTPBody.bytes) ?? .empty, retrying: policy,
            repeatability: repeatability)
    }
}
