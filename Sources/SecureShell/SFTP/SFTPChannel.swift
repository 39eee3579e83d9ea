// The loop of a connection's thread: what is to be sent goes out, what comes goes to who waits for it, and a
// server that says nothing is asked for a sign of life.

import CLibSSH
import Glibc
import Languages

/// A channel of SFTP on a session, run by one thread to its end.
final class SFTPChannel {
    private let session: SSHSession
    private let channel: ssh_channel
    private let configuration: SSHConfiguration
    private let exchange: SFTPExchange
    private let ready: Pending<[String: String]>
    private var isReady = false

    private var stream = PacketStream()
    private var failure: SSHError?
    /// What goes out now, and how much of it has gone.
    private var current: ArraySlice<UInt8> = []
    private var sent = 0
    private var queue: ArraySlice<ArraySlice<UInt8>> = []

    private let counters: UnsafeMutablePointer<ssh_counter_struct>
    private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>

    /// - Parameter ready: is given the server's extensions when it has agreed on the version.
    init(
        on session: SSHSession, _ channel: ssh_channel, _ configuration: SSHConfiguration,
        _ exchange: SFTPExchange, ready: Pending<[String: String]>
    ) {
        self.session = session
        self.channel = channel
        self.configuration = configuration
        self.exchange = exchange
        self.ready = ready
        counters = .allocate(capacity: 1)
        counters.initialize(to: ssh_counter_struct())
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: ssh_channel_callbacks_struct())
    }

    deinit {
        counters.deallocate()
        callbacks.deallocate()
    }

    /// Runs until the connection ends, and says why it did.
    func run() -> SSHError {
        guard let event = ssh_event_new() else { return .interrupted(Text("no memory")) }
        listen(on: event)
        defer { release(event) }
        current = SFTPRequest.initialization[...]
        var clock = ConnectionClock(configuration)
        while true {
            queue += exchange.takeOutgoing()
            write()
            if let failure { return failure }
            guard session.isConnected, ssh_channel_is_eof(channel) == 0, ssh_channel_is_closed(channel) == 0
            else { return ending }
            let isQuiet = isReady && exchange.isQuiet && queue.isEmpty && sent == current.count
            // Nobody waits for what was asked before the server was ready.
            if !isReady && exchange.waiting.isStopped { return .interrupted(Text("it was closed")) }
            switch clock.next(
                heard: counters.pointee.in_bytes, isQuiet: isQuiet, isStopped: exchange.waiting.isStopped)
            {
            case .end(let error): return error
            case .askForLife: askForLife()
            case .wait: break
            }
            guard ssh_event_dopoll(event, clock.milliseconds) != SSH_ERROR || session.isConnected else {
                return ending
            }
            exchange.waiting.wakeUp.take()
        }
    }

    private func askForLife() {
        // Without waiting, libssh takes the answer to one request at the next, and sends that then not; while
        // an answer is awaited it sends none. So one of two calls sends one.
        for _ in 0..<2 { ssh_send_keepalive(session.pointer) }
    }

    private var ending: SSHError {
        if let failure { return failure }
        // Where the connection is lost as well, nothing is known of the server.
        guard isReady || !session.isConnected else { return .noSFTP(Text("the server ended it at once")) }
        return .interrupted(Text("the server closed the connection"))
    }

    private func listen(on event: ssh_event) {
        ssh_set_counters(session.pointer, counters, nil)
        callbacks.pointee.size = MemoryLayout<ssh_channel_callbacks_struct>.size
        callbacks.pointee.userdata = Unmanaged.passUnretained(self).toOpaque()
        callbacks.pointee.channel_data_function = { _, _, data, count, isError, channel in
            guard let data, let channel, isError == 0 else { return Int32(count) }
            Unmanaged<SFTPChannel>.fromOpaque(channel).takeUnretainedValue()
                .receive(UnsafeRawBufferPointer(start: data, count: Int(count)))
            return Int32(count)
        }
        ssh_set_channel_callbacks(channel, callbacks)
        ssh_event_add_session(event, session.pointer)
        ssh_event_add_fd(event, exchange.waiting.wakeUp.descriptor, Int16(POLLIN), { _, _, _ in 0 }, nil)
    }

    private func release(_ event: ssh_event) {
        ssh_remove_channel_callbacks(channel, callbacks)
        ssh_event_remove_fd(event, exchange.waiting.wakeUp.descriptor)
        ssh_event_remove_session(event, session.pointer)
        ssh_event_free(event)
        ssh_set_counters(session.pointer, nil, nil)
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        stream.append(bytes)
        do throws(SSHError) {
            while let packet = try stream.next() { try take(SFTPPacket(packet)) }
        } catch {
            failure = error
        }
    }

    private func take(_ packet: SFTPPacket) throws(SSHError) {
        switch packet {
        case .version(let version, let extensions) where !isReady && version >= 3:
            isReady = true
            ready.finish(.success(extensions))
        case .version(let version, _):
            throw .invalidAnswer(Text("it speaks version \(version) of SFTP, and 3 is needed"))
        case .reply(let id, let reply):
            guard isReady else {
                throw .invalidAnswer(Text("it does not say which version of SFTP it speaks"))
            }
            try exchange.deliver(reply, to: id)
        }
    }

    /// Writes as much as the server has room for.
    private func write() {
        while failure == nil {
            if sent == current.count {
                guard isReady, let next = nextPiece() else { return }
                current = next
                sent = 0
            }
            let count = current.withUnsafeBytes {
                ssh_channel_write(channel, $0.baseAddress?.advanced(by: sent), UInt32($0.count - sent))
            }
            if count < 0 { failure = .interrupted(.verbatim(session.words)) }
            guard count > 0 else { return }
            sent += Int(count)
        }
    }

    /// A large packet, or small ones put together, since each write becomes a packet of SSH.
    private func nextPiece() -> ArraySlice<UInt8>? {
        let together = 16_384
        guard var piece = queue.popFirst() else { return nil }
        while let next = queue.first, piece.count + next.count <= together {
            piece += next
            queue.removeFirst()
        }
        return piece
    }
}

/// What a connection does when nothing is heard: a pure decision from the times.
struct ConnectionClock {
    enum Step {
        case wait
        case askForLife
        case end(SSHError)
    }

    private let stallTimeout: Duration
    private let idleLimit: Duration
    private var heard: UInt64 = 0
    private var heardAt = ContinuousClock.now
    private var lookedAt = ContinuousClock.now
    private var usedAt = ContinuousClock.now
    private var askedAt: ContinuousClock.Instant?
    private var stoppedAt: ContinuousClock.Instant?

    init(_ configuration: SSHConfiguration) {
        stallTimeout = configuration.stallTimeout
        idleLimit = configuration.idleLimit
    }

    /// How long to wait for something to happen.
    var milliseconds: Int32 { stoppedAt == nil ? 1_000 : 20 }

    /// - Parameter heard: the bytes that came from the server so far.
    /// - Parameter isQuiet: whether nobody waits for anything.
    /// - Parameter isStopped: whether the connection is to end when what was asked is done.
    mutating func next(heard: UInt64, isQuiet: Bool, isStopped: Bool) -> Step {
        let now = ContinuousClock.now
        // While this machine sleeps, or has no time for the thread, a server cannot be heard.
        heardAt += max(.zero, now - lookedAt - .seconds(2))
        lookedAt = now
        if heard != self.heard {
            self.heard = heard
            heardAt = now
            askedAt = nil
        }
        if !isQuiet { usedAt = now }
        if isStopped {
            stoppedAt = stoppedAt ?? now
            if isQuiet || now - (stoppedAt ?? now) > .seconds(1) {
                return .end(.interrupted(Text("it was closed")))
            }
            return .wait
        }
        if now - usedAt > idleLimit { return .end(.interrupted(Text("it was not used for long"))) }
        let silence = now - heardAt
        if silence > stallTimeout { return .end(.stalled(stallTimeout)) }
        if silence > stallTimeout / 4, askedAt == nil {
            askedAt = now
            return .askForLife
        }
        return .wait
    }
}
