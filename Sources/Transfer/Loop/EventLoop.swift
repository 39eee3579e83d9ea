// The event loop: libcurl's multi interface, epoll, and the exchanges under way. All on one thread.

import CCurl
import CCurlOptions
import CDeferredLibraries
import Glibc
import Languages

/// Drives all exchanges of a client.
///
/// libcurl says through callbacks which sockets it waits for and when it wants to be called; the loop waits
/// and calls it. That costs in proportion to what happens, not to how many transfers there are.
final class EventLoop {
    let mailbox: LoopMailbox
    let configuration: HTTPClient.Configuration
    private let multi: UnsafeMutableRawPointer
    var poller: Poller

    /// When the loop last woke; callbacks use it rather than ask the clock each time.
    private(set) var now = ContinuousClock.now
    /// When libcurl wants to be called though no socket is ready.
    var timeout: ContinuousClock.Instant?
    var exchanges: [ExchangeID: Exchange] = [:]
    var queue: HostQueue
    /// Exchanges that something came for since libcurl was called.
    var touched: [Exchange] = []
    let bandwidth: Bandwidth
    private var waitingForBandwidth: Set<ExchangeID> = []
    private var stallsCheckedAt = ContinuousClock.now
    private var idleHandles: [EasyHandle.Buffers: [EasyHandle]] = [:]
    private var isStopped = false
    private var stopping: [CheckedContinuation<Void, Never>] = []

    /// libcurl's own beginning, once in a process.
    private static let libraryCode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    init(mailbox: LoopMailbox, configuration: HTTPClient.Configuration) throws(TransferError) {
        if let problem = deferred_library_problem(LIBCURL) {
            throw .libraryMissing(words: String(cString: problem))
        }
        var poller = try Poller()
        guard Self.libraryCode == CURLE_OK, let multi = curl_multi_init() else {
            throw .cannotStart(reason: ENOMEM)
        }
        poller.watch(mailbox.wakeUp.descriptor, for: .reading)
        self.mailbox = mailbox
        self.configuration = configuration
        self.poller = poller
        self.multi = multi
        queue = HostQueue(mostPerHost: max(1, configuration.connectionsPerHost))
        bandwidth = configuration.bandwidth
        curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 2 * max(64, configuration.connectionsPerHost))
        setCallbacks()
    }

    deinit {
        idleHandles = [:]
        curl_multi_cleanup(multi)
    }

    private func setCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        curl_multi_set_socket_function(
            multi,
            { easy, socket, wanted, context, _ in
                guard let context else { return 0 }
                let loop = Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue()
                if let exchange = easy.flatMap(Exchange.of(easy:)) {
                    if wanted == CURL_POLL_REMOVE {
                        exchange.sockets.remove(socket)
                    } else {
                        exchange.sockets.insert(socket)
                    }
                }
                switch wanted {
                case CURL_POLL_IN: loop.poller.watch(socket, for: .reading)
                case CURL_POLL_OUT: loop.poller.watch(socket, for: .writing)
                case CURL_POLL_INOUT: loop.poller.watch(socket, for: [.reading, .writing])
                default: loop.poller.forget(socket)
                }
                return 0
            }, context)
        curl_multi_set_timer_function(
            multi,
            { _, milliseconds, context in
                guard let context else { return 0 }
                let loop = Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue()
                loop.timeout = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
                return 0
            }, context)
    }

    /// Runs until it is told to stop.
    func run() {
        while !isStopped {
            let commands = mailbox.take(sleeping: true)
            commands.forEach(perform)
            settle()
            if isStopped { break }
            let ready = poller.wait(atMost: commands.isEmpty ? nextWait : .zero)
            now = .now
            mailbox.noteAwake()
            for event in ready { act(on: event) }
            if let timeout, timeout <= now {
                self.timeout = nil
                act(on: -1, 0)  // CURL_SOCKET_TIMEOUT, a macro
            }
            settle()
            resumeForBandwidth()
            checkStalls()
        }
        end()
    }

    private func act(on event: Poller.Ready) {
        guard event.descriptor != mailbox.wakeUp.descriptor else { return mailbox.wakeUp.clear() }
        act(
            on: event.descriptor,
            (event.isReadable ? CURL_CSELECT_IN : 0) | (event.isWritable ? CURL_CSELECT_OUT : 0)
                | (event.hasFailed ? CURL_CSELECT_ERR : 0))
    }

    private func act(on socket: Int32, _ events: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, events, &running)
    }

    private func perform(_ command: LoopCommand) {
        switch command {
        case .start(let id, let order, let continuation):
            queue.add(HostQueue.Waiting(id: id, order: order, continuation: continuation))
            startWaiting()
        case .end(let id, let error):
            if let exchange = exchanges[id] {
                exchange.fail(error)
                finish(exchange, nil)
            } else if let waiting = queue.remove(id) {
                waiting.continuation.resume(throwing: error)
            }
        case .resumeSending(let id): exchanges[id]?.resume(.byBody, sending: true, receiving: false)
        case .resumeReceiving(let id): exchanges[id]?.resume(.byBody, sending: false, receiving: true)
        case .stop(let continuation):
            isStopped = true
            if let continuation { stopping.append(continuation) }
        }
    }

    // MARK: Exchanges

    private func startWaiting() {
        while let waiting = queue.next() { start(waiting) }
    }

    private func start(_ waiting: HostQueue.Waiting) {
        let buffers = waiting.order.request?.buffers ?? .usual
        guard let easy = idleHandles[buffers]?.popLast() ?? makeHandle(buffers) else {
            queue.leave(waiting.order.origin)
            waiting.continuation.resume(throwing: TransferError.cannotStart(reason: ENOMEM))
            return
        }
        let exchange = Exchange(
            id: waiting.id, order: waiting.order, easy: easy, loop: self, continuation: waiting.continuation)
        easy.prepare(waiting.order, configuration: configuration)
        easy.setContext(exchange)
        exchanges[waiting.id] = exchange
        let code = curl_multi_add_handle(multi, easy.curl)
        if code != CURLM_OK {
            exchange.fail(.other, .verbatim(String(cString: curl_multi_strerror(code))))
            finish(exchange, nil)
        }
    }

    private func makeHandle(_ buffers: EasyHandle.Buffers) -> EasyHandle? {
        let handle = EasyHandle(buffers: buffers)
        handle?.configure(by: configuration)
        handle?.setCallbacks()
        return handle
    }

    /// Takes an exchange out of libcurl, cut off if it was not done, and tells who waits for it.
    private func finish(_ exchange: Exchange, _ code: CURLcode?) {
        exchange.finish(code)
        curl_multi_remove_handle(multi, exchange.easy.curl)
        exchanges[exchange.id] = nil
        exchange.easy.setContext(nil)
        // A handle that only connected has options that no other exchange may meet.
        if exchange.order.request != nil {
            idleHandles[exchange.easy.buffers, default: []].append(exchange.easy)
        }
        queue.leave(exchange.order.origin)
    }

    /// Hands over what has come, ends what is done, and starts what may.
    private func settle() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let exchange = Exchange.of(easy: message.pointee.easy_handle)
            else { continue }
            finish(exchange, message.pointee.data.result)
        }
        while !touched.isEmpty {
            let batch = touched
            touched = []
            for exchange in batch { exchange.deliver() }
        }
        startWaiting()
    }

    private func end() {
        for command in mailbox.close() {
            switch command {
            case .start(_, let order, let continuation):
                continuation.resume(throwing: TransferError.shutDown(host: order.origin.authority))
            case .stop(let continuation?): stopping.append(continuation)
            default: break
            }
        }
        for waiting in queue.removeAll() {
            waiting.continuation.resume(
                throwing: TransferError.shutDown(host: waiting.order.origin.authority))
        }
        for exchange in exchanges.values {
            exchange.fail(TransferError.shutDown(host: exchange.order.origin.authority))
            finish(exchange, nil)
        }
        stopping.forEach { $0.resume() }
    }

    // MARK: Time

    /// How long nothing needs to be done.
    private var nextWait: Duration? {
        var wait: Duration?
        let consider = { (duration: Duration) in wait = min(wait ?? duration, max(.zero, duration)) }
        let now = ContinuousClock.now
        if let timeout { consider(timeout - now) }
        if !waitingForBandwidth.isEmpty {
            let pause = max(bandwidth.pause(.sending), bandwidth.pause(.receiving))
            consider(min(pause, Bandwidth.longestPause))
        }
        if !exchanges.isEmpty { consider(stallsCheckedAt + stallInterval - now) }
        return wait
    }

    /// Lets an exchange go on when bytes may move again.
    func waitForBandwidth(_ exchange: Exchange) { waitingForBandwidth.insert(exchange.id) }

    private func resumeForBandwidth() {
        guard !waitingForBandwidth.isEmpty else { return }
        let sends = bandwidth.allowance(.sending, at: now) > 0
        let receives = bandwidth.allowance(.receiving, at: now) > 0
        guard sends || receives else { return }
        let waiting = waitingForBandwidth
        waitingForBandwidth = []
        for id in waiting {
            guard let exchange = exchanges[id] else { continue }
            exchange.resume(.byBandwidth, sending: sends, receiving: receives)
            if exchange.sending == .byBandwidth || exchange.receiving == .byBandwidth {
                waitForBandwidth(exchange)
            }
        }
    }

    private var stallInterval: Duration { min(.seconds(1), configuration.stallTimeout / 4) }

    private func checkStalls() {
        guard now - stallsCheckedAt >= stallInterval else { return }
        stallsCheckedAt = now
        for exchange in Array(exchanges.values) where exchange.hasStalled(after: configuration.stallTimeout) {
            finish(exchange, nil)
        }
        settle()
    }
}
