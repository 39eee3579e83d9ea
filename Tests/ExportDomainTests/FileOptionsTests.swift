// File type, compression and manifest: what goes together and what files are called.
import ExportDomain
import Testing

@Suite("File options")
struct FileOptionsTests {
    @Test(
        "Each file type and compression has its own extension, and only uncompressed JSON is refused",
        arguments: [
            (DatasetFileType.json, Compression.gzip, "json.gz", true),
            (.json, .none, "json", false),
            (.parquet, .none, "parquet", true),
            (.parquet, .gzip, "gz.parquet", true),
        ])
    func extensions(
        fileType: DatasetFileType, compression: Compression, fileExtension: String, isAllowed: Bool
    ) {
        let options = FileOptions(fileType: fileType, compression: compression, includesManifest: false)
        #expect(options.fileExtension == fileExtension)
        #expect(options.isAllowed == isAllowed)
    }

    @Test("The parameters of a target connection give the options back", arguments: [true, false])
    func parameters(includesManifest: Bool) {
        for fileType in DatasetFileType.allCases {
            for compression in Compression.allCases {
                let options = FileOptions(
                    fileType: fileType, compression: compression, includesManifest: includesManifest)
                #expect(FileOptions(parameters: options.parameters) == options)
            }
        }
    }

    @Test("The manifest is off unless it is asked for")
    func manifestDefault() {
        let options = FileOptions(parameters: ["datasetFileType": "JSON", "compression": "GZIP"])
        #expect(options?.includesManifest == false)
    }

    @Test(
        "Parameters without a known file type and compression give no options",
        arguments: [
            [:],
            ["datasetFileType": "JSON"],
            ["compression": "GZIP"],
            ["datasetFileType": "CSV", "compression": "GZIP"],
            ["datasetFileType": "JSON", "compression": "BZIP2"],
            ["datasetFileType": "json", "compression": "GZIP"],
            ["datasetFileType": .bool(true), "compression": "GZIP"],
        ] as [[String: JSONValue]])
    func unknown(parameters: [String: JSONValue]) {
        #expect(FileOptions(parameters: parameters) == nil)
    }
}
