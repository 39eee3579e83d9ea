// The way from tasks to the main thread: tasks post, the main thread takes everything that waits.
// A slow terminal builds no backlog: an event can replace the waiting one of its kind.

import Glibc
import Synchronization

/// A queue of events with a file descriptor that is readable while some wait.
public final class Mailbox<Event: Sendable>: Sendable {
    private let waiting = Mutex<[(kind: String?, event: Event)]>([])
    private let reader: Int32
    private let writer: Int32

    /// An empty mailbox.
    ///
    /// Throws where the system has no file descriptors left.
    public init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .noDescriptor(code: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        reader = ends[0]
        writer = ends[1]
    }

    deinit {
        _ = Glibc.close(reader)
        _ = Glibc.close(writer)
    }

    /// The descriptor to poll for reading.
    public var descriptor: Int32 { reader }

    /// Adds `event`; where one of the same `kind` still waits, that one is dropped.
    public func post(_ event: Event, replacing kind: String? = nil) {
        waiting.withLock { waiting in
            if let kind { waiting.removeAll { $0.kind == kind } }
            waiting.append((kind, event))
            // One byte is enough to wake; written inside the lock so that taking cannot miss it.
            if waiting.count == 1 { _ = write(writer, [1], 1) }
        }
    }

    /// The events that wait, in the order of posting; they wait no longer.
    public func takeAll() -> [Event] {
        waiting.withLock { waiting in
            var byte: UInt8 = 0
            while read(reader, &byte, 1) > 0 {}
            defer { waiting = [] }
            return waiting.map(\.event)
        }
    }
}
