// `sluice destinations` and `sluice vault`, and where their secrets are not.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("sluice destinations")
struct DestinationsCommandTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// As long as a secret key of Amazon's, and found nowhere else.
    private static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY"
    private static let s3 = [
        "destinations", "add", "s3", "--name", "Archive", "s3AccessKey=AKIAIOSFODNN7EXAMPLE",
        "bucketName=acme-exports", "path=nightly", "datasetFileType=json", "compression=gzip",
        "region=eu-central-1",
    ]
    private static let zone = [
        "destinations", "add", "Data Landing Zone", "--name", "Backups", "path=backups",
        "datasetFileType=JSON", "compression=GZIP", "includeFileManifest=true",
    ]

    private func run(_ arguments: [String]) throws -> Sluice.Outcome {
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        return try Sluice.run(try Sluice.path, arguments, environment: environment)
    }

    private func facts(_ json: String, _ expression: String) throws -> String {
        try Sluice.python("import json,sys; d=json.loads(sys.argv[1]); print(\(expression))", json)
    }

    private func addS3(_ more: String...) throws -> GuardedRun {
        let file = try inputs.write("key", Self.secret + "\n")
        return try program.guarded(
            Self.secret, Self.s3 + ["s3SecretKey=@\(file)", "--no-test"] + more)
    }

    @Test("lists the six kinds with what each needs, and the fields of one")
    func catalogue() throws {
        let all = try program("destinations", "catalog", "--json")
        #expect(all.status == 0, Comment(rawValue: all.errors))
        #expect(try facts(all.output, "len(d), all(k['needs'] for k in d)") == "6 True")
        let one = try program("destinations", "catalog", "sftp")
        #expect(one.output.contains("remotePath") && one.output.contains("SFTP with SSH Key"))
        #expect(one.output.contains("FIELD=@FILE"))
        let s3 = try program("destinations", "catalog", "s3").output
        #expect(s3.contains("like https://minio.example.com\n"))
        #expect(try program("destinations", "catalog", "gcs").output.contains("accessKeyId"))
        let wrong = try program("destinations", "catalog", "azure")
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("“Azure Blob Storage”, “Azure Data Lake Gen2”"))
    }

    @Test("adds a landing zone after testing it, lists, shows, tests and removes it")
    func landingZone() throws {
        let added = try run(Self.zone + ["--probe", "--json"])
        #expect(added.status == 0, Comment(rawValue: added.errors))
        #expect(added.errors.contains("✓ List the folder") && added.errors.contains("✓ Delete it again"))
        #expect(
            try facts(added.output, "d['name'], d['fields']['path'], d['test']['passed'], d['usedBy']")
                == "Backups backups True []")
        #expect(tree(program.home.path + "/landing-zone").filter { !$0.hasSuffix("/") }.isEmpty)
        #expect(try program("destinations").output.contains("Backups"))
        #expect(try program("destinations", "test", "Backups").status == 0)
        #expect(try program("destinations", "show", "Backups").output.contains("datasetFileType"))
        let again = try run(Self.zone)
        #expect(again.status == 1 && again.errors.contains("There is a destination “Backups” already"))
        let edited = try program("destinations", "edit", "Backups", "--name", "Vault", "path=other", "--json")
        #expect(try facts(edited.output, "d['name'], d['fields']['path']") == "Vault other")
        #expect(try program("destinations", "remove", "Vault", "--yes").status == 0)
        #expect(try program("destinations", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
    }

    @Test("takes secrets from a file, the environment and standard input, and shows them nowhere")
    func secrets() throws {
        let file = try inputs.write("key", Self.secret + "\n")
        for (number, way) in ["@" + file, "env:THE_KEY", "-"].enumerated() {
            var arguments = Self.s3 + ["s3SecretKey=\(way)", "--no-test", "--json"]
            arguments[4] = "Archive \(number)"
            let added = try program.guarded(
                Self.secret, arguments, input: way == "-" ? Self.secret + "\n" : "",
                environment: ["THE_KEY": Self.secret])
            #expect(added.status == 0, Comment(rawValue: added.errors))
            #expect(try facts(added.output, "d['secretsSet']") == "['s3SecretKey']")
            #expect(!added.commandLines.isEmpty)
        }
        let shown = try program.guarded(Self.secret, ["destinations", "show", "Archive 1"])
        #expect(shown.output.contains("set, and not shown"))
        #expect(shown.output.contains("s3://acme-exports/nightly"))
    }

    @Test("takes a secret from a pipe, and from a file in the home folder")
    func unusualFiles() throws {
        let pipe = inputs.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let key = try inputs.write("key", Self.secret + "\n")
        let writer = try ChildProcess(["sh", "-c", "cat '\(key)' > '\(pipe)'"])
        for (number, way) in ["@" + pipe, "@~/key"].enumerated() {
            var arguments = Self.s3 + ["s3SecretKey=\(way)", "--no-test", "--json"]
            arguments[4] = "Archive \(number)"
            let added = try program.guarded(Self.secret, arguments, environment: ["HOME": inputs.path])
            #expect(added.status == 0, Comment(rawValue: added.errors))
            #expect(try facts(added.output, "d['secretsSet']") == "['s3SecretKey']")
        }
        #expect(writer.wait() == 0)
    }

    @Test("refuses a secret as an argument with the three ways that there are, and does not repeat it")
    func secretAsArgument() throws {
        let refused = try run(Self.s3 + ["s3SecretKey=\(Self.secret)"])
        #expect(refused.status == 2)
        #expect(!refused.errors.contains(Self.secret))
        for way in ["s3SecretKey=@FILE", "s3SecretKey=env:VARIABLE", "s3SecretKey=-"] {
            #expect(refused.errors.contains(way))
        }
        try program.expectNowhere(Self.secret)
        // The secret alone is not repeated either.
        let bare = try run(Self.s3 + [Self.secret])
        #expect(bare.status == 2 && !bare.errors.contains(Self.secret))
    }

    @Test(
        "says what is missing, unknown or in the wrong field, with exit status 2, and saves nothing",
        arguments: [
            (["bucketNam=x", "s3SecretKey=env:THE_KEY"], "did you mean “bucketName”?"),
            (["bucketName=s3://acme/prefix", "s3SecretKey=env:THE_KEY"], "bucketName=acme"),
            (["compression=zip", "s3SecretKey=env:THE_KEY"], "compression: Must be one of NONE, GZIP"),
            ([], "s3SecretKey (Amazon S3 secret key) is missing: give s3SecretKey=@FILE"),
            (["s3SecretKey=env:NO_SUCH"], "The environment variable NO_SUCH is not set"),
            (["s3SecretKey=@/nowhere/key"], "Cannot read /nowhere/key"),
        ])
    func wrongFields(fields: [String], sentence: String) throws {
        let outcome = try program.guarded(
            Self.secret, Self.s3 + fields, environment: ["THE_KEY": Self.secret])
        #expect(outcome.status == (sentence.hasPrefix("The env") || sentence.hasPrefix("Cannot") ? 1 : 2))
        #expect(outcome.errors.contains(sentence), Comment(rawValue: outcome.errors))
        #expect(try program("destinations", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
    }

    @Test("saves nothing where the test fails, unless that is forced")
    func failedTest() throws {
        let nowhere = Self.s3 + ["s3SecretKey=env:THE_KEY", "endpoint=http://127.0.0.1:1"]
        let environment = ["THE_KEY": Self.secret]
        let failed = try program.guarded(Self.secret, nowhere, environment: environment)
        #expect(failed.status == 1)
        #expect(failed.errors.contains("Nothing was saved: "), Comment(rawValue: failed.errors))
        #expect(failed.errors.contains("  ✗ "), Comment(rawValue: failed.errors))
        #expect(try program("destinations", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
        let forced = try program.guarded(
            Self.secret, nowhere + ["--force", "--json"], environment: environment)
        #expect(forced.status == 0, Comment(rawValue: forced.errors))
        #expect(try facts(forced.output, "d['test']['passed']") == "False")
        let tested = try program.guarded(Self.secret, ["destinations", "test", "Archive"])
        #expect(tested.status == 1)
    }

    @Test("asks for a secret that is missing where somebody can answer, and does not show it")
    func prompt() throws {
        let terminal = try Tmux.start(
            command: [try Sluice.path] + Self.s3 + ["--no-test"], columns: 120,
            environment: ["SLUICE_HOME": program.home.path])
        try terminal.answer("Amazon S3 secret key:", with: Self.secret)
        let screen = try terminal.waitUntil(shows: "s3://acme-exports/nightly")
        #expect(!screen.contains { $0.contains(Self.secret) })
        try program.expectNowhere(Self.secret)
    }

    @Test("a destination in use says by which flows")
    func inUse() throws {
        #expect(try run(Self.zone).status == 0)
        let data = try inputs.write("a.json", "{}\n")
        _ = try program("datasets", "add", "Orders", data)
        let plan = try inputs.write(
            "plan.toml",
            """
            name = "Nightly"
            datasets = ["Orders"]
            [destination]
            name = "Backups"
            [schedule]
            mode = "full"
            """)
        #expect(try program("export", plan).status == 0)
        let refused = try program("destinations", "remove", "Backups", "--yes")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("is used by “Nightly”"))
    }

    @Test("a plan makes its destination with the account that it names, and needs one where the kind does")
    func planWithAccount() throws {
        #expect(try addS3().status == 0)
        let data = try inputs.write("a.json", "{}\n")
        _ = try program("datasets", "add", "Orders", data)
        func plan(_ account: String) throws -> String {
            try inputs.write(
                "plan.toml",
                """
                name = "Nightly"
                datasets = ["Orders"]
                [destination]
                name = "Another folder"
                spec = "Amazon S3"
                \(account)
                bucketName = "acme-exports"
                path = "other"
                datasetFileType = "JSON"
                compression = "GZIP"
                serverSideEncryption = "AES256"
                [schedule]
                mode = "full"
                """)
        }
        let right = try program("export", try plan(#"account = "Archive""#), "--dry-run")
        #expect(right.status == 0, Comment(rawValue: right.errors))
        let none = try program("export", try plan(""), "--dry-run")
        #expect(none.status == 1 && none.errors.contains("needs an account"))
        let unknown = try program("export", try plan(#"account = "Archiv""#), "--dry-run")
        #expect(unknown.status == 1 && unknown.errors.contains("There is no Amazon S3 account “Archiv”"))
        let secret = try program("export", try plan(#"s3SecretKey = "x""#), "--dry-run")
        #expect(secret.status == 1 && secret.errors.contains("which a plan never holds"))
    }

    @Test("the vault gets a passphrase, another, a new key, and none again; the secrets stay")
    func vault() throws {
        #expect(try program("vault", "status").output.contains("no secrets yet"))
        #expect(try addS3().status == 0)
        #expect(try program("vault", "--json").output.contains("key-file"))
        let first = try inputs.write("first", "correct horse\n")
        let second = try inputs.write("second", "battery staple\n")
        let word = "correct horse"
        let set = try program.guarded(word, ["vault", "passphrase", "--new-passphrase-file", first])
        #expect(set.status == 0 && set.errors.contains("1 secret was"), Comment(rawValue: set.errors))
        #expect(try program("vault", "--json").output.contains("passphrase"))
        let locked = try program("vault", "rotate")
        #expect(locked.status == 1 && locked.errors.contains("vault is locked"))
        let wrong = try program("vault", "rotate", "--passphrase-file", second)
        #expect(wrong.status == 1 && wrong.errors.contains("not the vault's passphrase"))
        let rotated = try program.guarded(
            word, ["vault", "rotate"], environment: ["SLUICE_PASSPHRASE": word])
        #expect(rotated.status == 0, Comment(rawValue: rotated.errors))
        let changed = try program.guarded(
            word, ["vault", "passphrase", "--new-passphrase-file", second],
            environment: ["SLUICE_PASSPHRASE_FILE": first])
        #expect(changed.status == 0, Comment(rawValue: changed.errors))
        let removed = try program("vault", "passphrase", "--remove", "--passphrase-file", second)
        #expect(removed.status == 0, Comment(rawValue: removed.errors))
        #expect(try program("vault", "--json").output.contains("key-file"))
        try program.expectNowhere(Self.secret)
        #expect(try program("vault", "reset", "--yes").errors.contains("Removed 1 secret"))
    }
}
