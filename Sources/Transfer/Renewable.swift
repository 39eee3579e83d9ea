// Something that runs out and can be had anew: a token, a signature, keys. Whoever asks while it is being renewed
// waits for the same renewal.

import FoundationEssentials

/// A value that runs out, and is renewed once whoever asks.
public actor Renewable<Value: Sendable & Hashable> {
    /// How long before its end a value is renewed; for one that was short when it came, half its time.
    private static var margin: TimeInterval { 300 }
    /// How long a value that could not be renewed, but still holds, is given out before the next try.
    private static var patience: TimeInterval { 10 }

    private var value: Value?
    private var obtained: Date?
    private var nextRenewal = Date.distantPast
    private var renewal: Task<Value, any Error>?
    private let expiry: @Sendable (Value) -> Date?
    private let renew: (@Sendable () async throws -> Value)?

    /// Holds `value`, if there is one yet.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - expiry: when a value ends; nil for never.
    ///   - renew: gives the next one; nil where there is none, and `value` is given out to its end.
    public init(
        _ value: Value?, expiry: @escaping @Sendable (Value) -> Date?,
        renew: (@Sendable () async throws -> Value)?
    ) {
        self.value = value
        self.expiry = expiry
        self.renew = renew
    }

    /// The value, renewed if it runs out soon.
    ///
    /// Throws what the renewal throws, unless the value still holds, and `CancellationError`.
    public func current(at now: Date = Date()) async throws -> Value? {
        guard let value else { return try await renewed(at: now) }
        guard renew != nil, let end = expiry(value), isSoon(end, at: now) else { return value }
        if end > now && nextRenewal > now { return value }
        do {
            return try await renewed(at: now)
        } catch  where end > now && !(error is CancellationError) {
            nextRenewal = now.addingTimeInterval(Self.patience)
            return value
        }
    }

    /// Another value than the one that was refused; nil where there is no other.
    public func replacing(_ refused: Value, at now: Date = Date()) async throws -> Value? {
        if let value, value != refused { return value }
        return try await renewed(at: now)
    }

    private func isSoon(_ end: Date, at now: Date) -> Bool {
        let whole = obtained.map { end.timeIntervalSince($0) } ?? .infinity
        return end.timeIntervalSince(now) < min(Self.margin, whole / 2)
    }

    private func renewed(at now: Date) async throws -> Value? {
        guard let renew else { return nil }
        let task = renewal ?? Task { try await fetch(renew, at: now) }
        renewal = task
        return try await task.valueUnlessCancelled
    }

    private func fetch(_ renew: @Sendable () async throws -> Value, at now: Date) async throws -> Value {
        defer { renewal = nil }
        let value = try await renew()
        self.value = value
        obtained = now
        return value
    }
}

extension Task where Failure == any Error {
    /// Its value; who is cancelled does not wait for it any longer, and the others still do.
    fileprivate var valueUnlessCancelled: Success {
        get async throws {
            let (values, continuation) = AsyncThrowingStream<Success, any Error>.makeStream()
            Task<Void, Never> {
                do {
                    continuation.yield(try await value)
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            for try await value in values { return value }
            throw Swift.CancellationError()
        }
    }
}
