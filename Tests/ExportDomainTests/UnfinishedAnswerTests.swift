// Answers in the middle of being typed: what can still become right is not called wrong.
import FoundationEssentials
import Secrets
import Testing

@testable import ExportDomain

@Suite("An answer that is being typed")
struct UnfinishedAnswerTests {
    private func field(_ kind: String, _ id: String) throws -> FormModel.Field {
        let spec = try #require(
            try ConnectionSpecCatalog.embedded().destinations.first { $0.name == kind })
        let fields = spec.authSpecs.flatMap { FormModel(schema: $0.spec).fields() } + spec.targetForm.fields()
        return try #require(fields.first { $0.id == id })
    }

    @Test(
        "is not wrong as long as it can become right",
        arguments: [
            ("Amazon S3", "s3AccessKey", "AKIA", true), ("Amazon S3", "s3AccessKey", "akia", false),
            ("Amazon S3", "s3AccessKey", "AKIAIOSFODNN7EXAMPLEX", false),
            ("Amazon S3", "bucketName", "a", true),
            ("Amazon S3", "bucketName", "ac", true), ("Amazon S3", "bucketName", "acme-exports-", true),
            ("Amazon S3", "bucketName", "A", false), ("Amazon S3", "bucketName", "acme_exports", false),
            ("Azure Blob Storage", "container", "ex", true), ("Azure Blob Storage", "container", "-", false),
            ("Google Cloud Storage", "bucketName", "ac", true),
            ("Google Cloud Storage", "bucketName", "google", false),
        ])
    func texts(kind: String, id: String, text: String, canBecomeRight: Bool) throws {
        let unfinished = try field(kind, id).unfinished(.value(.string(text)))
        #expect((unfinished != nil) == canBecomeRight)
    }

    @Test("says what it should look like, of a secret nothing")
    func sentence() throws {
        let key = try field("Amazon S3", "s3AccessKey").unfinished(.value("AK"))
        #expect(key?.description == "Not complete yet; like AKIAIOSFODNN7EXAMPLE")
        let secret = try field("Amazon S3", "s3SecretKey").unfinished(.secret(Secret("abc")))
        #expect(secret?.description == "Not complete yet")
        #expect(try field("Amazon S3", "s3SecretKey").unfinished(.secret(Secret("a b"))) == nil)
    }

    @Test("that no folder is called is told at once, however long a pattern would think about it")
    func slashes() throws {
        let path = try field("Amazon S3", "path")
        let text = "a" + String(repeating: "/", count: 200) + " b"
        #expect(path.unfinished(.value(.string(text))) == nil)
        #expect(
            path.problem(with: .value(.string(text)))?.description
                == "Two slashes in a row leave a folder without a name")
    }

    @Test("that is right, or empty, misses nothing", arguments: ["", "acme-exports"])
    func complete(text: String) throws {
        #expect(try field("Amazon S3", "bucketName").unfinished(.value(.string(text))) == nil)
    }

    @Test(
        "is a date as long as a day can begin like it",
        arguments: [
            ("2", true), ("2026", true), ("2026-", true), ("2026-1", true), ("2026-12-3", true),
            ("2026-02-2", true), ("2026-02-3", false), ("2026-13", false), ("2026-1-", false),
            ("1969", false),
            ("20a", false), ("2026-12-01", false), ("2026-12-011", false),
        ])
    func dates(text: String, canBecomeRight: Bool) {
        #expect(Typing.canBecomeDate(text) == canBecomeRight)
    }

    @Test(
        "is a time of day as long as one can begin like it",
        arguments: [
            ("0", true), ("2", true), ("3", false), ("06", true), ("06:", true), ("06:5", true),
            ("06:6", false),
            ("24", false), ("06:00", false),
        ])
    func times(text: String, canBecomeRight: Bool) {
        #expect(Typing.canBecomeTime(text) == canBecomeRight)
    }

    @Test(
        "is a template as long as its last macro can be one",
        arguments: [
            ("%", true), ("%DATASET_", true), ("%DATASET_ID%/%EXP", true), ("%DATASET_ID%/%EXPX", false),
            ("a//%DATA", false), ("%DATASET_ID%", false), ("%EXPORT_TIME%/%DATETIME(", false),
        ])
    func templates(text: String, canBecomeRight: Bool) {
        #expect(FolderTemplate.canBeginWith(text) == canBecomeRight)
    }

    @Test(
        "is a number within its bounds, and one that can grow into them is not too small yet",
        arguments: [
            ("5", "Must be a number from 10 to 500", true), ("0", "Must be a number from 10 to 500", false),
            ("501", "Must be a number from 10 to 500", false), ("10", nil, false),
            ("x", "Must be a whole number", false),
            ("1.5", "Must be a whole number", false), ("-5", "Must be a number from 10 to 500", false),
        ] as [(String, String?, Bool)])
    func numbers(text: String, problem: String?, canGrow: Bool) throws {
        let schema = JSONSchema(properties: ["count": number(["integer"], 10, 500)])
        let field = try #require(FormModel(schema: schema).fields().first)
        #expect(field.problem(with: .value(.string(text)))?.description == problem)
        #expect((field.unfinished(.value(.string(text))) != nil) == canGrow)
    }

    private func number(_ types: [String], _ minimum: Double, _ maximum: Double) -> JSONSchema.Property {
        var property = JSONSchema.Property(types: types)
        property.minimum = minimum
        property.maximum = maximum
        return property
    }

    @Test(
        "has a kind that follows from its schema",
        arguments: [
            (JSONSchema.Property(format: "date"), FieldKind.date),
            (JSONSchema.Property(format: "date-time"), .dateTime),
            (JSONSchema.Property(format: "password"), .secret),
            (JSONSchema.Property(types: ["boolean"]), .toggle),
            (JSONSchema.Property(types: ["number"]), .number(NumberBounds(isWhole: false))),
            (JSONSchema.Property(types: ["integer", "string"]), .number(NumberBounds())),
            (JSONSchema.Property(choices: ["a", "b"]), .choice(["a", "b"])), (JSONSchema.Property(), .text),
        ])
    func kinds(property: JSONSchema.Property, kind: FieldKind) {
        #expect(FieldKind(property) == kind)
    }

    @Test("is sent as a number where it is one, and bounds are read from the schema as it comes")
    func decoded() throws {
        let json =
            #"{"properties": {"n": {"type": "integer", "minimum": 3, "maximum": 6, "title": "Count"}}}"#
        let schema = try JSONDecoder().decode(JSONSchema.self, from: Data(json.utf8))
        let form = FormModel(schema: schema)
        #expect(form.fields().first?.kind == .number(NumberBounds(minimum: 3, maximum: 6)))
        #expect(form.parameters(from: ["n": .value("4")]) == ["n": .integer(4)])
    }
}
