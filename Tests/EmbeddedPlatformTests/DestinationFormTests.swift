import DestinationStorages
import ExportDomain
import Secrets
import Testing

@testable import EmbeddedPlatform

@Suite("The forms of destinations on the embedded platform")
struct DestinationFormTests {
    private func spec(_ name: String) throws -> ConnectionSpec {
        try #require(try Destinations.specs().first { $0.name == name })
    }

    @Test(
        "Ways to sign in ask for what they must, then for secrets, and last for what only this platform has",
        arguments: [
            ("Amazon S3", "Access Key", ["s3AccessKey", "s3SecretKey", "region?", "endpoint?"]),
            (
                "Amazon S3", "Assumed Role",
                ["s3Role", "externalId?", "s3AccessKey?", "s3SecretKey?", "region?", "endpoint?"]
            ),
            ("Azure Blob Storage", "ConnectionString", ["connectionString"]),
            (
                "Azure Data Lake Gen2", "Azure Service Principal Auth",
                ["url", "tenant", "servicePrincipalId", "servicePrincipalKey"]
            ),
            ("Data Landing Zone", "SAS URL", ["sasUri"]),
            (
                "Google Cloud Storage", "Google Cloud Storage authentication credentials",
                ["accessKeyId", "secretAccessKey", "endpoint?"]
            ),
            ("SFTP", "SFTP with Password", ["domain", "username", "port?", "password"]),
            ("SFTP", "SFTP with SSH Key", ["domain", "username", "port?", "sshKey", "sshKeyPassphrase?"]),
            ("SFTP", "SSH Agent", ["domain", "username", "port?"]),
        ])
    func authenticationFields(name: String, way: String, expected: [String]) throws {
        let fields = try #require(try spec(name).authenticationForm(way)).fields()
        #expect(fields.map { $0.isRequired ? $0.id : $0.id + "?" } == expected)
        #expect(fields.allSatisfy { $0.title != $0.id && $0.help != nil })
    }

    @Test("The key of a KMS is asked for only where one encrypts")
    func encryption() throws {
        let form = try spec("Amazon S3").targetForm
        let others = ["bucketName", "path", "datasetFileType", "compression", "includeFileManifest"]
        #expect(form.fields().map(\.id) == others + ["serverSideEncryption"])
        let answers: FormAnswers = ["serverSideEncryption": .value("aws:kms")]
        #expect(form.fields(for: answers).map(\.id) == others + ["serverSideEncryption", "kmsKeyId"])
    }

    @Test("Keys of Amazon have Amazon's form, those of other stores any")
    func otherStores() throws {
        let form = try #require(try spec("Amazon S3").authenticationForm("Access Key"))
        var answers: FormAnswers = [
            "s3AccessKey": .value("minioadmin"), "s3SecretKey": .secret(Secret("minioadmin")),
        ]
        #expect(Set(form.problems(in: answers).keys) == ["s3AccessKey", "s3SecretKey"])
        answers["endpoint"] = .value("http://127.0.0.1:9000")
        #expect(form.problems(in: answers).isEmpty)
        answers["endpoint"] = .value("127.0.0.1:9000")
        #expect(Set(form.problems(in: answers).keys) == ["endpoint"])
        #expect(form.problems(in: answers)["endpoint"]?.description.contains("like https://") == true)
    }

    @Test("A private key of 4096 bits fits")
    func longKeys() throws {
        let form = try #require(try spec("SFTP").authenticationForm("SFTP with SSH Key"))
        let answers: FormAnswers = [
            "domain": .value("sftp.example.com"), "username": .value("acme"),
            "sshKey": .secret(Secret(String(repeating: "aB3+", count: 1_500))),
        ]
        #expect(form.problems(in: answers).isEmpty)
    }

    @Test("Only the landing zone does without credentials")
    func requiresAuthentication() throws {
        for spec in try Destinations.specs() {
            #expect(spec.requiresAuthentication == (spec.name != "Data Landing Zone"))
            #expect((spec.problem(with: nil) == nil) == (spec.name == "Data Landing Zone"))
        }
    }
}
