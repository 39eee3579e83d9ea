// `sluice inspect FILE`: what an exported file holds.
import ArgumentParser
import FoundationEssentials
import Records
import TerminalKit

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show records and first rows of a file (.json, .json.gz).")

    @OptionGroup var output: OutputOptions

    @Option(help: "How many rows to show.")
    var rows = 5

    @Argument(help: "The file.")
    var file: String

    func validate() throws {
        if !(0...1000).contains(rows) { throw ValidationError("--rows takes a number from 0 to 1000.") }
    }

    func run() async throws {
        let count = try await RecordCounter.count(files: [file])
        let preview = RecordPreview(file: file, limit: rows)
        let result = InspectionResult(file: file, count: count, preview: preview)
        if output.json {
            try JSONText.print(result)
        } else {
            result.printText()
        }
        if count.malformedLines > 0 { throw ExitCode(ExitStatus.failed) }
    }
}

/// What is in a file.
struct InspectionResult: Encodable {
    var file: String
    var records: Int
    var bytes: Int64
    var uncompressedBytes: Int64
    var malformedLines: Int
    var firstMalformed: String?
    var rows: [String]

    init(file: String, count: RecordCount, preview: RecordPreview) {
        self.file = file
        records = count.records
        bytes = count.bytesRead
        uncompressedBytes = count.recordBytes
        malformedLines = count.malformedLines
        firstMalformed = count.firstMalformed.map { "line \($0.line): \($0.fault)" }
        rows = preview.records
    }

    func printText() {
        print("File       \(TextWidth.standard.sanitized(file))")
        print("Records    \(Formatting.count(records))")
        print(
            "Bytes      \(Formatting.count(Int(bytes))), \(Formatting.count(Int(uncompressedBytes))) of records"
        )
        print(
            "Malformed  \(Formatting.count(malformedLines))\(firstMalformed.map { ", the first: \($0)" } ?? "")"
        )
        for row in rows { print(TextWidth.standard.sanitized(row)) }
    }
}
