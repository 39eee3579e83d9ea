// Values in the wrong field: what they are taken for, and where their pieces go.
import ExportDomain
import Foundation
import Languages
import Secrets
import Testing

@Suite("A value in the wrong field")
struct MisplacedValueTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: String
        var authentication = 0
        var key: String
        var text: String
        /// What it is taken for; nil where it is in its place.
        var likeness: String?
        var pieces: [String: String] = [:]
        var advice: String?

        var testDescription: String { "\(kind), \(key): \(likeness ?? "in its place")" }
    }

    private static let awsSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    private static let googleSecret = "bGoa+V7g/yqDXvKRqq+JTFn4uQZbPiQJo4pf9RzJ"
    private static let googleID = "GOOG1EQMYJ3TIGV6ZQVYG4XKPZ5MNC2SJ5D7NEXAMPLEIDEXAMPLEIDEXAMPL"
    private static let connectionString =
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net"
    private static let privateKey =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----"
    private static let bucketAndPath = ["bucketName": "acme-exports", "path": "backup/nightly"]

    private static func s3(
        _ key: String, _ text: String, _ likeness: String?, _ pieces: [String: String] = [:],
        advice: String? = nil
    ) -> Case {
        Case(kind: "Amazon S3", key: key, text: text, likeness: likeness, pieces: pieces, advice: advice)
    }

    private static func google(
        _ key: String, _ text: String, _ likeness: String?, _ pieces: [String: String] = [:],
        advice: String? = nil
    ) -> Case {
        Case(
            kind: "Google Cloud Storage", key: key, text: text, likeness: likeness, pieces: pieces,
            advice: advice)
    }

    private static func blob(
        _ key: String, _ text: String, _ likeness: String?, _ pieces: [String: String] = [:],
        advice: String? = nil
    ) -> Case {
        Case(
            kind: "Azure Blob Storage", key: key, text: text, likeness: likeness, pieces: pieces,
            advice: advice)
    }

    private static func lake(
        _ key: String, _ text: String, _ likeness: String?, _ pieces: [String: String] = [:]
    ) -> Case {
        Case(kind: "Azure Data Lake Gen2", key: key, text: text, likeness: likeness, pieces: pieces)
    }

    private static func sftp(
        _ key: String, _ text: String, _ likeness: String?, _ pieces: [String: String] = [:],
        advice: String? = nil, authentication: Int = 0
    ) -> Case {
        Case(
            kind: "SFTP", authentication: authentication, key: key, text: text, likeness: likeness,
            pieces: pieces, advice: advice)
    }

    static let places: [Case] = [
        s3(
            "bucketName", "s3://acme-exports/backup/nightly", "s3://acme-exports/backup/nightly",
            bucketAndPath),
        s3(
            "path", " \"s3a://acme-exports/backup/nightly/\"\n", "s3://acme-exports/backup/nightly",
            bucketAndPath),
        s3("bucketName", "s3://acme-exports", "s3://acme-exports", ["bucketName": "acme-exports"]),
        s3(
            "bucketName", "https://acme-exports.s3.eu-west-1.amazonaws.com/backup/nightly/",
            "s3://acme-exports/backup/nightly", bucketAndPath),
        s3(
            "path", "https://a.b.c.s3-us-west-2.amazonaws.com/x%20y", "s3://a.b.c/x y",
            ["bucketName": "a.b.c", "path": "x y"]),
        s3(
            "path", "https://s3.dualstack.eu-west-1.amazonaws.com/acme-exports/backup/nightly",
            "s3://acme-exports/backup/nightly", bucketAndPath),
        s3(
            "bucketName", "https://acme-exports.s3.cn-north-1.amazonaws.com.cn/backup/nightly",
            "s3://acme-exports/backup/nightly", bucketAndPath),
        s3(
            "bucketName",
            "https://eu-west-1.console.aws.amazon.com/s3/buckets/acme-exports?region=eu-west-1&prefix=backup/nightly/&showversions=false",
            "s3://acme-exports/backup/nightly", bucketAndPath),
        s3(
            "bucketName", "arn:aws:s3:::acme-exports/backup/nightly", "s3://acme-exports/backup/nightly",
            bucketAndPath),
        s3("bucketName", "acme-exports/backup/nightly", "a bucket with a folder", bucketAndPath),
        s3("bucketName", "acme-exports", nil),
        s3("bucketName", "acme-exports/", nil),
        s3("path", "backup/nightly", nil),
        s3("path", "https://example.com/backup", nil),
        s3("bucketName", "gs://acme-exports/x", "gs://acme-exports/x", advice: "this form is for Amazon S3"),

        google("path", "gs://acme-exports/backup/nightly", "gs://acme-exports/backup/nightly", bucketAndPath),
        google(
            "bucketName", "https://storage.googleapis.com/acme-exports/backup/nightly",
            "gs://acme-exports/backup/nightly", bucketAndPath),
        google(
            "bucketName", "https://acme-exports.storage.googleapis.com/backup/nightly",
            "gs://acme-exports/backup/nightly", bucketAndPath),
        google(
            "bucketName",
            "https://console.cloud.google.com/storage/browser/acme-exports/backup/nightly;tab=objects?project=p",
            "gs://acme-exports/backup/nightly", bucketAndPath),
        google(
            "bucketName", "s3://acme-exports/x", "s3://acme-exports/x",
            advice: "this form is for Google Cloud Storage"),

        blob(
            "container", "https://acme.blob.core.windows.net/exports/backup/nightly",
            "https://acme.blob.core.windows.net/exports/backup/nightly",
            ["container": "exports", "path": "backup/nightly"]),
        blob(
            "path", "https://acme.blob.core.windows.net/exports/backup?sv=2024-11-04&sp=rcwdl&sig=abc%3D",
            "https://acme.blob.core.windows.net/exports/backup",
            [
                "container": "exports", "path": "backup",
                "connectionString":
                    "BlobEndpoint=https://acme.blob.core.windows.net;SharedAccessSignature=sv=2024-11-04&sp=rcwdl&sig=abc%3D",
            ]),
        blob(
            "container", "wasbs://exports@acme.blob.core.windows.net/backup",
            "wasbs://exports@acme.blob.core.windows.net/backup", ["container": "exports", "path": "backup"]),
        blob(
            "container", "exports/backup", "a container with a folder",
            ["container": "exports", "path": "backup"]),
        blob("connectionString", connectionString, nil),

        lake("url", "abfss://exports@acme.dfs.core.windows.net", nil),
        lake(
            "url", "abfss://exports@acme.dfs.core.windows.net/backup/nightly",
            "abfss://exports@acme.dfs.core.windows.net/backup/nightly",
            ["url": "abfss://exports@acme.dfs.core.windows.net", "path": "backup/nightly"]),
        lake(
            "path", "https://acme.dfs.core.chinacloudapi.cn/exports/backup",
            "https://acme.dfs.core.chinacloudapi.cn/exports/backup",
            ["url": "abfss://exports@acme.dfs.core.chinacloudapi.cn", "path": "backup"]),
        lake(
            "url", "https://acme.blob.core.windows.net/exports", "https://acme.blob.core.windows.net/exports",
            ["url": "abfss://exports@acme.dfs.core.windows.net"]),

        lake("url", "abfss://exports@acme.dfs.fabric.example.com", nil),
        lake("url", "abfss://exports@acme", nil),
        lake("url", "abfss://exports@acme.dfs.local:10443", nil),
        lake(
            "url", "abfss://exports@acme.dfs.local:10443/backup",
            "abfss://exports@acme.dfs.local:10443/backup",
            ["url": "abfss://exports@acme.dfs.local:10443", "path": "backup"]),
        lake(
            "path", "abfss://exports@acme.z01.dfs.storage.azure.net/backup",
            "abfss://exports@acme.z01.dfs.storage.azure.net/backup",
            ["url": "abfss://exports@acme.z01.dfs.storage.azure.net", "path": "backup"]),
        lake(
            "url", "https://acme.z01.blob.storage.azure.net/exports",
            "https://acme.z01.blob.storage.azure.net/exports",
            ["url": "abfss://exports@acme.z01.dfs.storage.azure.net"]),
        lake(
            "url", "wasbs://exports@acme.blob.example.com", "wasbs://exports@acme.blob.example.com",
            ["url": "abfss://exports@acme.dfs.example.com"]),
        s3(
            "bucketName", "abfss://exports@acme.dfs.example.com/x", "abfss://exports@acme.dfs.example.com/x",
            advice: "this form is for Amazon S3"),
        sftp(
            "domain", "abfss://exports@acme.dfs.example.com", "abfss://exports@acme.dfs.example.com",
            advice: "this form is for SFTP"),

        sftp(
            "domain", "sftp://export@sftp.example.com:2222/srv/backups/",
            "sftp://export@sftp.example.com:2222/srv/backups",
            [
                "domain": "sftp.example.com", "username": "export", "port": "2222",
                "remotePath": "/srv/backups",
            ]),
        sftp(
            "remotePath", "sftp://export@sftp.example.com/~/backups",
            "sftp://export@sftp.example.com/~/backups",
            ["domain": "sftp.example.com", "username": "export", "remotePath": "backups"]),
        sftp(
            "domain", "sftp.example.com:2222", "a host with a port",
            ["domain": "sftp.example.com", "port": "2222"]),
        sftp("domain", "[2001:db8::1]:22", "a host with a port", ["domain": "2001:db8::1", "port": "22"]),
        sftp("domain", "2001:db8::1", nil),
        sftp(
            "domain", "export@sftp.example.com", "a user at a host",
            ["domain": "sftp.example.com", "username": "export"]),
        sftp(
            "domain", "export@sftp.example.com:backups/nightly", "a host with a folder",
            ["domain": "sftp.example.com", "username": "export", "remotePath": "backups/nightly"]),
        sftp(
            "domain", "export@sftp.example.com:/srv/backups", "a host with a folder",
            ["domain": "sftp.example.com", "username": "export", "remotePath": "/srv/backups"]),
        sftp(
            "domain", "https://sftp.example.com/", "https://sftp.example.com", ["domain": "sftp.example.com"]),
        sftp("domain", "sftp.example.com", nil),
        sftp("remotePath", "/srv/backups", nil),
        sftp("remotePath", "s3://acme/x", "s3://acme/x", advice: "this form is for SFTP"),
    ]

    static let credentials: [Case] = [
        s3(
            "s3AccessKey", "AKIAIOSFODNN7EXAMPLE \(awsSecret)", "an access key with its secret",
            ["s3AccessKey": "AKIAIOSFODNN7EXAMPLE", "s3SecretKey": awsSecret]),
        s3(
            "s3SecretKey", "Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,\(awsSecret)\r\n",
            "an access key with its secret",
            ["s3AccessKey": "AKIAIOSFODNN7EXAMPLE", "s3SecretKey": awsSecret]),
        s3(
            "s3AccessKey", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = \(awsSecret)",
            "an access key with its secret",
            ["s3AccessKey": "AKIAIOSFODNN7EXAMPLE", "s3SecretKey": awsSecret]),
        s3(
            "bucketName", "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE\nAWSSecretKey=\(awsSecret)",
            "an access key with its secret",
            ["s3AccessKey": "AKIAIOSFODNN7EXAMPLE", "s3SecretKey": awsSecret]),
        s3("s3SecretKey", "AKIAIOSFODNN7EXAMPLE", "an access key", ["s3AccessKey": "AKIAIOSFODNN7EXAMPLE"]),
        s3("s3AccessKey", awsSecret, "a secret key", ["s3SecretKey": awsSecret]),
        s3("s3AccessKey", "AKIAIOSFODNN7EXAMPLE", nil),
        s3("s3SecretKey", awsSecret, nil),
        s3(
            "s3AccessKey", "arn:aws:iam::123456789012:role/export", "a role of AWS",
            advice: "choose “Assumed Role” as authentication"),
        google(
            "accessKeyId", "\(googleID) \(googleSecret)", "an access key with its secret",
            ["accessKeyId": googleID, "secretAccessKey": googleSecret]),
        blob(
            "container", connectionString, "a connection string of Azure Storage",
            ["connectionString": connectionString]),
        s3(
            "bucketName", connectionString, "a connection string of Azure Storage",
            advice: "this form is for Amazon S3"),
        sftp(
            "password", privateKey, "a private key",
            advice: "choose “SFTP with SSH Key” as authentication"),
        sftp("username", privateKey, "a private key", ["sshKey": privateKey], authentication: 1),
        sftp("sshKey", privateKey, nil, authentication: 1),
        sftp(
            "sshKey", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here", "a public key",
            advice: "the private one is needed, in the file without .pub", authentication: 1),
        sftp(
            "sshKey", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none", "a key of PuTTY",
            advice: "convert it with puttygen KEY.ppk -O private-openssh -o KEY", authentication: 1),
        s3(
            "s3SecretKey", privateKey, "a private key", advice: "Amazon S3 does not sign in with a key"),
    ]

    @Test("is taken for what it is, and its pieces go where they belong", arguments: places + credentials)
    func recognised(example: Case) throws {
        let found = try Self.find(example)
        #expect(found?.likeness.english == example.likeness)
        #expect(found?.advice?.english == example.advice)
        let pieces = (found?.pieces ?? []).map { piece -> (String, String) in
            if case .secret(let secret) = piece.answer { return (piece.key, secret.reveal()) }
            return (piece.key, piece.answer.text)
        }
        #expect(Dictionary(pieces) { first, _ in first } == example.pieces)
    }

    @Test("is described without its secret", arguments: places + credentials)
    func withoutSecret(example: Case) throws {
        guard let found = try Self.find(example) else { return }
        let sentence = found.sentence(Text("press Ctrl-Y")).english + "\(found)"
        for piece in found.pieces {
            guard case .secret(let secret) = piece.answer else { continue }
            #expect(found.holdsSecret)
            #expect(!sentence.contains(secret.reveal()))
        }
        #expect(!sentence.contains("sig="))
    }

    @Test("is offered to be put right in one sentence")
    func sentence() throws {
        let place = try Self.find(Self.s3("bucketName", "s3://acme-exports/backup", nil))
        #expect(
            place?.sentence(Text("press Ctrl-Y")).english
                == "This looks like s3://acme-exports/backup: press Ctrl-Y to put acme-exports into Bucket name and backup into Folder path"
        )
        let pair = try Self.find(Self.s3("s3AccessKey", "AKIAIOSFODNN7EXAMPLE,\(Self.awsSecret)", nil))
        #expect(
            pair?.sentence(Text("press Ctrl-Y")).english
                == "This looks like an access key with its secret: press Ctrl-Y to put AKIAIOSFODNN7EXAMPLE into Amazon S3 access key and the secret into Amazon S3 secret key"
        )
        let url = try Self.find(Self.sftp("domain", "sftp://export:pass@h.example.com/x", nil))
        #expect(
            url?.sentence(Text("press F2")).english
                == "This looks like sftp://export@h.example.com/x: press F2 to put h.example.com into Domain, export into Username, the secret into Password and /x into Folder path"
        )
    }

    @Test(
        "does not confuse whoever types anything else",
        arguments: [
            "", " ", "://", "s3://", "https://", "https:///x", "sftp://@:/", "a:b:c", "@", ":", "[", "]:",
            "%",
            "%zz", "https://x.s3.amazonaws.com", "arn:aws:s3:::", "\"", "\"\"", "user@", "host:", "gs:///",
            "abfss://@.dfs.core.windows.net", "https://a.blob.core.windows.net", "s3://%ff/%",
            String(repeating: "s3://", count: 100_000),
        ])
    func odd(text: String) throws {
        for spec in try ConnectionSpecTests.catalog.get().destinations {
            let fields = Self.fields(of: spec, authentication: 0)
            for field in fields {
                let found = spec.misplacedValue(text, in: field.id, of: fields)
                #expect(found?.pieces.allSatisfy { !$0.answer.isEmpty } ?? true)
            }
        }
    }

    @Test(
        "loses what clearly does not belong to it when its field is left",
        arguments: [
            ("bucketName", " acme-exports\n", "acme-exports", "blanks or quotes"),
            ("bucketName", "'acme-exports'", "acme-exports", "blanks or quotes"),
            ("path", "/backups/nightly/", "backups/nightly", "slashes"),
            ("path", " \"/backups\" ", "backups", "blanks or quotes and slashes"),
        ])
    func tidied(key: String, text: String, expected: String, taken: String) throws {
        let spec = try Self.spec("Amazon S3")
        let field = try #require(spec.targetForm.fields().first { $0.id == key })
        let tidied = try #require(field.tidied(text))
        #expect(tidied.text == expected)
        #expect(tidied.notice.english == "Took \(taken) off the ends of \(field.title)")
        #expect(field.tidied(expected) == nil)
    }

    @Test("keeps the root of a server and the blanks of a password")
    func notTidied() throws {
        let spec = try Self.spec("SFTP")
        let fields = Self.fields(of: spec, authentication: 0)
        let path = try #require(fields.first { $0.id == "remotePath" })
        #expect(path.tidied("/srv/backups") == nil)
        #expect(path.tidied("/") == nil)
        #expect(path.tidied("/srv/backups/")?.text == "/srv/backups")
        let password = try #require(fields.first { $0.id == "password" })
        #expect(password.tidied(" pass ") == nil)
    }

    private static func find(_ example: Case) throws -> MisplacedValue? {
        let spec = try spec(example.kind)
        let fields = fields(of: spec, authentication: example.authentication)
        #expect(fields.contains { $0.id == example.key })
        return spec.misplacedValue(example.text, in: example.key, of: fields)
    }

    private static func spec(_ name: String) throws -> ConnectionSpec {
        try #require(try ConnectionSpecTests.catalog.get().destinations.first { $0.name == name })
    }

    private static func fields(of spec: ConnectionSpec, authentication: Int) -> [FormModel.Field] {
        let ways = spec.authSpecs.dropFirst(authentication).prefix(1)
        return ways.flatMap { FormModel(schema: $0.spec).fields() } + spec.targetForm.fields()
    }
}
