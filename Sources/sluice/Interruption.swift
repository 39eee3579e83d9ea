// Ctrl-C, SIGTERM and the end of the terminal while a command works without a screen: its task is cancelled, so that it
// cleans up.
import ArgumentParser
import Dispatch
import Glibc

enum Interruption {
    /// Runs a command; a first signal cancels it, and the process ends with 128 + the signal's number once it
    /// has cleaned up; with 0 where the command throws `ExitCode.success`, as one does that a signal is to end.
    ///
    /// A second signal ends the process at once.
    static func run(_ command: sending any AsyncParsableCommand) async throws {
        // Unstructured so that the signal can cancel it; awaited here, so that it never outlives this call.
        let work = Task {
            var command = command
            try await command.run()
        }
        let received = SignalLatch()
        let sources = listen(to: signals, received) { work.cancel() }
        defer { sources.forEach { $0.cancel() } }
        do {
            try await work.value
        } catch let code as ExitCode where code == .success {
            ExitStatus.end(0)
        } catch {
            if let number = received.value { ExitStatus.end(128 + number) }
            throw error
        }
        if let number = received.value { ExitStatus.end(128 + number) }
    }

    /// Does asynchronous work while the calling thread waits, as a command does before its screen has the terminal.
    ///
    /// A signal ends it as it ends `run`.
    static func wait<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let task = Task.detached(operation: work)
        let received = SignalLatch()
        let signals = signals
        let sources = listen(to: signals, received) { task.cancel() }
        defer {
            sources.forEach { $0.cancel() }
            // From here on the screen takes them.
            for number in signals { signal(number, SIG_DFL) }
        }
        do {
            let value = try Blocking.wait { try await task.value }
            if let number = received.value { ExitStatus.end(128 + number) }
            return value
        } catch {
            if let number = received.value { ExitStatus.end(128 + number) }
            throw error
        }
    }

    /// The signals that are taken: not that of the terminal's end where it is ignored, as nohup has it.
    private static var signals: [Int32] {
        var hangUp = sigaction()
        sigaction(SIGHUP, nil, &hangUp)
        let ignored = unsafeBitCast(SIG_IGN, to: Int.self)
        let isIgnored = unsafeBitCast(hangUp.__sigaction_handler.sa_handler, to: Int.self) == ignored
        return isIgnored ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
    }

    /// Takes the signals, and ends the process at the second of them.
    private static func listen(
        to signals: [Int32], _ received: SignalLatch, onFirst cancel: @escaping @Sendable () -> Void
    ) -> [any DispatchSourceSignal] {
        signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if !received.set(number) { _exit(128 + number) }
                cancel()
            }
            source.activate()
            return source
        }
    }
}
