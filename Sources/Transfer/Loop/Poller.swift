// The descriptors that the event loop waits for, by epoll.

import CCurl
import Glibc

/// Says which of many descriptors are ready.
struct Poller: ~Copyable {
    struct Interest: OptionSet, Hashable {
        let rawValue: UInt32
        static let reading = Interest(rawValue: EPOLLIN.rawValue)
        static let writing = Interest(rawValue: EPOLLOUT.rawValue)
    }

    struct Ready {
        let descriptor: Int32
        let isReadable: Bool
        let isWritable: Bool
        let hasFailed: Bool
    }

    private let descriptor: Int32
    private var watched: [Int32: Interest] = [:]
    private var events = [epoll_event](repeating: epoll_event(), count: 64)

    init() throws(TransferError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw .cannotStart(reason: errno) }
    }

    deinit { close(descriptor) }

    /// Watches a descriptor for what is given, and for nothing else from now on.
    mutating func watch(_ socket: Int32, for interest: Interest) {
        guard watched[socket] != interest else { return }
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(fd: socket))
        let isNew = watched.updateValue(interest, forKey: socket) == nil
        if epoll_ctl(descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event) != 0 {
            // A descriptor that was closed and opened anew under the same number.
            epoll_ctl(descriptor, isNew ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event)
        }
    }

    /// Watches a descriptor no more.
    mutating func forget(_ socket: Int32) {
        guard watched.removeValue(forKey: socket) != nil else { return }
        var event = epoll_event()
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &event)
    }

    /// Waits until something is ready, or for as long as is given (nil: for ever).
    mutating func wait(atMost timeout: Duration?) -> [Ready] {
        // Rounded up: to wake too early is to wake twice.
        let milliseconds = timeout.map {
            min(3_600_000, max(0, ($0 + .microseconds(999)) / .milliseconds(1)))
        }
        let count = epoll_wait(descriptor, &events, Int32(events.count), Int32(milliseconds ?? -1))
        return events.prefix(max(0, Int(count))).map { event in
            Ready(
                descriptor: event.data.fd, isReadable: event.events & EPOLLIN.rawValue != 0,
                isWritable: event.events & EPOLLOUT.rawValue != 0,
                hasFailed: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
        }
    }
}
