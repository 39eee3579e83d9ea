// What the commands take, as the argument parser tells it (`--experimental-dump-help`).
import ArgumentParser
import FoundationEssentials

/// A command: what it is for, its options and arguments, and the commands below it.
struct CommandDescription: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String

            /// As it is typed.
            var spelling: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }

        var kind: String
        var names: [Name]?
        var valueName: String?
        var abstract: String?
        var discussion: String?
        var isRepeating: Bool
        var shouldDisplay: Bool
    }

    var commandName: String
    var superCommands: [String]?
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var arguments: [Argument]?
    var subcommands: [CommandDescription]?

    /// The whole program.
    ///
    /// - Throws: `DecodingError` where the parser tells it in another form than this one.
    static func all() throws -> CommandDescription {
        struct Dump: Decodable { var command: CommandDescription }
        return try JSONDecoder().decode(Dump.self, from: Data(Sluice._dumpHelp().utf8)).command
    }

    /// This command and those below it, each before its own.
    var withSubcommands: [CommandDescription] {
        [self] + (subcommands ?? []).filter(\.shouldDisplay).flatMap(\.withSubcommands)
    }
}
