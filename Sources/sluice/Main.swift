// The way in: parse the arguments, run the command, turn whatever happened into an exit status.
import ArgumentParser
import FoundationEssentials
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
            if choice.arguments.isEmpty {
                // The wizard is there the sooner where there is nothing to parse.
                try WizardStart().run()
                ExitStatus.end(0)
            }
            var command = try Sluice.parseAsRoot(choice.arguments)
            try command.refuseWhereReadOnly(environment: ProcessInfo.processInfo.environment)
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
