// Something that runs out and can be had anew: a token, a signature. Whoever asks while it is being renewed
// waits for the same renewal.

import FoundationEssentials

/// A value that runs out, and is renewed once whoever asks.
actor Renewable<Value: Sendable & Hashable> {
    /// How long before its end a value is renewed; for one that was short when it came, half its time.
    private static var margin: TimeInterval { 300 }

    private var value: Value?
    private var obtained: Date?
    private var renewal: Task<Value, any Error>?
    private let expiry: @Sendable (Value) -> Date?
    private let renew: (@Sendable () async throws -> Value)?

    /// Holds `value`, if there is one yet.
    ///
    /// - Parameter renew: gives the next one; nil where there is none, and `value` is given out to its end.
    init(
        _ value: Value?, expiry: @escaping @Sendable (Value) -> Date?,
        renew: (@Sendable () async throws -> Value)?
    ) {
        self.value = value
        self.expiry = expiry
        self.renew = renew
    }

    /// The value, renewed if it runs out soon.
    func current(at now: Date = Date()) async throws -> Value? {
        if let value, renew == nil || !endsSoon(value, at: now) { return value }
        return try await renewed()
    }

    /// Another value than the one that was refused; nil where there is no other.
    func replacing(_ refused: Value) async throws -> Value? {
        if let value, value != refused { return value }
        return try await renewed()
    }

    private func endsSoon(_ value: Value, at now: Date) -> Bool {
        guard let expiry = expiry(value) else { return false }
        let whole = obtained.map { expiry.timeIntervalSince($0) } ?? .infinity
        return expiry.timeIntervalSince(now) < min(Self.margin, whole / 2)
    }

    private func renewed() async throws -> Value? {
        guard let renew else { return nil }
        let task = renewal ?? Task { try await renew() }
        renewal = task
        do {
            let value = try await task.value
            if renewal == task {
                self.value = value
                obtained = Date()
                renewal = nil
            }
            return value
        } catch {
            if renewal == task { renewal = nil }
            throw error
        }
    }
}
