// Forms: which fields a destination has, and which answers will do.
import ExportDomain
import Languages
import Secrets
import Testing

@Suite("Forms")
struct FormModelTests {
    static let options: FormAnswers = [
        "datasetFileType": .value("JSON"), "compression": .value("GZIP"), "path": .value("backups"),
    ]

    static func target(_ name: String) throws -> FormModel { try ConnectionSpecTests.spec(name).targetForm }

    static func authentication(_ name: String) throws -> FormModel {
        let forms = try ConnectionSpecTests.catalog.get().destinations.flatMap(\.authSpecs)
        return FormModel(schema: try #require(forms.first { $0.name == name }).spec)
    }

    // MARK: Fields

    @Test(
        "A target form asks first what must be answered, in the spec's order, and hides what is for audiences",
        arguments: [
            ("Amazon S3", ["bucketName", "path"]), ("Azure Blob Storage", ["container", "path"]),
            ("Azure Data Lake Gen2", ["path"]), ("Data Landing Zone", ["path"]),
            ("Google Cloud Storage", ["bucketName", "path"]), ("SFTP", ["remotePath"]),
        ])
    func targetFields(name: String, location: [String]) throws {
        let fields = try Self.target(name).fields()
        #expect(fields.map(\.id) == location + ["datasetFileType", "compression", "includeFileManifest"])
        #expect(fields.map(\.isRequired) == fields.map { $0.id != "includeFileManifest" })
    }

    @Test(
        "An authentication form asks for secrets last",
        arguments: [
            ("Access Key", ["s3AccessKey"], ["s3SecretKey"]),
            ("Assumed Role", [], ["s3Role"]),
            ("ConnectionString", [], ["connectionString"]),
            (
                "Azure Service Principal Auth", ["url", "tenant", "servicePrincipalId"],
                ["servicePrincipalKey"]
            ),
            ("Google Cloud Storage authentication credentials", ["accessKeyId"], ["secretAccessKey"]),
            ("SFTP with Password", ["domain", "username", "port"], ["password"]),
            ("SFTP with SSH Key", ["domain", "username", "port"], ["sshKey"]),
        ])
    func authenticationFields(name: String, open: [String], secret: [String]) throws {
        let fields = try Self.authentication(name).fields()
        #expect(fields.map(\.id) == open + secret)
        #expect(fields.filter { $0.kind == .secret }.map(\.id) == secret)
        #expect(fields.filter { !$0.isRequired }.map(\.id) == open.filter { $0 == "port" })
    }

    @Test("Fields are labelled as in Experience Platform and offer its choices")
    func kinds() throws {
        let fields = try Self.target("Data Landing Zone").fields()
        #expect(
            fields.map(\.title) == [
                "Folder path", "File Type", "Compression format", "Include manifest file",
            ])
        #expect(
            fields.map(\.kind) == [.text, .choice(["JSON", "PARQUET"]), .choice(["NONE", "GZIP"]), .toggle])
        #expect(fields.last?.defaultAnswer == .value(false))
        #expect(try Self.authentication("SFTP with Password").fields()[2].kind == .number(NumberBounds()))
    }

    // MARK: Answers

    @Test(
        "Bucket and container names that the storage takes are taken, and no others",
        arguments: [
            ("Amazon S3", "bucketName", ["acme-exports", "abc", "a.b.c", String(repeating: "a", count: 63)]),
            ("Azure Blob Storage", "container", ["exports", "abc", "a-b-c", "123"]),
            ("Google Cloud Storage", "bucketName", ["acme-exports", "acme_exports", "a.b-c", "abc"]),
        ])
    func goodNames(name: String, key: String, values: [String]) throws {
        let form = try Self.target(name)
        for value in values {
            let answers = Self.options.merging([key: .value(.string(value))]) { $1 }
            #expect(form.problems(in: answers).isEmpty, "\(value)")
        }
    }

    @Test(
        "A bucket or container name that the storage refuses is refused with an example",
        arguments: [
            (
                "Amazon S3", "bucketName", "acme-exports",
                [
                    "ab", "Acme", "a_b", "-abc", "abc-", "192.168.1.1", "a..b", "a b", "abc\n",
                    "bucket/prefix", "s3://bucket", String(repeating: "a", count: 64), "日本語",
                ]
            ),
            (
                "Azure Blob Storage", "container", "exports",
                ["ab", "Exports", "a--b", "-abc", "abc-", "a.b", String(repeating: "a", count: 64), "abc\n"]
            ),
            (
                "Google Cloud Storage", "bucketName", "acme-exports",
                ["goog-x", "my-google-x", "g00gle-x", "ab", "Acme", "-abc", "192.168.1.1.", "abc\n"]
            ),
        ])
    func badNames(name: String, key: String, example: String, values: [String]) throws {
        let form = try Self.target(name)
        for value in values {
            let answers = Self.options.merging([key: .value(.string(value))]) { $1 }
            #expect(form.problems(in: answers) == [key: .doesNotMatch(example: example)], "\(value)")
        }
    }

    @Test(
        "Access keys of Amazon S3 have Amazon's form",
        arguments: [
            ("AKIAIOSFODNN7EXAMPLE", true), ("AKIAIOSFODNN7EXAMPL", false), ("akiaiosfodnn7example", false),
            ("AKIAIOSFODNN8EXAMPL1", false), ("AKIAIOSFODNN7EXAMPLE\n", false),
        ])
    func accessKeys(key: String, isGood: Bool) throws {
        let secret = FormAnswer.secret(Secret(String(repeating: "a/+0", count: 10)))
        let problems = try Self.authentication("Access Key")
            .problems(in: ["s3AccessKey": .value(.string(key)), "s3SecretKey": secret])
        #expect(problems.isEmpty == isGood)
    }

    @Test("A secret is checked against its pattern like any other answer")
    func secretPattern() throws {
        let problems = try Self.authentication("Access Key").problems(in: [
            "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"), "s3SecretKey": .secret(Secret("too short")),
        ])
        #expect(problems == ["s3SecretKey": .doesNotMatch(example: nil)])
    }

    @Test(
        "Folder paths that every destination takes",
        arguments: ["Amazon S3", "Azure Blob Storage", "Azure Data Lake Gen2", "Google Cloud Storage"],
        ["backups", "/backups/nightly/", "a-b_c.d!*'()", "2026"])
    func goodPaths(name: String, path: String) throws {
        let answers = Self.options.merging(["path": .value(.string(path))]) { $1 }
        #expect(try Self.target(name).problems(in: answers)["path"] == nil)
    }

    @Test(
        "Folder paths with characters that Amazon, Google and Azure Blob refuse",
        arguments: ["Amazon S3", "Azure Blob Storage", "Google Cloud Storage"],
        ["with space", "日本語", "a:b", "a&b", "a\"b", "a;b"])
    func badPaths(name: String, path: String) throws {
        let answers = Self.options.merging(["path": .value(.string(path))]) { $1 }
        #expect(
            try Self.target(name).problems(in: answers)["path"] == .doesNotMatch(example: "backups/nightly"))
    }

    @Test(
        "No destination takes a folder path that leaves its folder, or a macro",
        arguments: ConnectionSpecTests.destinations.map(\.0),
        ["../up", "a//b", "a\\b", "a\n", "%DATASET_ID%", "%SEGMENT_ID%"])
    func refusedPaths(name: String, path: String) throws {
        let key = try ConnectionSpecTests.spec(name).folderKey
        #expect(try Self.target(name).problems(in: [key: .value(.string(path))])[key] != nil)
    }

    @Test("An empty form names every field that must be answered, with an example where there is one")
    func missing() throws {
        #expect(
            try Self.target("Amazon S3").problems(in: [:]) == [
                "bucketName": .missing(example: "acme-exports"), "path": .missing(example: "backups/nightly"),
                "datasetFileType": .missing(example: nil), "compression": .missing(example: nil),
            ])
        #expect(
            try Self.target("Data Landing Zone").problems(in: ["path": .value("")])["path"]
                == .missing(example: "backups/nightly"))
    }

    @Test(
        "JSON is refused without compression, in every destination",
        arguments: ConnectionSpecTests.destinations.map(\.0))
    func jsonIsCompressed(name: String) throws {
        let form = try Self.target(name)
        for (fileType, compression, isGood) in [
            ("JSON", "NONE", false), ("JSON", "GZIP", true), ("PARQUET", "NONE", true),
            ("PARQUET", "GZIP", true),
        ] {
            let problem = form.problems(in: [
                "datasetFileType": .value(.string(fileType)), "compression": .value(.string(compression)),
            ])["compression"]
            #expect(problem?.description == (isGood ? nil : "JSON is exported compressed only: choose GZIP"))
        }
    }

    @Test(
        "An answer of the wrong kind is refused, never taken for something else",
        arguments: [
            ("path", .integer(5), .notText), ("path", .bool(true), .notText), ("path", .array([]), .notText),
            ("includeFileManifest", "yes", .notOnOrOff), ("includeFileManifest", .integer(1), .notOnOrOff),
            ("datasetFileType", "CSV", .notAChoice(of: ["JSON", "PARQUET"])),
            ("datasetFileType", .bool(true), .notAChoice(of: ["JSON", "PARQUET"])),
            ("compression", "gzip", .notAChoice(of: ["NONE", "GZIP"])),
        ] as [(String, JSONValue, FieldProblem)])
    func wrongKind(key: String, value: JSONValue, problem: FieldProblem) throws {
        let answers = Self.options.merging([key: .value(value)]) { $1 }
        #expect(try Self.target("Data Landing Zone").problems(in: answers) == [key: problem])
    }

    @Test(
        "A port is a whole number, as a number or as text",
        arguments: [(.integer(22), true), ("22", true), ("ssh", false), (.number(2.5), false), ("", true)]
            as [(JSONValue, Bool)])
    func port(value: JSONValue, isGood: Bool) throws {
        let problems = try Self.authentication("SFTP with Password").problems(in: [
            "domain": .value("sftp.example.com"), "username": .value("me"),
            "password": .secret(Secret("x")), "port": .value(value),
        ])
        #expect(problems == (isGood ? [:] : ["port": .notANumber()]))
    }

    @Test("The credentials are what was given, a key of several lines in the Base64 that the API takes")
    func credentials() throws {
        let spec = try #require(ConnectionSpecTests.catalog.get().destinations.first { $0.name == "SFTP" })
        let form = FormModel(schema: spec.authSpecs[1].spec)
        var answers: FormAnswers = [
            "domain": .value("sftp.example.com"), "username": .value("export"), "port": .value("2222"),
            "sshKey": .secret(Secret("-----BEGIN KEY-----\nAAAA\n-----END KEY-----")),
            "password": .secret(Secret("of the other form")),
        ]
        #expect(
            form.credentials(from: answers) == [
                "domain": .value("sftp.example.com"), "username": .value("export"),
                "port": .value(.integer(2222)),
                "sshKey": .secret(
                    Secret("LS0tLS1CRUdJTiBLRVktLS0tLQpBQUFBCi0tLS0tRU5EIEtFWS0tLS0tCg==")),
            ])
        answers["sshKey"] = .secret(Secret("LS0tLS1CRUdJTg=="))
        #expect(form.credentials(from: answers)["sshKey"] == .secret(Secret("LS0tLS1CRUdJTg==")))
        answers["sshKey"] = .secret(Secret(""))
        #expect(form.credentials(from: answers)["sshKey"] == nil)
    }

    @Test("No answer is longer than any destination takes")
    func tooLong() throws {
        let long = FormAnswer.value(.string(String(repeating: "a", count: FormModel.longestAnswer + 1)))
        let problems = try Self.target("Amazon S3").problems(in: ["path": long])
        #expect(problems["path"] == .tooLong(limit: 4096))
    }

    @Test(
        "An answer made to keep a pattern busy is refused like any other",
        arguments: [
            ("Amazon S3", "path", String(repeating: "/", count: 4094) + "é"),
            ("Amazon S3", "path", String(repeating: "%SEGMENT_ID%/", count: 300) + "é"),
            ("Amazon S3", "bucketName", String(repeating: "a", count: 4095)),
            ("Amazon S3", "bucketName", String(repeating: "a.", count: 31) + "_"),
            ("Google Cloud Storage", "bucketName", String(repeating: "a-", count: 110) + "!"),
            ("Google Cloud Storage", "bucketName", String(repeating: "a", count: 221) + "!"),
        ])
    func hostileAnswer(name: String, key: String, value: String) throws {
        #expect(try Self.target(name).problems(in: [key: .value(.string(value))])[key] != nil)
    }

    @Test("A pattern that does not compile keeps nobody from answering")
    func badPattern() {
        let property = JSONSchema.Property(pattern: "([")
        let form = FormModel(schema: JSONSchema(properties: ["key": property], required: ["key"]))
        #expect(form.problems(in: ["key": .value("anything")]).isEmpty)
    }

    @Test(
        "A condition on another answer shows a field only where it holds",
        arguments: [
            ("EQUALS", "on", true), ("EQUALS", "off", false), ("CONTAINS", "on", true),
            ("NOT_CONTAINS", "on", false), ("NOT_CONTAINS", "off", true), ("SOMETHING_NEW", "off", true),
        ])
    func conditions(operator: String, answer: String, isShown: Bool) {
        let condition = JSONSchema.Conditional(field: "switch", operator: `operator`, value: "on")
        let form = FormModel(
            schema: JSONSchema(
                properties: [
                    "switch": JSONSchema.Property(),
                    "key": JSONSchema.Property(conditional: condition),
                ], required: ["key"]))
        let answers: FormAnswers = ["switch": .value(.string(answer))]
        #expect(form.fields(for: answers).contains { $0.id == "key" } == isShown)
        #expect(form.problems(in: answers).isEmpty != isShown)
    }

    // MARK: Parameters

    @Test("Parameters are the answers with the defaults, without empty, hidden and unknown ones")
    func parameters() throws {
        let answers = Self.options.merging([
            "fileType": .value("CSV"), "unknown": .value("x"), "path": .value("/backups"),
        ]) { $1 }
        #expect(
            try Self.target("Data Landing Zone").parameters(from: answers) == [
                "path": "/backups", "datasetFileType": "JSON", "compression": "GZIP",
                "includeFileManifest": false,
            ])
        #expect(
            try Self.target("Data Landing Zone").parameters(from: ["path": .value("")])
                == ["includeFileManifest": false])
    }

    @Test("Parameters never have a secret, whichever way it was given")
    func parametersWithoutSecrets() throws {
        let parameters = try Self.authentication("SFTP with Password").parameters(from: [
            "domain": .value("sftp.example.com"), "username": .value("me"), "port": .value("2222"),
            "password": .value("hunter2"),
        ])
        #expect(parameters == ["domain": "sftp.example.com", "username": "me", "port": .integer(2222)])
    }

    @Test(
        "Every problem of a field says what would do",
        arguments: [
            (.missing(example: "exports"), "Needs a value, like exports"),
            (.missing(example: nil), "Needs a value"),
            (
                .doesNotMatch(example: "exports"),
                "Has characters or a form that is not taken here; like exports"
            ),
            (.doesNotMatch(example: nil), "Has characters or a form that is not taken here"),
            (.notAChoice(of: ["NONE", "GZIP"]), "Must be one of NONE, GZIP"),
            (.notANumber(), "Must be a whole number"), (.notText, "Must be text"),
            (.notOnOrOff, "Must be true or false"), (.tooLong(limit: 4096), "Is longer than 4096 bytes"),
            (.notAllowed(Text("Because")), "Because"),
        ] as [(FieldProblem, String)])
    func sentences(problem: FieldProblem, sentence: String) {
        #expect(problem.description == sentence)
    }
}
