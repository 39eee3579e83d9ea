// `sluice datasets`: the datasets of a platform, and what is added to the lake of the embedded one.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import TerminalKit

struct DatasetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datasets",
        abstract: "List and show datasets; add them to the embedded lake, and remove them.",
        subcommands: [List.self, Add.self, Show.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the datasets.")

        @OptionGroup var options: PlatformOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let datasets = try await options.openPlatform().flowService.allExportableDatasets()
            if output.json {
                try JSONText.print(datasets.map(DatasetResult.init))
            } else {
                PlainTable.print(
                    ["ID", "NAME", "RECORDS", "SIZE", "FORMAT", "LAST BATCH (UTC)"],
                    datasets.map {
                        [
                            $0.id.rawValue, $0.name, $0.records.map { Formatting.count($0) } ?? "unknown",
                            $0.bytes.map { Formatting.bytes($0) } ?? "unknown", $0.format ?? "unknown",
                            $0.lastBatchAt?.rfc3339 ?? "none",
                        ]
                    })
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add files to the lake as a new dataset, or as a new batch of one.",
            usage: """
                sluice datasets add NAME PATH… [--description TEXT]
                sluice datasets add --into ID PATH… [--replacing BATCH]
                """,
            discussion: """
                Takes Parquet (.parquet) and newline-delimited JSON, plain or gzip (.json, .ndjson, .jsonl, and \
                these with .gz), and folders of such files: marks like _SUCCESS, hidden and empty files are passed \
                over, and folders called name=value give their files a column. Files are hard-linked where they \
                can be, else copied.
                """)

        @OptionGroup var options: PlatformOptions
        @OptionGroup var output: OutputOptions

        @Option(help: "What the dataset holds, for the list.")
        var description = ""

        @Option(help: ArgumentHelp("Add a batch to the dataset with this id or name.", valueName: "id"))
        var into: String?

        @Option(
            help: ArgumentHelp(
                "With --into: put the new batch in the place of this one, which flows export again.",
                valueName: "batch"))
        var replacing: Int64?

        /// More would hide the result.
        private static let mixedFieldsShown = 10

        @Argument(
            help: "The name of the new dataset (not with --into), then files and folders.",
            completion: .file())
        var arguments: [String] = []

        func validate() throws {
            if into == nil, arguments.count < 2 {
                throw ValidationError("Give a name and at least one file or folder.")
            }
            if replacing != nil, into == nil { throw ValidationError("--replacing goes with --into.") }
            if into != nil, arguments.isEmpty { throw ValidationError("Give at least one file or folder.") }
        }

        func run() async throws {
            let platform = try options.openEmbedded(forWhat: "Files are added to the lake of")
            let added: AddedBatch
            if let into {
                let dataset = try await platform.lake.find(into)
                added = try await platform.lake.add(
                    paths: arguments, into: dataset.id, replacing: replacing)
            } else {
                added = try await platform.lake.add(
                    name: arguments[0], description: description, paths: Array(arguments.dropFirst()))
            }
            if let first = added.batch.firstMalformed {
                let lines = Formatting.count(added.batch.malformedRecords, "line is", "lines are")
                StandardError.write(
                    "sluice: \(lines) not a JSON object, the first in \(first.file), line \(first.line): \(first.reason). Exports of this dataset fail unless their plan says malformedRecords = \"skip\"."
                )
            }
            for field in added.mixedFields.prefix(Self.mixedFieldsShown) {
                StandardError.write("sluice: \(TextWidth.standard.sanitized("\(field)")).")
            }
            let more = added.mixedFields.count - Self.mixedFieldsShown
            if more > 0 {
                StandardError.write("sluice: and \(Formatting.count(more, "field", "fields")) more of such.")
            }
            if output.json {
                try JSONText.print(DatasetResult(added.dataset))
            } else {
                let records = added.dataset.records.map { Formatting.count($0) } ?? "unknown"
                print("\(added.dataset.id)  \(added.dataset.name)  \(records) records")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a dataset with its batches.")

        @OptionGroup var options: PlatformOptions
        @OptionGroup var output: OutputOptions
        @Argument(
            help: ArgumentHelp("Id or name of the dataset.", valueName: "dataset"), completion: .datasetNames)
        var dataset: String

        func run() async throws {
            let platform = try await options.openPlatform()
            guard case .embedded(let embedded) = platform.kind else {
                return try await show(on: platform.flowService)
            }
            let found = try await embedded.lake.find(dataset)
            let batches = try await embedded.lake.show(found.id).batches
            if output.json {
                try JSONText.print(DatasetResult(found, batches: batches))
                return
            }
            print("\(found.name)  \(found.id)")
            if !found.description.isEmpty { print(TextWidth.standard.sanitized(found.description)) }
            PlainTable.print(
                ["BATCH", "ARRIVED (UTC)", "FILES", "RECORDS", "SIZE", "MALFORMED LINES"],
                batches.map {
                    [
                        String($0.id), $0.arrivedAt.rfc3339, Formatting.count($0.files.count),
                        Formatting.count($0.records), Formatting.bytes($0.bytes),
                        Formatting.count($0.malformedRecords),
                    ]
                })
        }

        /// Shows what a Flow Service knows of a dataset, which is no batch.
        private func show(on platform: any FlowService) async throws {
            guard let found = try await platform.allExportableDatasets().named([dataset]).first else {
                return
            }
            let result = DatasetResult(found)
            if output.json { return try JSONText.print(result) }
            var facts = [("Name", found.name), ("Id", found.id.rawValue)]
            if !found.description.isEmpty { facts.append(("Description", found.description)) }
            facts += [
                ("Format", found.format ?? "unknown"),
                ("Records", found.records.map { Formatting.count($0) } ?? "unknown"),
                ("Size", found.bytes.map { Formatting.bytes($0) } ?? "unknown"),
                ("Last batch", found.lastBatchAt?.rfc3339 ?? "unknown"),
            ]
            PlainTable.print(facts: facts)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a dataset, or one batch of it, from the lake.",
            discussion: """
                Refused while a flow exports the dataset, or a run the batch. What was exported before stays where it \
                is.
                """)

        @OptionGroup var options: PlatformOptions
        @Flag(name: [.long, .short], help: "Do not ask.") var yes = false
        @Option(help: ArgumentHelp("Remove only this batch.", valueName: "batch")) var batch: Int64?
        @Argument(
            help: ArgumentHelp("Id or name of the dataset.", valueName: "dataset"), completion: .datasetNames)
        var dataset: String

        func run() async throws {
            let platform = try options.openEmbedded(forWhat: "Datasets are removed from the lake of")
            let found = try await platform.lake.find(dataset)
            if let batch { return try await remove(batch, of: found, on: platform) }
            let size = found.bytes.map { " with \(Formatting.bytes($0))" } ?? ""
            guard yes || Confirmation.ask("Remove the dataset “\(found.name)”\(size) from the lake?") else {
                throw Failure(sentence: "Nothing was removed.")
            }
            try await platform.lake.remove(found.id)
            StandardError.write("Removed \(found.name) (\(found.id)).")
        }

        private func remove(_ batch: Int64, of found: Dataset, on platform: EmbeddedPlatform) async throws {
            guard yes || Confirmation.ask("Remove the batch \(batch) of “\(found.name)” from the lake?")
            else {
                throw Failure(sentence: "Nothing was removed.")
            }
            try await platform.lake.remove(batch: batch, of: found.id)
            StandardError.write("Removed the batch \(batch) of \(found.name).")
        }
    }
}

/// A dataset as JSON.
struct DatasetResult: Encodable {
    var id: String
    var name: String
    var description: String
    var format: String?
    var records: Int?
    var bytes: Int?
    var lastBatchAt: String?
    var batches: [BatchResult]?

    struct BatchResult: Encodable {
        var id: Int64
        var arrivedAt: String
        var files: Int
        var records: Int
        var bytes: Int
        var malformedLines: Int
    }

    init(_ dataset: Dataset) {
        id = dataset.id.rawValue
        name = dataset.name
        description = dataset.description
        format = dataset.format
        records = dataset.records
        bytes = dataset.bytes
        lastBatchAt = dataset.lastBatchAt?.rfc3339
    }

    init(_ dataset: Dataset, batches: [Batch]) {
        self.init(dataset)
        self.batches = batches.map {
            BatchResult(
                id: $0.id, arrivedAt: $0.arrivedAt.rfc3339, files: $0.files.count, records: $0.records,
                bytes: $0.bytes, malformedLines: $0.malformedRecords)
        }
    }
}
