// The way in: parse the arguments, run the command, turn whatever happened into an exit status.
import ArgumentParser

do {
    var command = try Sluice.parseAsRoot()
    if var command = command as? any AsyncParsableCommand {
        try await Interruption.watch { try await command.run() }
    } else {
        // On the main thread, which owns the terminal.
        try command.run()
    }
} catch {
    ExitStatus.end(with: error)
}
