// The refusal of commands that change something where nothing may be changed: once, before any of them runs.
import ArgumentParser
import Languages

extension ParsableCommand {
    /// Refuses to run a command that would change something where nothing may be changed.
    ///
    /// - Parameter environment: the variables, of which one may say so.
    /// - Throws: `Failure`.
    func refuseWhereReadOnly(environment: [String: String]) throws {
        let command = self as? any ProgramCommand
        guard command?.effect ?? .changes == .changes else { return }
        let option = command?.readOnly
        guard try option ?? EnvironmentSwitch.readOnly.value(in: environment) ?? false,
            // What is none of the program's commands is the parser's own, such as its help.
            let words = Sluice.commands.first(where: { $0.type == Self.self })?.words
        else { return }
        let name = words.joined(separator: " ")
        let reason =
            option == true
            ? Text(
                "With --read-only nothing is changed, and \(name), as it was given, would change something: nothing was done. Leave --read-only out to do it."
            )
            : Text(
                "SLUICE_READ_ONLY is set, and \(name), as it was given, would change something: nothing was done. Unset SLUICE_READ_ONLY to do it."
            )
        throw Failure(reason, status: ExitStatus.usage)
    }
}

extension Sluice {
    /// The commands that do something, each by the words that name it.
    static var commands: [(words: [String], type: any ParsableCommand.Type)] {
        commands(below: Sluice.self, words: [configuration.commandName ?? "sluice"])
    }

    private static func commands(
        below command: any ParsableCommand.Type, words: [String]
    ) -> [(words: [String], type: any ParsableCommand.Type)] {
        let all = command.configuration.subcommands
        if all.isEmpty { return [(words, command)] }
        return all.flatMap { commands(below: $0, words: words + [$0._commandName]) }
    }
}
