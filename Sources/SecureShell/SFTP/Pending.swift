// A value that a thread gives to a task, once.

import Synchronization

/// What has not come yet: awaited by one task, given by the thread of a connection.
public final class Pending<Value: Sendable>: Sendable {
    private enum State {
        case sent
        case awaited(CheckedContinuation<Value, any Error>)
        case arrived(Result<Value, any Error>)
        /// Nobody waits any more; what comes late is handed to this.
        case abandoned((@Sendable (Value) -> Void)?)
    }

    private let state = Mutex(State.sent)

    /// A value that has not come yet.
    public init() {}

    /// Waits for the value; may be called once.
    ///
    /// Throws `CancellationError` at once when the task is cancelled, and `SSHError` when the connection ends.
    /// - Parameter late: takes a value that comes after that, to clear away what was made for it.
    public func value(late: (@Sendable (Value) -> Void)? = nil) async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Value, any Error>? in
                    switch state {
                    case .arrived(let result): return result
                    case .abandoned: return .failure(CancellationError())
                    case .sent, .awaited:
                        state = .awaited(continuation)
                        return nil
                    }
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            abandon(late: late)
        }
    }

    /// Gives the value, or why there is none; what is given after that changes nothing.
    public func finish(_ result: Result<Value, any Error>) {
        let former = state.withLock { state in
            let former = state
            if case .arrived = former { return former }
            state = .arrived(result)
            return former
        }
        switch former {
        case .awaited(let continuation): continuation.resume(with: result)
        case .abandoned(let late): if case .success(let value) = result { late?(value) }
        case .sent, .arrived: break
        }
    }

    /// Stops waiting.
    ///
    /// A value that has come already is not given up: whoever waits gets it.
    private func abandon(late: (@Sendable (Value) -> Void)?) {
        let waiting = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            switch state {
            case .awaited(let continuation):
                state = .abandoned(late)
                return continuation
            case .sent:
                state = .abandoned(late)
                return nil
            case .arrived, .abandoned: return nil
            }
        }
        waiting?.resume(throwing: CancellationError())
    }
}

/// The answer to a request that was sent.
public typealias PendingReply = Pending<SFTPReply>
