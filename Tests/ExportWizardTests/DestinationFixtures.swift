// Destinations of all six kinds, with their accounts, and the screens on which they are set up.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import TerminalKit
import TextLiterals

@testable import ExportWizard

extension Fixture {
    /// Secrets that may be in no frame and no description.
    static let secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    static let privateKey =
        (["-----BEGIN OPENSSH PRIVATE KEY-----"]
        + (1...25).map { "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\($0)" }
        + ["-----END OPENSSH PRIVATE KEY-----", ""]).joined(separator: "\n")
    static let hostKey = HostKey(
        host: "[sftp.example.com]:2222", algorithm: "ssh-ed25519",
        fingerprint: "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8")

    static let homeFolder = FolderContents([
        FolderContents.Entry(name: ".ssh", isFolder: true),
        FolderContents.Entry(name: ".profile", isFolder: false, bytes: 807),
        FolderContents.Entry(name: "exports", isFolder: true),
        FolderContents.Entry(name: "東京 notes\u{202E}.txt", isFolder: false, bytes: 52_001),
    ])
    static let keyFolder = FolderContents([
        FolderContents.Entry(name: "config", isFolder: false, bytes: 1_204),
        FolderContents.Entry(name: "id_ed25519", isFolder: false, bytes: 411),
        FolderContents.Entry(name: "id_ed25519.pub", isFolder: false, bytes: 98),
        FolderContents.Entry(name: "known_hosts", isFolder: false, bytes: 2_210),
        FolderContents.Entry(name: "old keys", isFolder: true),
    ])

    static func kinds() throws -> [ConnectionSpec] { try ConnectionSpecCatalog.embedded().destinations }

    static func kind(_ name: String) throws -> ConnectionSpec {
        guard let kind = try kinds().first(where: { $0.name == name }) else { throw Missing() }
        return kind
    }

    static func accounts() throws -> [BaseConnection] {
        try [
            account(
                1, "Backup user", kind("Amazon S3"), "Access Key", ["s3AccessKey": "AKIAIOSFODNN7EXAMPLE"]),
            account(
                2, "export at sftp.example.com", kind("SFTP"), "SFTP with SSH Key",
                ["domain": "sftp.example.com", "username": "export", "port": "2222"]),
        ]
    }

    private static func account(
        _ number: Int, _ name: String, _ spec: ConnectionSpec, _ authentication: String,
        _ answers: [String: String]
    ) -> BaseConnection {
        BaseConnection(
            id: Identifier("00000000-0000-4000-8000-00000000010\(number)"), connectionSpecID: spec.id,
            draft: BaseConnection.Draft(
                name: name,
                authentication: BaseConnection.Authentication(
                    specName: authentication, answers: answers.mapValues { .value(.string($0)) },
                    storedSecrets: ["s3SecretKey", "sshKey"])),
            revision: Revision(createdAt: now, updatedAt: now, etag: "\"0\""))
    }

    /// Two in S3 with one account, one on a server.
    static func connections() throws -> [TargetConnection] {
        try [
            connection(
                1, "Nightly backups", kind("Amazon S3"), account: 1,
                ["bucketName": "acme-exports", "path": "backups/nightly"]),
            connection(
                2, "Archive", kind("Amazon S3"), account: 1,
                ["bucketName": "acme-archive", "path": "exports"]),
            connection(3, "Auditors", kind("SFTP"), account: 2, ["remotePath": "/srv/audit"]),
        ]
    }

    private static func connection(
        _ number: Int, _ name: String, _ spec: ConnectionSpec, account: Int, _ parameters: [String: String]
    ) -> TargetConnection {
        TargetConnection(
            id: Identifier("00000000-0000-4000-8000-00000000020\(number)"),
            draft: TargetConnection.Draft(
                name: name, description: "Kept for ten years", connectionSpecID: spec.id,
                baseConnectionID: Identifier("00000000-0000-4000-8000-00000000010\(account)"),
                parameters: parameters.mapValues(JSONValue.string).merging([
                    "datasetFileType": "PARQUET", "compression": "GZIP", "includeFileManifest": true,
                ]) { own, _ in own }),
            revision: Revision(
                createdAt: now.addingTimeInterval(-3_600 * Double(number)), updatedAt: now, etag: "\"0\""))
    }
}

extension Session {
    /// A wizard with all kinds, and three destinations with two accounts.
    static func withAllKinds() throws -> Session {
        var session = Session()
        session.send(.started)
        session.answer(.catalogue(try Fixture.kinds(), try Fixture.connections(), try Fixture.accounts()))
        return session
    }

    /// The form of a new destination of a kind, when there are no others.
    static func form(of kind: String) throws -> Session {
        var session = Session()
        session.send(.started)
        session.answer(.catalogue(try Fixture.kinds(), [], []))
        session.press(.character("n"))
        let index = try Fixture.kinds().firstIndex { $0.name == kind } ?? 0
        for _ in 0..<index { session.press(.down) }
        session.press(.enter)
        return session
    }

    /// A form of S3 that is filled in.
    static func filledS3() throws -> Session {
        var session = try form(of: "Amazon S3")
        session.fill([
            "s3AccessKey": "AKIAIOSFODNN7EXAMPLE", "s3SecretKey": Fixture.secretKey, "name": "Nightly",
            "bucketName": "acme-exports", "path": "backups",
        ])
        return session
    }

    /// A form of SFTP with a key that is filled in.
    static func filledSFTP() throws -> Session {
        var session = try form(of: "SFTP")
        session.press(.character(" "))
        session.fill([
            "domain": "sftp.example.com", "username": "export", "name": "Auditors",
            "remotePath": "/srv/audit",
        ])
        session.goTo("port")
        session.press(.control("u"))
        session.type("2222")
        session.goTo("sshKey")
        session.send(.paste(Secret(Fixture.privateKey)))
        return session
    }

    /// Types into fields, each where it is.
    mutating func fill(_ texts: [String: String]) {
        for field in wizard.setup?.form.fields ?? [] {
            guard let text = texts[field.id] else { continue }
            goTo(field.id)
            type(text)
        }
    }

    /// Goes to a field with Tab.
    mutating func goTo(_ id: String) {
        for _ in 0..<40 where wizard.setup?.form.focused?.id != id { press(.tab) }
    }

    /// A test of the form that got through looking.
    mutating func lookPasses() {
        press(.enter)
        reportTest(passed: [.resolve, .connect, .identify, .authenticate, .list])
    }
}

extension ScreenName {
    /// The screens of setting up destinations.
    func destinationSession() throws -> Session {
        switch self {
        case .kinds:
            var session = try Session.withAllKinds()
            session.press(.character("n"))
            return session
        case .kindsOfServer:
            var session = try Session.withAllKinds()
            session.press(.character("n"), .end)
            return session
        case .destinationPlaces: return try Session.withAllKinds()
        case .s3Form: return try Session.form(of: "Amazon S3")
        case .s3Role:
            var session = try Session.form(of: "Amazon S3")
            session.press(.character(" "), .tab)
            return session
        case .s3Filled:
            var session = try Session.filledS3()
            session.goTo("s3SecretKey")
            return session
        case .sftpKey: return try Session.filledSFTP()
        case .offer:
            var session = try Session.form(of: "Amazon S3")
            session.goTo("bucketName")
            session.send(.paste(Secret("s3://acme-exports/backups/nightly\n")))
            return session
        case .offerOfSecret:
            var session = try Session.form(of: "Amazon S3")
            session.goTo("s3AccessKey")
            session.send(
                .paste(
                    Secret("Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,\(Fixture.secretKey)\r\n")
                ))
            return session
        case .secretFile:
            var session = try Session.filledSFTP()
            session.press(.control("o"))
            session.answer(.folderContents(Fixture.homeFolder))
            session.type(".ssh/")
            session.answer(.folderContents(Fixture.keyFolder))
            session.type("id_ed25519")
            return session
        case .editDestination:
            var session = try Session.withAllKinds()
            session.press(.character("e"))
            return session
        case .editServer:
            var session = try Session.withAllKinds()
            session.press(.end, .character("e"))
            session.goTo("sshKey")
            return session
        case .removeDestination:
            var session = try Session.withAllKinds()
            session.press(.character("x"))
            return session
        case .removeInUse:
            var session = try Session.withAllKinds()
            session.press(.character("x"), .character("y"))
            session.answer(
                .failed(
                    RequestFailure(
                        reason:
                            "The destination “Nightly backups” is used by “Web events to Nightly backups”, “Orders, hourly”."
                    )))
            return session
        case .testRunning:
            var session = try Session.filledS3()
            session.press(.enter)
            session.report(.resolve, .passed(Text("s3.eu-west-1.amazonaws.com")))
            session.report(.connect, .passed(Text("TLS 1.3")))
            session.report(.identify, .passed(nil))
            session.report(.authenticate, .running)
            return session
        case .testBesideForm:
            var session = try ScreenName.testFailed.session()
            session.press(.enter)
            return session
        case .testFailed:
            var session = try Session.filledS3()
            session.press(.enter)
            session.reportTest(
                passed: [.resolve, .connect, .identify],
                then: DestinationTestReport(
                    step: .authenticate,
                    outcome: .failed(
                        reason: Text(
                            "Amazon S3 does not know the access key AKIAIOSFODNN7EXAMPLE (InvalidAccessKeyId). Look whether it was deleted or made inactive in IAM, whether it belongs to another partition than s3.eu-west-1.amazonaws.com, and type it anew. Request 4442587FB7D0A2F9."
                        ),
                        field: "s3AccessKey")))
            return session
        case .testProbe:
            var session = try Session.filledS3()
            session.lookPasses()
            return session
        case .testUnproven:
            var session = try ScreenName.testProbe.session()
            session.press(.character("n"))
            return session
        case .testPassed:
            var session = try ScreenName.testProbe.session()
            session.press(.character("y"))
            session.reportTest(passed: DestinationTestStep.allCases)
            return session
        case .hostKey:
            var session = try Session.filledSFTP()
            session.press(.enter)
            session.reportTest(
                passed: [.resolve, .connect],
                then: DestinationTestReport(step: .identify, outcome: .unknownHostKey(Fixture.hostKey)))
            return session
        case .hostKeyRefused:
            var session = try ScreenName.hostKey.session()
            session.press(.character("n"))
            return session
        case .saveAnyway:
            var session = try ScreenName.testFailed.session()
            session.press(.character("s"))
            return session
        case .verificationExpiring:
            var reports = Fixture.finishedReports()
            for index in reports.indices {
                reports[index].expiry = Fixture.now.addingTimeInterval(6.5 * 86_400)
            }
            return try Session.verifying(reports)
        case .verificationLongPlace:
            var session = try Session.verifying(Fixture.reports())
            session.wizard.verification?.place =
                "abfss://exports@acmelakeproduction.dfs.core.windows.net/backups/nightly"
            return session
        default: throw Fixture.Missing()
        }
    }
}

extension Session {
    mutating func report(_ step: DestinationTestStep, _ outcome: DestinationTestReport.Outcome) {
        guard let token = wizard.setup?.test?.token else { return }
        send(.answered(token: token, .tested(DestinationTestReport(step: step, outcome: outcome))))
    }
}
