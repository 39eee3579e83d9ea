// The folders of each run: macros, what they become, and what keeps a template from being used.
import ExportDomain
import Foundation
import Testing

@Suite("Folder template")
struct FolderTemplateTests {
    static func context(
        datasetName: String = "Loyalty Members", instanceID: Identifier<TargetConnection>? = "target-1"
    ) -> FolderContext {
        FolderContext(
            dataset: DatasetReference(id: "65a0f0c2b1d2e3f405162738", name: datasetName),
            destination: "Data Landing Zone", instanceName: "Nightly", instanceID: instanceID,
            place: Place(organizationName: "Acme", sandboxName: "prod"),
            exportTime: instant("2026-01-05T06:07:09Z"))
    }

    static func expand(_ template: String, _ context: FolderContext = context()) throws -> String {
        try FolderTemplate(template).expand(context)
    }

    @Test(
        "Every macro becomes what it stands for",
        arguments: [
            ("%DATASET_ID%", "65a0f0c2b1d2e3f405162738"),
            ("%DATASET_NAME%", "Loyalty Members"),
            ("%DESTINATION%", "Data Landing Zone"),
            ("%DESTINATION_INSTANCE_NAME%", "Nightly"),
            ("%DESTINATION_INSTANCE_ID%", "target-1"),
            ("%SANDBOX_NAME%", "prod"),
            ("%ORGANIZATION_NAME%", "Acme"),
            ("%EXPORT_TIME%", "exportTime=202601050607"),
            ("%DATETIME(YYYYMMdd_HHmmss)%", "20260105_060709"),
        ])
    func macros(template: String, folder: String) throws {
        #expect(try Self.expand(template) == folder)
    }

    @Test("The offered macros are the nine of the dialog, and each is a template of its own")
    func offered() throws {
        #expect(
            FolderMacro.offered.map(\.name) == [
                "DATASET_ID", "DATASET_NAME", "DESTINATION", "DESTINATION_INSTANCE_NAME",
                "DESTINATION_INSTANCE_ID", "SANDBOX_NAME", "ORGANIZATION_NAME", "EXPORT_TIME",
                "DATETIME(YYYYMMdd_HHmmss)",
            ])
        for macro in FolderMacro.offered { #expect(try !Self.expand("%\(macro.name)%").isEmpty) }
    }

    @Test(
        "Text between macros is kept, slashes separate folders, and slashes at the ends do not count",
        arguments: [
            ("%DATASET_ID%/%EXPORT_TIME%", "65a0f0c2b1d2e3f405162738/exportTime=202601050607"),
            (
                "%DESTINATION%_%DATASET_ID%_%DATETIME(YYYYMMdd_HHmmss)%",
                "Data Landing Zone_65a0f0c2b1d2e3f405162738_20260105_060709"
            ),
            ("/daily/%SANDBOX_NAME%/", "daily/prod"),
            ("fixed", "fixed"),
            ("/", ""),
        ])
    func expansion(template: String, folder: String) throws {
        #expect(try Self.expand(template) == folder)
    }

    @Test("The standard template is a folder for the dataset and in it one for each run")
    func standard() throws {
        #expect(FolderTemplate.standard.text == "%DATASET_ID%/%EXPORT_TIME%")
        #expect(try FolderTemplate(FolderTemplate.standard.text) == .standard)
    }

    @Test("The id of a destination that does not exist yet is shown as open")
    func unknownInstance() throws {
        #expect(try Self.expand("%DESTINATION_INSTANCE_ID%", Self.context(instanceID: nil)) == "‹id›")
    }

    @Test(
        "A DATETIME pattern takes year, month, day, hour, minute and second in UTC",
        arguments: [
            ("YYYY", "2026"), ("yyyy-MM-dd", "2026-01-05"), ("DD.MM.YYYY", "05.01.2026"), ("HHmm", "0607"),
            ("HH-mm-ss", "06-07-09"), ("YYYY--MM", "2026--01"),
        ])
    func dateTime(pattern: String, folder: String) throws {
        #expect(try Self.expand("%DATETIME(\(pattern))%") == folder)
    }

    @Test("YYYY is the calendar year, also in the days that a week year counts to the next")
    func calendarYear() throws {
        var context = Self.context()
        context.exportTime = instant("2024-12-30T00:00:00Z")
        #expect(try Self.expand("%DATETIME(YYYYMMdd)%", context) == "20241230")
    }

    @Test(
        "A template that cannot be used says why",
        arguments: [
            ("", .empty),
            ("%DATASET_ID", .unfinishedMacro("DATASET_ID")),
            ("100%", .unfinishedMacro("")),
            ("%%", .unknownMacro("")),
            ("%dataset_id%", .unknownMacro("dataset_id")),
            ("%SEGMENT_NAME%", .unknownMacro("SEGMENT_NAME")),
            ("%DATETIME%", .unknownMacro("DATETIME")),
            ("%DATETIME()%", .badDateTime("")),
            ("%DATETIME(YY)%", .badDateTime("YY")),
            ("%DATETIME(YYYY/MM)%", .badDateTime("YYYY/MM")),
            ("%DATETIME(YYYY MM)%", .badDateTime("YYYY MM")),
            ("%DATETIME(hh)%", .badDateTime("hh")),
            ("%EXPORT_TIME%/%DATETIME(YYYY)%", .bothTimes),
            ("//", .badFolder("")),
            ("a//b", .badFolder("")),
            ("a/../b", .badFolder("..")),
            ("./%DATASET_ID%", .badFolder(".")),
            ("a\\b", .badCharacter),
            ("a\u{0}b", .badCharacter),
            ("a\nb", .badCharacter),
            ("../\u{301}x", .badFolder("..")),
        ] as [(String, FolderTemplateProblem)])
    func problems(template: String, problem: FolderTemplateProblem) {
        #expect(throws: problem) { try FolderTemplate(template) }
    }

    @Test("The same time macro may be used twice")
    func sameTimeTwice() throws {
        #expect(try Self.expand("%DATETIME(YYYY)%/%DATETIME(MM)%") == "2026/01")
    }

    @Test(
        "Every problem of a template says what would do",
        arguments: [
            (.empty, "Needs a template; / alone puts all files into the destination's folder"),
            (.unfinishedMacro("DATASET_ID"), "The macro %DATASET_ID has no closing %"),
            (.unknownMacro("X"), "%X% is not a macro; ones like %DATASET_ID% are listed beside"),
            (.badDateTime("YY"), "DATETIME(YY) may have YYYY, MM, dd, HH, mm, ss and - _ . between them"),
            (.bothTimes, "Use %EXPORT_TIME% or %DATETIME(…)%, not both"),
            (.badFolder(""), "Two slashes in a row leave a folder without a name"),
            (.badFolder(".."), "A folder cannot be called “..”"),
            (.badCharacter, "Has a control character or a backslash, which no folder name takes"),
        ] as [(FolderTemplateProblem, String)])
    func sentences(problem: FolderTemplateProblem, sentence: String) {
        #expect(problem.description == sentence)
    }

    @Test(
        "A template under which runs or datasets meet in one folder gives a warning",
        arguments: [
            ("%DATASET_ID%/%EXPORT_TIME%", 2, .daily, []),
            ("%DATASET_NAME%/%DATETIME(YYYY)%", 2, .daily, []),
            ("%DATASET_ID%", 2, .daily, [.runsShareAFolder]),
            ("%DATASET_ID%", 2, .once, []),
            ("%EXPORT_TIME%", 2, .daily, [.datasetsShareAFolder]),
            ("%EXPORT_TIME%", 1, .daily, []),
            ("/", 2, .hourly(every: 3), [.runsShareAFolder, .datasetsShareAFolder]),
        ] as [(String, Int, ExportFrequency, [FolderTemplateWarning])])
    func warnings(
        template: String, datasetCount: Int, frequency: ExportFrequency, warnings: [FolderTemplateWarning]
    ) throws {
        let template = try FolderTemplate(template)
        #expect(template.warnings(datasetCount: datasetCount, frequency: frequency) == warnings)
    }

    @Test("A name never makes two folders, whatever is in it")
    func hostileName() throws {
        let context = Self.context(datasetName: "../../etc/passwd")
        #expect(try Self.expand("%DATASET_NAME%", context) == "..%2F..%2Fetc%2Fpasswd")
    }
}
