// How far transfers have come, for whoever shows it.

import Synchronization

/// Counts the bytes of the bodies of the requests that it is given to; may be read at any time.
///
/// Bytes of attempts that failed stay counted.
public final class TransferCounters: Sendable {
    private let sentBytes = Atomic<Int64>(0)
    private let receivedBytes = Atomic<Int64>(0)

    /// Begins at 0.
    public init() {}

    /// The bytes of request bodies handed to the network.
    public var sent: Int64 { sentBytes.load(ordering: .relaxed) }
    /// The bytes of answers' bodies that came.
    public var received: Int64 { receivedBytes.load(ordering: .relaxed) }

    func addSent(_ count: Int) { sentBytes.wrappingAdd(Int64(count), ordering: .relaxed) }
    func addReceived(_ count: Int) { receivedBytes.wrappingAdd(Int64(count), ordering: .relaxed) }
}
