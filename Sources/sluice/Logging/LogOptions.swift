// What is logged, how, and where to: the options of commands that run dataflows.
import ArgumentParser
import Languages
import Logging

/// How a log is written.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    /// A line for people.
    case text
    /// A JSON object a line.
    case json
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// The log of a command.
struct LogOptions: ParsableArguments {
    @Option(help: ArgumentHelp(Text("Log what happens as text for people, or as json: an object a line.")))
    var logFormat: LogFormat?

    @Option(
        help: ArgumentHelp(
            Text(
                "Add the log to this file, which may be renamed or removed meanwhile: then a new one is begun."
            ),
            valueName: "file"))
    var logFile: String?

    @Option(help: ArgumentHelp(Text("Leave out what matters less."), valueName: "level"))
    var logLevel = Logger.Level.info

    /// The log that is asked for.
    ///
    /// - Parameter always: whether there is one where no option asks for it, on standard error.
    /// - Returns: nil where there is none.
    /// - Throws: `Failure` for a file that cannot be written.
    func log(always: Bool) throws -> Log? {
        guard always || logFormat != nil || logFile != nil else { return nil }
        let file = try logFile.map { try LogFile(path: $0) } ?? .standardError
        return Log(file, format: logFormat ?? .text, level: logLevel)
    }
}
