// Where the files of a run go and what they are called.
import ExportDomain
import Testing

@Suite("Export layout")
struct ExportLayoutTests {
    @Test(
        "A run writes into the connection's folder, then the template's folders",
        arguments: [
            (
                "folder-name-you-provided", "%DATASET_ID%/%EXPORT_TIME%",
                "folder-name-you-provided/65a0f0c2b1d2e3f405162738/exportTime=202601050607"
            ),
            ("/a/b/", "/%SANDBOX_NAME%/", "a/b/prod"),
            ("", "%SANDBOX_NAME%", "prod"),
            ("/", "%SANDBOX_NAME%", "prod"),
            ("backups", "/", "backups"),
            ("/", "/", ""),
        ])
    func folders(connectionFolder: String, template: String, folder: String) throws {
        let layout = ExportLayout(
            connectionFolder: connectionFolder, template: try FolderTemplate(template),
            context: FolderTemplateTests.context())
        #expect(layout.folder == folder)
        #expect(layout.path(of: "x.json") == (folder.isEmpty ? "x.json" : folder + "/x.json"))
    }

    @Test("A folder that was laid out before is taken as it is, without slashes at its ends")
    func existingFolder() {
        #expect(ExportLayout(folder: "/a/b/").folder == "a/b")
    }
}

@Suite("Part file names")
struct PartFileNameTests {
    static let experiencePlatformNames = [
        "part-00000-tid-253136349007858095-a93bcf2e-d8c5-4dd6-8619-5c662e261097-672704-1-c000.parquet",
        "part-00000-tid-4172098795867639101-0b8c5520-9999-4cff-bdf5-1f32c8c47cb9-451986-1-c000.json",
    ]

    @Test("Experience Platform's own names are read and written back", arguments: experiencePlatformNames)
    func realNames(name: String) throws {
        #expect(try #require(PartFileName(name)).description == name)
    }

    @Test("The parts of a name are told apart")
    func fields() throws {
        let name = try #require(PartFileName(Self.experiencePlatformNames[0]))
        #expect(
            name
                == PartFileName(
                    part: 0, transaction: 253_136_349_007_858_095,
                    job: "a93bcf2e-d8c5-4dd6-8619-5c662e261097", task: 672_704, attempt: 1, fileInTask: 0,
                    fileExtension: "parquet"))
    }

    @Test(
        "Names have Experience Platform's shape, with each of the extensions",
        arguments: ["json.gz", "parquet", "gz.parquet"], [0, 7, 99_999])
    func shape(fileExtension: String, part: Int) throws {
        let name = PartFileName(
            part: part, transaction: .max, job: "3f2a1b0c-1111-4222-8333-444455556666", task: 17,
            fileExtension: fileExtension)
        let shape =
            /part-(\d{5})-tid-(\d{1,19})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d+)-(\d+)-c(\d{3})\.(json\.gz|parquet|gz\.parquet)/
        #expect(name.description.wholeMatch(of: shape) != nil)
        #expect(PartFileName(name.description) == name)
    }

    @Test("A run of more than 99,999 parts keeps its names apart")
    func manyParts() {
        let name = PartFileName(
            part: 100_000, transaction: 1, job: "3f2a1b0c-1111-4222-8333-444455556666", task: 1,
            fileExtension: "json.gz")
        #expect(name.description.hasPrefix("part-100000-tid-"))
        #expect(PartFileName(name.description) == name)
    }

    @Test(
        "Any other name is not taken for a part",
        arguments: [
            "", "part-00000.json.gz",
            "part-0000-tid-1-3f2a1b0c-1111-4222-8333-444455556666-1-1-c000.json",
            "part-00000-tid-99999999999999999999-3f2a1b0c-1111-4222-8333-444455556666-1-1-c000.json",
            "part-00000-tid-9999999999999999999-3f2a1b0c-1111-4222-8333-444455556666-1-1-c000.json",
            "part-00000-tid-1-3F2A1B0C-1111-4222-8333-444455556666-1-1-c000.json",
            "part-00000-tid-1-3f2a1b0c-1111-4222-8333-444455556666-1-1-c000.csv",
            "part-00000-tid-1-3f2a1b0c-1111-4222-8333-444455556666-1-1-c000.json.tmp",
            "x/part-00000-tid-1-3f2a1b0c-1111-4222-8333-444455556666-1-1-c000.json",
            "part-٠٠٠٠٠-tid-1-3f2a1b0c-1111-4222-8333-444455556666-1-1-c000.json",
        ])
    func otherNames(name: String) {
        #expect(PartFileName(name) == nil)
    }
}
