// Exports by a role of AWS that is assumed with the keys of the environment.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("sluice with an assumed role")
struct AssumedRoleTests {
    private let program: Sluice
    private let inputs: TemporaryFolder
    private let server: SeaweedFS
    private let bucket: String

    init() async throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
        server = try await SeaweedFS.shared()
        bucket = try await server.makeBucket()
    }

    private func environment(role: String = "export", hasKeys: Bool = true) -> [String: String] {
        let role = ["ROLE": "arn:aws:iam::123456789012:role/\(role)"]
        guard hasKeys else { return role.merging(["AWS_ACCESS_KEY_ID": ""]) { $1 } }
        return role.merging([
            "AWS_ACCESS_KEY_ID": server.admin.id, "AWS_SECRET_ACCESS_KEY": server.admin.secret,
        ]) { $1 }
    }

    private var add: [String] {
        [
            "destinations", "add", "s3", "--name", "Archive", "--auth", "Assumed Role", "s3Role=env:ROLE",
            "region=eu-central-1", "endpoint=http://127.0.0.1:\(server.front)", "bucketName=\(bucket)",
            "path=nightly", "datasetFileType=JSON", "compression=GZIP", "includeFileManifest=true",
        ]
    }

    private func run(_ arguments: [String], _ environment: [String: String]) throws -> GuardedRun {
        try program.guarded(server.admin.secret, arguments, environment: environment)
    }

    @Test(
        "sets the destination up, exports with the keys of the role, verifies every file, and says who it is")
    func whole() async throws {
        let environment = environment()
        let added = try run(add + ["--probe"], environment)
        #expect(added.status == 0, Comment(rawValue: added.errors))
        let tested = try run(["destinations", "test", "Archive"], environment)
        #expect(tested.status == 0, Comment(rawValue: tested.errors))
        let data = try inputs.write("a.json", (0..<1_000).map { "{\"n\":\($0)}\n" }.joined())
        #expect(try program("datasets", "add", "Orders", data).status == 0)
        let plan = try inputs.write(
            "plan.toml",
            """
            name = "Nightly"
            datasets = ["Orders"]
            [destination]
            name = "Archive"
            [schedule]
            mode = "full"
            """)
        let exported = try run(["export", plan], environment)
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        let verified = try run(["verify", "Nightly", "--deep"], environment)
        #expect(verified.status == 0, Comment(rawValue: verified.output + verified.errors))

        let requests = try await server.seen(containing: bucket)
        #expect(requests.contains { $0.method == "PUT" && $0.path.contains("/nightly/") })
        // Everything was asked for by the role's keys, and never by those that it was assumed with.
        #expect(requests.allSatisfy { $0.headers["x-amz-security-token"] != nil })
        let version = try program("--version").output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(!version.isEmpty)
        #expect(Set(requests.map { $0.headers["user-agent"] }) == ["sluice/\(version)"])
    }

    @Test(
        "says at its field that a role may not be assumed, or that nobody is named who may, and saves nothing"
    )
    func refused() async throws {
        for (environment, words) in [
            (environment(role: "other"), "the right sts:AssumeRole is missing"),
            (environment(hasKeys: false), "Nobody is named who may assume the role"),
        ] {
            let added = try run(add, environment)
            #expect(added.status == 1, Comment(rawValue: added.errors))
            #expect(added.errors.contains(words), Comment(rawValue: added.errors))
            #expect(try program("destinations", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
        }
        #expect(try await server.seen(containing: bucket).isEmpty)
    }
}
