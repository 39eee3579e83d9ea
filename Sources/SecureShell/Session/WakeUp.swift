// Wakes a thread that waits for the network.

import Glibc

/// An event that a thread can wait for beside a socket: a pipe to itself.
final class WakeUp: Sendable {
    /// Readable while the event has happened and not been taken.
    let descriptor: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        // Without descriptors the waits end by their time-outs.
        _ = pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writing = ends[1]
    }

    deinit {
        close(descriptor)
        close(writing)
    }

    func signal() {
        var byte: UInt8 = 0
        _ = write(writing, &byte, 1)
    }

    func take() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) {
            while read(descriptor, $0.baseAddress, $0.count) == $0.count {}
        }
    }
}
