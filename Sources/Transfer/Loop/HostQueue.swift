// Which requests may go on now, when a host gets only so many at a time.

/// Requests that wait for their turn, host by host, first come, first served.
struct HostQueue {
    /// A request that waits.
    struct Waiting {
        let id: ExchangeID
        let order: ExchangeOrder
        let continuation: CheckedContinuation<ExchangeAnswer, any Error>
    }

    private struct Host {
        var active = 0
        var waiting: [Waiting] = []
        /// Those before it have gone.
        var first = 0

        mutating func start(most: Int) -> Waiting? {
            guard active < most, first < waiting.count else { return nil }
            active += 1
            first += 1
            defer { if first == waiting.count { forgetGone() } }
            return waiting[first - 1]
        }

        mutating func remove(_ id: ExchangeID) -> Waiting? {
            forgetGone()
            return waiting.firstIndex { $0.id == id }.map { waiting.remove(at: $0) }
        }

        private mutating func forgetGone() {
            waiting.removeFirst(first)
            first = 0
        }
    }

    private let mostPerHost: Int
    private var hosts: [HTTPOrigin: Host] = [:]
    /// Hosts at which one may begin, once for each that has come or gone.
    private var ready: [HTTPOrigin] = []

    init(mostPerHost: Int) { self.mostPerHost = mostPerHost }

    mutating func add(_ waiting: Waiting) {
        let origin = waiting.order.origin
        hosts[origin, default: Host()].waiting.append(waiting)
        ready.append(origin)
    }

    /// The next that may go on, counted as under way until `leave`.
    mutating func next() -> Waiting? {
        while let origin = ready.popLast() {
            if let waiting = hosts[origin]?.start(most: mostPerHost) { return waiting }
        }
        return nil
    }

    /// Says that one to the host is done.
    mutating func leave(_ origin: HTTPOrigin) {
        hosts[origin]?.active -= 1
        ready.append(origin)
    }

    /// Takes out one that waits.
    mutating func remove(_ id: ExchangeID) -> Waiting? {
        for origin in hosts.keys {
            if let waiting = hosts[origin]?.remove(id) { return waiting }
        }
        return nil
    }

    /// Takes out all that wait.
    mutating func removeAll() -> [Waiting] {
        defer { hosts = [:] }
        return hosts.values.flatMap { $0.waiting[$0.first...] }
    }
}
