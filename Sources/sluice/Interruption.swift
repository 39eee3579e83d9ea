// Ctrl-C and SIGTERM while a command without a screen works: its task is cancelled, so that it cleans up.
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
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if !received.set(number) { _exit(128 + number) }
                work.cancel()
            }
            source.activate()
            return source
        }
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
}
