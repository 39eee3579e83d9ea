// `sluice inspect FILE`: what an exported file, or a file of a lake, holds.
import ArgumentParser
import Languages
import Parquet
import Records

struct InspectCommand: AsyncParsableCommand, ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: Text("Show schema, records, codecs and first rows of a file.").said,
        discussion: Text(
            """
            Takes Parquet with any codec inside (.parquet, .gz.parquet), and newline-delimited JSON, plain or \
            gzip (.json, .json.gz). Which of them a file is, its first bytes say. Of a Parquet file only the \
            footer and the first rows are read; a JSON file is read whole, and every line is checked.
            """
        ).said(
            examples: "sluice inspect part-0.parquet --rows 20"))

    var effect: CommandEffect { .looks }

    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp(Text("How many rows to show.")))
    var rows = 5

    @Argument(help: ArgumentHelp(Text("The file.")), completion: .file())
    var file: String

    func validate() throws {
        if !(0...1000).contains(rows) { throw ValidationError(Text("--rows takes a number from 0 to 1000.")) }
    }

    func run() async throws {
        let result = try await InspectionResult.of(file, rows: rows)
        if output.json {
            try JSONText.print(result)
        } else {
            result.printText()
        }
        if let problem = result.problem { throw Failure(.of(problem)) }
        if let json = result.json, json.malformedLines > 0 { throw ExitCode(ExitStatus.failed) }
    }
}
