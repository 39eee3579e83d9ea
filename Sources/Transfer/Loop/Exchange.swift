// One exchange under way: what libcurl asks for and brings, in its callbacks. Only the loop's thread knows it.

import CCurl
import CCurlOptions
import Glibc
import Languages

/// An exchange on an easy handle, from its start to its end.
final class Exchange {
    /// Why one direction is stopped.
    enum Pause {
        case none
        /// Nothing to send yet; or nobody has read yet.
        case byBody
        case byBandwidth
    }

    let id: ExchangeID
    let order: ExchangeOrder
    let easy: EasyHandle
    let reply = ReplyBuffer()
    /// The sockets that libcurl waits for on its behalf.
    var sockets: Set<Int32> = []
    unowned let loop: EventLoop
    private var continuation: CheckedContinuation<ExchangeAnswer, any Error>?

    var sending = Pause.none
    var receiving = Pause.none
    /// Whether the loop will look at it when libcurl has returned.
    var isTouched = false
    var head = ResponseHead()
    var stallWatch: StallWatch
    /// Our own reason to end it, which goes before libcurl's.
    private(set) var failure: (any Error)?
    private(set) var addresses: [String] = []
    private var sentBytes = 0
    private(set) var hasSentAll: Bool

    init(
        id: ExchangeID, order: ExchangeOrder, easy: EasyHandle, loop: EventLoop,
        continuation: CheckedContinuation<ExchangeAnswer, any Error>
    ) {
        self.id = id
        self.order = order
        self.easy = easy
        self.loop = loop
        self.continuation = continuation
        stallWatch = StallWatch(now: loop.now)
        hasSentAll = order.request.map { !$0.sendsBody || $0.body.length == 0 } ?? true
    }

    // MARK: What libcurl asks for and brings

    /// Fills `room` with what is to be sent next: the number of bytes, or one of libcurl's codes.
    func send(into room: UnsafeMutableRawBufferPointer) -> Int {
        guard let request = order.request else { return 0 }
        let allowed = loop.bandwidth.allowance(.sending, at: loop.now)
        let room = UnsafeMutableRawBufferPointer(rebasing: room.prefix(allowed))
        guard !room.isEmpty else { return stopSending(.byBandwidth) }
        let count: Int
        switch request.body {
        case .bytes(let bytes):
            count = min(room.count, bytes.count - sentBytes)
            bytes.withUnsafeBytes {
                room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[sentBytes..<sentBytes + count]))
            }
            hasSentAll = sentBytes + count == bytes.count
        case .stream(let buffer):
            switch buffer.take(into: room) {
            case .bytes(let taken):
                count = taken
                hasSentAll = buffer.length.map { $0 == Int64(sentBytes + taken) } ?? false
            case .nothing: return stopSending(.byBody)
            case .failed(let error):
                fail(error)
                return Int(CURL_READFUNC_ABORT)
            case .end:
                count = 0
                hasSentAll = true
            }
        }
        sentBytes += count
        request.counters?.addSent(count)
        loop.bandwidth.spend(count, .sending)
        return count
    }

    private func stopSending(_ pause: Pause) -> Int {
        sending = pause
        if pause == .byBandwidth { loop.waitForBandwidth(self) }
        return Int(CURL_READFUNC_PAUSE)
    }

    /// Goes back in the body, to send it a second time on another connection.
    func rewind(to position: Int) -> Int32 {
        guard case .bytes(let bytes)? = order.request?.body, 0...bytes.count ~= position else {
            return CURL_SEEKFUNC_FAIL
        }
        sentBytes = position
        hasSentAll = position == bytes.count
        return CURL_SEEKFUNC_OK
    }

    /// Takes a line of the answer's header; false ends the exchange.
    func receive(headLine: UnsafeRawBufferPointer) -> Bool {
        touch()
        if head.take(headLine) { return true }
        fail(.tooLarge, Text("the header of its answer is larger than \(ResponseHead.largestSize >> 10) KB"))
        return false
    }

    /// Takes bytes of the answer's body: how many, or one of libcurl's codes.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        touch()
        if loop.bandwidth.allowance(.receiving, at: loop.now) == 0 {
            receiving = .byBandwidth
            loop.waitForBandwidth(self)
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        guard reply.put(bytes) else {
            receiving = .byBody
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        order.request?.counters?.addReceived(bytes.count)
        loop.bandwidth.spend(bytes.count, .receiving)
        return bytes.count
    }

    /// Takes an address that a connection would be made to.
    func found(address: String) {
        if !addresses.contains(address) { addresses.append(address) }
    }

    private func touch() {
        guard !isTouched else { return }
        isTouched = true
        loop.touched.append(self)
    }

    // MARK: What the loop does with it

    /// Lets the directions go on that were stopped for `reason`.
    func resume(_ reason: Pause, sending resumesSending: Bool, receiving resumesReceiving: Bool) {
        var changed = false
        if resumesSending, sending == reason {
            sending = .none
            changed = true
        }
        if resumesReceiving, receiving == reason {
            receiving = .none
            changed = true
        }
        guard changed else { return }
        stallWatch.restart(at: loop.now)
        easy.pause((sending == .none ? 0 : CURLPAUSE_SEND) | (receiving == .none ? 0 : CURLPAUSE_RECV))
    }

    /// Whether we ourselves, or the caller, hold it up.
    var isHeldUp: Bool {
        receiving != .none || (sending != .none && !head.isComplete)
    }

    /// Whether no byte has moved for too long; then it has failed.
    ///
    /// Bytes that the kernel still holds count when they leave it: the last megabytes of an upload go out
    /// long after libcurl has handed them over. On a connection that is shared they may be another exchange's,
    /// and do not count. Connecting has a limit of its own.
    func hasStalled(after limit: Duration) -> Bool {
        guard order.request != nil, !isHeldUp, easy.offset(CURLINFO_PRETRANSFER_TIME_T) > 0 else {
            stallWatch.restart(at: loop.now)
            return false
        }
        let moved = easy.offset(CURLINFO_SIZE_UPLOAD_T) + easy.offset(CURLINFO_SIZE_DOWNLOAD_T)
        let unsent = order.mayShareConnection ? 0 : sockets.reduce(0) { $0 + Int64(unsentBytes(socket: $1)) }
        let idle = stallWatch.idle(moved: moved + Int64(head.size) - unsent, at: loop.now)
        guard idle >= limit else { return false }
        fail(.stalled, Text("no byte moved for \(limit / .seconds(1)) s"))
        return true
    }

    /// Hands over what has come.
    func deliver() {
        isTouched = false
        // An answer of failure need not be waited for until the body is sent, as it will not be taken.
        if head.isComplete, hasSentAll || head.status >= 400 { deliverHead() }
        if reply.deliver() { resume(.byBody, sending: false, receiving: true) }
    }

    private func deliverHead() {
        continuation?.resume(returning: .reply(head, reply))
        continuation = nil
    }

    /// Remembers why the exchange ends.
    func fail(_ error: any Error) {
        if failure == nil { failure = error }
    }

    func fail(_ kind: TransferError.Kind, _ reason: Text) {
        fail(
            TransferError(
                host: order.origin.authority, phase: phase, kind: kind, reason: reason,
                wasAnswered: head.status != 0))
    }

    /// How far it has come, once it is connected.
    var phase: TransferError.Phase { hasSentAll || head.status != 0 ? .receive : .send }

    /// Ends it with what libcurl, or we, have to say.
    func finish(_ code: CURLcode?) {
        let ending = ending(code)
        if case .stream(let buffer)? = order.request?.body { buffer.close() }
        reply.end(ending)
        if head.isComplete, !(failure is CancellationError) { deliverHead() }
        switch ending {
        case .success: continuation?.resume(returning: .reached(addresses))
        case .failure(let error): continuation?.resume(throwing: error)
        }
        continuation = nil
    }

    private func ending(_ code: CURLcode?) -> Result<Void, any Error> {
        if let failure { return .failure(failure) }
        guard let code, code != CURLE_OK else {
            // libcurl takes a connection that ends within the header for the end of the answer.
            if order.request == nil || head.isComplete { return .success(()) }
            return .failure(TransferError(cutHeaderOf: self))
        }
        // No socket was opened, on purpose.
        if case .resolve = order.purpose, !addresses.isEmpty { return .success(()) }
        return .failure(TransferError(code, of: self))
    }
}

/// The bytes that the kernel has taken and the other side has not acknowledged.
private func unsentBytes(socket: Int32) -> Int32 {
    var count: Int32 = 0
    return ioctl(socket, UInt(TIOCOUTQ), &count) == 0 ? count : 0
}

extension ExchangeOrder {
    /// The request, where it is one.
    var request: Request? {
        if case .request(let request) = purpose { request } else { nil }
    }
}
