// The catalogue of destinations that comes with the program.
import ExportDomain
import Testing

@Suite("Connection specs")
struct ConnectionSpecTests {
    static let catalog = Result { try ConnectionSpecCatalog.embedded() }

    static func spec(_ name: String) throws -> ConnectionSpec {
        try #require(try catalog.get().destinations.first { $0.name == name })
    }

    static let destinations = [
        (
            "Amazon S3", "4fce964d-3f37-408f-9778-e597338a21ee", "269ba276-16fc-47db-92b0-c1049a3c131f",
            ["Access Key", "Assumed Role"]
        ),
        (
            "Azure Blob Storage", "6d6b59bf-fb58-4107-9064-4d246c0e5bb2",
            "95bd8965-fc8a-4119-b9c3-944c2c2df6d2", ["ConnectionString"]
        ),
        (
            "Azure Data Lake Gen2", "be2c3209-53bc-47e7-ab25-145db8b873e1",
            "17be2013-2549-41ce-96e7-a70363bec293", ["Azure Service Principal Auth"]
        ),
        (
            "Data Landing Zone", "10440537-2a7b-4583-ac39-ed38d4b848e8",
            "cd2fc47e-e838-4f38-a581-8fff2f99b63a", []
        ),
        (
            "Google Cloud Storage", "c5d93acb-ea8b-4b14-8f53-02138444ae99",
            "585c15c4-6cbf-4126-8f87-e26bff78b657", ["Google Cloud Storage authentication credentials"]
        ),
        (
            "SFTP", "36965a81-b1c6-401b-99f8-22508f1e6a26", "354d6aad-4754-46e4-a576-1b384561c440",
            ["SFTP with Password", "SFTP with SSH Key"]
        ),
    ]

    @Test("There are six destinations, in the order of Experience Platform's tutorial")
    func order() throws {
        #expect(try Self.catalog.get().destinations.map(\.name) == Self.destinations.map(\.0))
    }

    @Test(
        "Each destination has the ids that Experience Platform knows it by, and its ways to sign in",
        arguments: destinations)
    func ids(name: String, id: String, flowSpecID: String, authentications: [String]) throws {
        let spec = try Self.spec(name)
        #expect(spec.id.rawValue == id)
        #expect(spec.flowSpecID.rawValue == flowSpecID)
        #expect(spec.version == "1.0")
        #expect(spec.authSpecs.map(\.name) == authentications)
    }

    @Test("The source of every export is the data lake")
    func source() throws {
        let source = try Self.catalog.get().dataLakeSource
        #expect(source.id == "23598e46-f560-407b-88d5-ea6207e49db0")
        #expect(source.version == "1.0")
    }

    @Test("The folder is kept under path, and under remotePath for SFTP", arguments: destinations.map(\.0))
    func folderKey(name: String) throws {
        #expect(try Self.spec(name).folderKey == (name == "SFTP" ? "remotePath" : "path"))
    }
}
