// How a connection's thread waits: for a socket, but never beyond its deadline, nor when it is told to stop.

import Glibc
import Synchronization

/// What every wait of a connection's thread heeds.
final class Waiting: Sendable {
    let wakeUp = WakeUp()
    private let isStopping = Atomic(false)

    /// Ends the waits, now and later.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        wakeUp.signal()
    }

    var isStopped: Bool { isStopping.load(ordering: .acquiring) }

    /// Waits until the descriptor is ready for `events`; throws `CancellationError` when it is told to stop.
    ///
    /// - Returns: false when `deadline` came first.
    func wait(for descriptor: Int32, _ events: Int32, until deadline: ContinuousClock.Instant) throws -> Bool
    {
        while true {
            if isStopped { throw CancellationError() }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return false }
            let milliseconds = min(left.components.seconds * 1_000 + 1 + left.milliseconds, 60_000)
            var polled = [
                pollfd(fd: descriptor, events: Int16(events), revents: 0),
                pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&polled, 2, Int32(milliseconds))
            if polled[1].revents != 0 { wakeUp.take() }
            if count > 0 && polled[0].revents != 0 { return true }
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.attoseconds / 1_000_000_000_000_000 }
}
