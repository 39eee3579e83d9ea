// Plans that cannot be used, and the sentence that says so.
import ExportDomain
import Foundation
import PlanFile
import Testing

@Suite("A plan file that cannot be used")
struct PlanFileErrorTests {
    /// What is changed in the example plan: some text, what it becomes, and the sentence that follows.
    struct Slip: Sendable, CustomTestStringConvertible {
        var text: String
        var becomes: String
        var sentence: String
        var testDescription: String { becomes.isEmpty ? "without \(text)" : becomes }

        init(_ text: String, _ becomes: String, _ sentence: String) {
            self.text = text
            self.becomes = becomes
            self.sentence = sentence
        }
    }

    static func error(_ text: String) -> PlanFileError? {
        #expect(throws: PlanFileError.self) {
            try PlanFile.read(text: text, name: "plan.toml", now: now)
        }
    }

    static let slips = [
        // The top.
        Slip("name = \"Nightly backup\"", "", "plan.toml: “name” is missing; add name = \"Nightly backup\"."),
        Slip(
            "\"Nightly backup\"", "7",
            "plan.toml, line 1: “name” is a whole number and must be text in quotes."),
        Slip("\"Nightly backup\"", "\"\"", "plan.toml, line 1: “name” is empty."),
        Slip(
            "datasets = [\"Web events\", \"65a0f0c2b1d2e3f405162738\"]", "",
            "plan.toml: “datasets” is missing; add datasets = [\"Web events\"]."),
        Slip(
            "[\"Web events\", \"65a0f0c2b1d2e3f405162738\"]", "\"Web events\"",
            "plan.toml, line 2: “datasets” is text and must be a list of names or ids in quotes."),
        Slip(
            "\"65a0f0c2b1d2e3f405162738\"", "5",
            "plan.toml, line 2: “datasets” is a list with a whole number in it and must be a list of names or ids in quotes."
        ),
        Slip(
            "[\"Web events\", \"65a0f0c2b1d2e3f405162738\"]", "[]",
            "plan.toml, line 2: “datasets” is empty."),
        Slip(
            "folder =", "foldr =",
            "plan.toml, line 3: unknown key “foldr”; did you mean “folder”?"),
        Slip(
            "folder =", "colour =",
            "plan.toml, line 3: unknown key “colour”; there are name, datasets, folder, malformedRecords, destination, schedule, notifications."
        ),
        Slip("folder =", "mode =", "plan.toml, line 3: unknown key “mode”; it belongs in [schedule]."),
        Slip(
            "folder =", "bucketName =",
            "plan.toml, line 3: unknown key “bucketName”; it belongs in [destination]."),
        Slip(
            "%DATASET_ID%/%EXPORT_TIME%", "%DATASET%",
            "plan.toml, line 3: “folder”: %DATASET% is not a macro; ones like %DATASET_ID% are listed beside."
        ),
        Slip(
            "%DATASET_ID%/%EXPORT_TIME%", "../%DATASET_ID%",
            "plan.toml, line 3: “folder”: A folder cannot be called “..”."),
        Slip(
            "folder =", "malformedRecords =",
            "plan.toml, line 3: “malformedRecords” is “%DATASET_ID%/%EXPORT_TIME%” and must be one of fail, skip."
        ),
        // The destination.
        Slip(
            "[destination]", "[target]",
            "plan.toml: “destination” is missing; add [destination] with its name."),
        Slip(
            "[destination]", "destination = \"Backups\"\n[target]",
            "plan.toml, line 5: “destination” is text and must be a table."),
        Slip(
            "name = \"Backups\"", "",
            "plan.toml, line 5: “name” in [destination] is missing; add name = \"Backups\"."),
        Slip(
            "\"Data Landing Zone\"", "\"DLZ\"",
            "plan.toml, line 7: “spec” in [destination] is “DLZ” and must be one of Amazon S3, Azure Blob Storage, Azure Data Lake Gen2, Data Landing Zone, Google Cloud Storage, SFTP."
        ),
        Slip(
            "compression =", "compresion =",
            "plan.toml, line 12: unknown key “compresion” in [destination]; did you mean “compression”?"),
        Slip(
            "account =", "bucketName =",
            "plan.toml, line 8: unknown key “bucketName” in [destination]; there are name, spec, account, description, path, datasetFileType, compression, includeFileManifest."
        ),
        Slip(
            "account =", "frequency =",
            "plan.toml, line 8: unknown key “frequency” in [destination]; it belongs in [schedule]."),
        Slip(
            "\"GZIP\"", "\"NONE\"",
            "plan.toml, line 12: “compression” in [destination]: JSON is exported compressed only: choose GZIP."
        ),
        Slip(
            "\"JSON\"", "\"CSV\"",
            "plan.toml, line 11: “datasetFileType” in [destination]: Must be one of JSON, PARQUET."),
        Slip(
            "includeFileManifest = true", "includeFileManifest = \"yes\"",
            "plan.toml, line 13: “includeFileManifest” in [destination]: Must be true or false."),
        Slip("\"backups\"", "5", "plan.toml, line 10: “path” in [destination]: Must be text."),
        Slip(
            "\"backups\"", "[\"backups\"]",
            "plan.toml, line 10: “path” in [destination] is a list and must be text in quotes, a number, true or false."
        ),
        Slip(
            "\"backups\"", "\"%DATASET_ID%\"",
            "plan.toml, line 10: “path” in [destination]: Macros are set in Scheduling; this is the folder above them."
        ),
        Slip(
            "account =", "s3SecretKey =",
            "plan.toml, line 8: “s3SecretKey” in [destination] is a secret, which a plan never holds; take it out, keep it in an account and name that with account in [destination]."
        ),
        // The schedule.
        Slip(
            "\"incremental\"", "\"sometimes\"",
            "plan.toml, line 16: “mode” in [schedule] is “sometimes” and must be one of incremental, full."),
        Slip(
            "\"daily\"", "\"weekly\"",
            "plan.toml, line 17: “frequency” in [schedule] is “weekly” and must be one of once, daily, hourly."
        ),
        Slip(
            "\"incremental\"", "\"full\"",
            "plan.toml, line 17: “frequency” in [schedule]: Full files are exported once, not daily: choose once, or incremental files."
        ),
        Slip(
            "\"daily\"\ninterval = 1", "\"once\"",
            "plan.toml, line 17: “frequency” in [schedule]: Incremental files are exported daily or hourly, not once."
        ),
        Slip(
            "interval = 1", "interval = 6",
            "plan.toml, line 18: “interval” in [schedule] is for hourly exports; take it out, or choose frequency = \"hourly\" instead of \"daily\"."
        ),
        Slip(
            "\"daily\"\ninterval = 1", "\"hourly\"",
            "plan.toml, line 15: “interval” in [schedule] is missing; add interval = 6, the hours between exports (3, 6, 8, 12)."
        ),
        Slip(
            "\"daily\"", "\"hourly\"",
            "plan.toml, line 18: “interval” in [schedule]: Every 1 hours is not offered: choose 3, 6, 8, 12."),
        Slip(
            "interval = 1", "interval = \"1\"",
            "plan.toml, line 18: “interval” in [schedule] is text and must be a whole number."),
        Slip(
            "start = 2026-12-01T06:00:00Z\n", "",
            "plan.toml, line 15: “start” in [schedule] is missing; add start = 2026-09-21T14:15:00Z, the first export."
        ),
        Slip(
            "2026-12-01T06:00:00Z", "2026-12-01T06:00:00",
            "plan.toml, line 19: “start” in [schedule] is a date or time without its offset from UTC and must be a date and time such as 2026-12-01T06:00:00Z."
        ),
        Slip(
            "2026-12-01T06:00:00Z", "\"2026-02-30T06:00:00Z\"",
            "plan.toml, line 19: “start” in [schedule] is text and must be a date and time such as 2026-12-01T06:00:00Z."
        ),
        Slip(
            "end = 2027-06-01T06:00:00Z", "",
            "plan.toml, line 15: “end” in [schedule] is missing; an incremental export needs one, such as end = 2027-06-01T06:00:00Z, six months after its start."
        ),
        Slip(
            "2027-06-01", "2026-11-01",
            "plan.toml, line 20: “end” in [schedule]: The end is before the start."),
        Slip(
            "start = 2026-12-01T06:00:00Z\nend = 2027", "start = 2025-12-01T06:00:00Z\nend = 2026",
            "plan.toml, line 20: “end” in [schedule]: The end has gone by: nothing would ever be exported."),
        Slip(
            "end =", "password = \"hunter2\"\nend =",
            "plan.toml, line 20: “password” in [schedule] is a secret, which a plan never holds; take it out, keep it in an account and name that with account in [destination]."
        ),
        Slip(
            "end =", "datasets = []\nend =",
            "plan.toml, line 20: unknown key “datasets” in [schedule]; it belongs at the top, above the first [table]."
        ),
    ]

    @Test("Every slip is named with its line, its key, what is wrong and what would do", arguments: slips)
    func slip(slip: Slip) {
        let text = PlanFileReadTests.example.replacing(slip.text, with: slip.becomes, maxReplacements: 1)
        #expect(text != PlanFileReadTests.example)
        #expect(Self.error(text)?.description == slip.sentence)
    }

    @Test(
        "Secrets of every destination are refused wherever they stand, and are not repeated",
        arguments: [
            "s3SecretKey", "s3Role", "connectionString", "servicePrincipalKey", "secretAccessKey", "password",
            "sshKey", "Password",
        ], ["", "[destination]\n", "[schedule]\n"])
    func secrets(key: String, header: String) throws {
        let line = "\(key) = \"hunter2\"\n"
        let text =
            header.isEmpty
            ? line + PlanFileReadTests.example
            : PlanFileReadTests.example.replacing(header, with: header + line)
        let error = try #require(Self.error(text))
        guard case .secret = error.problem else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.description.contains("hunter2"))
    }

    @Test("Lines are right after comments, lists and strings over several lines")
    func lines() {
        let text = """
            # mode = "wrong"
            name = '''
            datasets = "wrong"
            [schedule]
            '''
            datasets = [
                "a = b",  # ] "
                "[schedule]",
            ]
            [ "destination" ]
            name = "a"

            [schedule]
            mode = "never"
            """
        #expect(
            Self.error(text)?.description
                == "plan.toml, line 14: “mode” in [schedule] is “never” and must be one of incremental, full."
        )
    }

    @Test("Text that is not TOML is refused with its line")
    func notTOML() throws {
        let error = try #require(Self.error("name = \"a\"\ndatasets = [\n"))
        #expect(error.description.hasPrefix("plan.toml, line 2: is not TOML: "))
        #expect(error.description.hasSuffix("."))
    }

    @Test(
        "A bracket without a table's name is refused like any other text that is not TOML",
        arguments: ["[]", "[=", "[[[a]]]", "[ [a]]", "[\n]", "[é]", "[[]]", "[\t.a]"])
    func namelessTable(text: String) {
        #expect(
            Self.error("# plan\n  " + text)?.description
                == "plan.toml, line 2: is not TOML: a bracket at the start of a line is followed by a table's name."
        )
    }

    @Test(
        "A date without a whole hour after it is refused like any other text that is not TOML",
        arguments: ["2026-12-01T", "2026-12-01T]", "2026-12-01tZ:", "[2026-12-01 1]", "2026-12-01T1:00:00Z"])
    func dateWithoutTime(text: String) {
        #expect(
            Self.error("[schedule]\nstart = " + text)?.description
                == "plan.toml, line 2: is not TOML: a date is followed by two digits of the hour.")
    }

    @Test(
        "A list that ends in a brace is refused like any other text that is not TOML",
        arguments: ["[}", "[1, }]", "{a=[}]"])
    func bracePairs(text: String) {
        #expect(
            Self.error("a = " + text)?.description
                == "plan.toml, line 1: is not TOML: a list is closed by a square bracket.")
    }

    @Test(
        "A date alone is TOML, but not an instant",
        arguments: ["2026-12-01", "2026-12-01 ", "2026-12-01 # day", "2026-12-01\t"])
    func dateAlone(text: String) {
        let plan = PlanFileReadTests.example.replacing("2026-12-01T06:00:00Z", with: text)
        #expect(
            Self.error(plan)?.description
                == "plan.toml, line 19: “start” in [schedule] is a date or time without its offset from UTC and must be a date and time such as 2026-12-01T06:00:00Z."
        )
    }
}
