// The way in: parse the arguments, run the command, turn whatever happened into an exit status.
import ArgumentParser
import Languages
import ParallelWork

@main
enum Main {
    /// On the main thread, which owns the terminal.
    @MainActor
    static func main() async {
        CrashPrivacy.keep()
        Heap.suitParallelWork()
        do {
            try AddressSpace.check()
            let choice = LanguageChoice.ofProcess
            _ = try Language.chosen.get()
            if let script = CompletionScript.asked(by: choice.arguments) {
                print(script)
                ExitStatus.end(0)
            }
            // The wizard needs no more of the commands than its own options, and is there the sooner.
            var command: any ParsableCommand =
                choice.arguments.isEmpty
                ? try WizardCommand.parse([]) : try Sluice.parseAsRoot(choice.arguments)
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
