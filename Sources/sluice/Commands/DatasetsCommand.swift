// `sluice datasets`: the datasets of a platform, and what is added to the lake of the embedded one.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

struct DatasetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datasets",
        abstract: Text("List and show datasets; add them to the embedded lake, and remove them.").said,
        discussion: .examples("sluice datasets"),
        subcommands: [List.self, Add.self, Show.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: Text("List the datasets.").said,
            discussion: .examples("sluice datasets list --json"))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let datasets = try await openPlatform().flowService.allExportableDatasets()
            if output.json {
                try JSONText.print(datasets.map(DatasetResult.init))
            } else {
                PlainTable.print(
                    [
                        Text("ID"), Text("NAME"), Text("RECORDS"), Text("SIZE"), Text("FORMAT"),
                        Text("LAST BATCH (UTC)"),
                    ],
                    datasets.map {
                        [
                            $0.id.rawValue, $0.name,
                            $0.records.map { Formatting.count($0) } ?? Text("unknown").said,
                            $0.bytes.map { Formatting.bytes($0) } ?? Text("unknown").said,
                            $0.format ?? Text("unknown").said,
                            $0.lastBatchAt?.rfc3339 ?? Text("none").said,
                        ]
                    })
            }
        }
    }

    struct Add: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: Text("Add files to the lake as a new dataset, or as a new batch of one.").said,
            usage: """
                sluice datasets add NAME PATH… [--description TEXT]
                sluice datasets add --into ID PATH… [--replacing BATCH]
                """,
            discussion: Text(
                """
                Takes Parquet (.parquet) and newline-delimited JSON, plain or gzip (.json, .ndjson, .jsonl, and \
                these with .gz), and folders of such files: marks like _SUCCESS, hidden and empty files are passed \
                over, and folders called name=value give their files a column. Files are hard-linked where they \
                can be, else copied.
                """
            ).said(
                examples: "sluice datasets add \"Web events\" events.ndjson",
                "sluice datasets add Orders orders/ --description \"All orders\""))

        var effect: CommandEffect { .changes }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions

        @Option(help: ArgumentHelp(Text("What the dataset holds, for the list.")))
        var description = ""

        @Option(help: ArgumentHelp(Text("Add a batch to the dataset with this id or name."), valueName: "id"))
        var into: String?

        @Option(
            help: ArgumentHelp(
                Text("With --into: put the new batch in the place of this one, which flows export again."),
                valueName: "batch"))
        var replacing: Int64?

        /// More would hide the result.
        private static let mixedFieldsShown = 10

        @Argument(
            help: ArgumentHelp(
                Text("The name of the new dataset (not with --into), then files and folders.")),
            completion: .file())
        var arguments: [String] = []

        func validate() throws {
            if into == nil, arguments.count < 2 {
                throw ValidationError(Text("Give a name and at least one file or folder."))
            }
            if replacing != nil, into == nil { throw ValidationError(Text("--replacing goes with --into.")) }
            if into != nil, arguments.isEmpty {
                throw ValidationError(Text("Give at least one file or folder."))
            }
        }

        func run() async throws {
            let platform = try openEmbedded(for: .addingFiles)
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
                let count = added.batch.malformedRecords
                StandardError.tell(
                    count == 1
                        ? Text(
                            "1 line is not a JSON object, the first in \(first.file), line \(first.line): \(first.reason). Exports of this dataset fail unless their plan says malformedRecords = \"skip\"."
                        )
                        : Text(
                            "\(Formatting.count(count)) lines are not a JSON object, the first in \(first.file), line \(first.line): \(first.reason). Exports of this dataset fail unless their plan says malformedRecords = \"skip\"."
                        ))
            }
            for field in added.mixedFields.prefix(Self.mixedFieldsShown) {
                StandardError.tell(.verbatim(TextWidth.standard.sanitized(Text("\(field).").said)))
            }
            let more = added.mixedFields.count - Self.mixedFieldsShown
            if more > 0 {
                StandardError.tell(
                    more == 1
                        ? Text("and 1 field more of such.")
                        : Text("and \(Formatting.count(more)) fields more of such."))
            }
            if output.json {
                try JSONText.print(DatasetResult(added.dataset))
            } else {
                let records = added.dataset.records.map { Text("\(Formatting.count($0)) records") }
                PlainTable.print(
                    line:
                        "\(added.dataset.id)  \(added.dataset.name)  \((records ?? Text("unknown records")).said)"
                )
            }
        }
    }

    struct Show: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: Text("Show a dataset with its batches.").said,
            discussion: .examples("sluice datasets show \"Web events\""))

        var effect: CommandEffect { .looks }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @OptionGroup var output: OutputOptions
        @Argument(
            help: ArgumentHelp(Text("Id or name of the dataset."), valueName: "dataset"),
            completion: .datasetNames)
        var dataset: String

        func run() async throws {
            let platform = try await openPlatform()
            guard case .embedded(let embedded) = platform.kind else {
                return try await show(on: platform.flowService)
            }
            let found = try await embedded.lake.find(dataset)
            let batches = try await embedded.lake.show(found.id).batches
            if output.json {
                try JSONText.print(DatasetResult(found, batches: batches))
                return
            }
            PlainTable.print(line: "\(found.name)  \(found.id)")
            if !found.description.isEmpty { PlainTable.print(line: found.description) }
            PlainTable.print(
                [
                    Text("BATCH"), Text("ARRIVED (UTC)"), Text("FILES"), Text("RECORDS"), Text("SIZE"),
                    Text("MALFORMED LINES"),
                ],
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
            var facts = [(Text("Name"), found.name), (Text("Id"), found.id.rawValue)]
            if !found.description.isEmpty { facts.append((Text("Description"), found.description)) }
            facts += [
                (Text("Format"), found.format ?? Text("unknown").said),
                (Text("Records"), found.records.map { Formatting.count($0) } ?? Text("unknown").said),
                (Text("Size"), found.bytes.map { Formatting.bytes($0) } ?? Text("unknown").said),
                (Text("Last batch"), found.lastBatchAt?.rfc3339 ?? Text("unknown").said),
            ]
            PlainTable.print(facts: facts)
        }
    }

    struct Remove: AsyncParsableCommand, PlatformCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: Text("Remove a dataset, or one batch of it, from the lake.").said,
            discussion: Text(
                """
                Refused while a flow exports the dataset, or a run the batch. What was exported before stays where it \
                is.
                """
            ).said(
                examples: "sluice datasets remove \"Web events\"",
                "sluice datasets remove Orders --batch 3 --yes"))

        var effect: CommandEffect { .changes }

        @OptionGroup var profile: ProfileOption
        @OptionGroup var machine: MachineOptions
        @Flag(name: [.long, .short], help: ArgumentHelp(Text("Do not ask."))) var yes = false
        @Option(help: ArgumentHelp(Text("Remove only this batch."), valueName: "batch")) var batch: Int64?
        @Argument(
            help: ArgumentHelp(Text("Id or name of the dataset."), valueName: "dataset"),
            completion: .datasetNames)
        var dataset: String

        func run() async throws {
            let platform = try openEmbedded(for: .removingDatasets)
            let found = try await platform.lake.find(dataset)
            if let batch { return try await remove(batch, of: found, on: platform) }
            let question =
                found.bytes.map {
                    Text("Remove the dataset “\(found.name)” with \(Formatting.bytes($0)) from the lake?")
                } ?? Text("Remove the dataset “\(found.name)” from the lake?")
            guard yes || Confirmation.ask(question) else {
                throw Failure(Text("Nothing was removed."))
            }
            try await platform.lake.remove(found.id)
            StandardError.write(Text("Removed \(found.name) (\(found.id)).").said)
        }

        private func remove(_ batch: Int64, of found: Dataset, on platform: EmbeddedPlatform) async throws {
            guard yes || Confirmation.ask(Text("Remove the batch \(batch) of “\(found.name)” from the lake?"))
            else {
                throw Failure(Text("Nothing was removed."))
            }
            try await platform.lake.remove(batch: batch, of: found.id)
            StandardError.write(Text("Removed the batch \(batch) of \(found.name).").said)
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
