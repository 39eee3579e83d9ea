// The scripts by which shells complete what is typed.
import ArgumentParser
import Languages

/// What a shell runs to complete the words of a command.
enum CompletionScript {
    private static let option = "--generate-completion-script"

    /// The script that arguments ask for; nil where they ask for none, or for no shell that there is.
    static func asked(by arguments: [String]) -> String? {
        for (place, argument) in arguments.enumerated() where argument.hasPrefix(option) {
            let names =
                argument == option
                ? arguments.dropFirst(place + 1).first : String(argument.dropFirst(option.count + 1))
            return names.flatMap(CompletionShell.init(rawValue:)).map(text)
        }
        return nil
    }

    /// The script for a shell as the argument parser makes it, without the `help` of its own, which offers commands and
    /// no topics, and in the language of the process throughout.
    private static func text(for shell: CompletionShell) -> String {
        withoutParsersHelp(Sluice.completionScript(for: shell))
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("Show subcommand help information.") }
            .joined(separator: "\n")
            .replacing("Show help information.", with: Text("Show help information.").said)
            .replacing("Show the version.", with: Text("Show the version.").said)
    }

    /// A script without the second of two functions for `help`: it stands behind ours, and a shell takes the last.
    private static func withoutParsersHelp(_ script: String) -> String {
        let functions = script.ranges(of: "\n_sluice_help() {")
        guard functions.count == 2, let end = script[functions[1].upperBound...].firstRange(of: "\n}\n")
        else { return script }
        return String(script[..<functions[1].lowerBound] + script[end.upperBound...])
    }
}
