// What tasks tell the event loop, and how they wake it.

import CCurl
import Glibc
import Synchronization

/// What the event loop can be told.
enum LoopCommand: Sendable {
    case start(ExchangeID, ExchangeOrder, CheckedContinuation<ExchangeAnswer, any Error>)
    /// Ends an exchange; what waits for it gets the error.
    case end(ExchangeID, any Error)
    /// The body has more to send.
    case resumeSending(ExchangeID)
    /// The reader has taken what there was.
    case resumeReceiving(ExchangeID)
    case stop(CheckedContinuation<Void, Never>?)
}

/// The number of an exchange, the same never twice in a process.
struct ExchangeID: Hashable, Sendable {
    private static let last = Atomic<UInt>(0)
    let number: UInt

    /// A new number.
    init() { number = Self.last.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// The letter box of the event loop: any task puts in, the loop takes out.
final class LoopMailbox: Sendable {
    private struct State {
        var commands: [LoopCommand] = []
        var isAsleep = false
        /// The loop has ended, and takes nothing any more.
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Becomes readable when the loop shall wake.
    let wakeUp: WakeUp

    init() throws(TransferError) { wakeUp = try WakeUp() }

    /// Tells the loop something; false when it has ended.
    @discardableResult
    func post(_ command: LoopCommand) -> Bool { post { command } }

    /// Tells the loop what `command` makes while no other can be put in; nothing when it makes nothing.
    @discardableResult
    func post(_ command: () -> LoopCommand?) -> Bool {
        let (isOpen, wakes) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            guard let command = command() else { return (true, false) }
            state.commands.append(command)
            defer { state.isAsleep = false }
            return (true, state.isAsleep)
        }
        if wakes { wakeUp.signal() }
        return isOpen
    }

    /// All that was put in.
    ///
    /// - Parameter sleeping: when there is nothing, the loop goes to sleep: the next command wakes it.
    func take(sleeping: Bool) -> [LoopCommand] {
        state.withLock { state in
            state.isAsleep = sleeping && state.commands.isEmpty
            defer { if !state.commands.isEmpty { state.commands = [] } }
            return state.commands
        }
    }

    /// Says that the loop has woken by itself, and needs no waking until it sleeps again.
    func noteAwake() { state.withLock { $0.isAsleep = false } }

    /// Takes what is left, and nothing afterwards.
    func close() -> [LoopCommand] {
        state.withLock { state in
            state.isClosed = true
            defer { state.commands = [] }
            return state.commands
        }
    }
}

/// A descriptor that one side makes readable and the other waits for.
final class WakeUp: Sendable {
    let descriptor: Int32

    init() throws(TransferError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .cannotStart(reason: errno) }
    }

    deinit { close(descriptor) }

    func signal() { eventfd_write(descriptor, 1) }

    func clear() {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
    }
}
