// The way in: parse the arguments, run the command, turn whatever happened into an exit status.
import ArgumentParser
import CMalloc

@main
enum Main {
    /// On the main thread, which owns the terminal.
    @MainActor
    static func main() async {
        // What one thread of an export allocates another frees: with a heap for each thread, all of them would grow.
        mallopt(M_ARENA_MAX, 1)
        // The parts of an upload go back to the system as soon as they are sent.
        mallopt(M_MMAP_THRESHOLD, 4 << 20)
        do {
            var command = try Sluice.parseAsRoot()
            if let command = command as? any AsyncParsableCommand {
                try await Interruption.run(command)
            } else {
                try command.run()
            }
        } catch {
            ExitStatus.end(with: error)
        }
        ExitStatus.end(0)
    }
}
