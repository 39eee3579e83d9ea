// A token that ends in the middle of an export on a platform that another machine serves: no token outlives the server
// that gave it.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("A token that ends in the middle of an export")
struct ExpiredTokenTests {
    @Test("is replaced by another one, without a word, and the export comes to its end")
    func replaced() throws {
        let platform = try ServedPlatform()
        try platform.login()
        #expect(platform.signIns == 1)
        // Due only some time after it was made, and so it is waited for.
        let plan = try platform.plan(start: Date(timeIntervalSinceNow: 45))
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = platform.program.home.path
        let said = try TemporaryFolder()
        let export = try ChildProcess(
            [try Sluice.path, "export", plan, "--json"], environment: environment,
            output: said.file("output"), errors: said.file("errors"))
        while !platform.server.log.contains("POST /data/foundation/flowservice/flows 201"), !export.hasEnded {
            usleep(10_000)
        }
        let port = try #require(platform.server.start.url.split(separator: ":").last)
        #expect(platform.server.stop(SIGTERM) == 0)
        let next = try ServingSluice(
            home: platform.far.home.path,
            [
                "--certificate", platform.certificates.certificate, "--key", platform.certificates.key,
                "--sandbox", "prod=\(platform.far.home.path)",
            ], port: String(port))
        let status = export.wait()
        let errors = String(decoding: try said.bytes(of: "errors"), as: UTF8.self)
        #expect(status == 0, Comment(rawValue: errors))
        #expect(!errors.contains("401") && !errors.contains("token"), Comment(rawValue: errors))
        let lines = next.log.split(separator: "\n")
        #expect(lines.contains { $0.contains(" 401 ") }, Comment(rawValue: next.log))
        #expect(lines.count { $0.contains("POST /ims/token/v3 200") } == 1, Comment(rawValue: next.log))
        let files = tree(platform.zone + "/out").filter { $0.hasSuffix(".json.gz") }
        #expect(files.count == 1)
        // The new token is kept for the commands that follow.
        let listed = try platform.run("flows", "list")
        #expect(listed.status == 0 && listed.output.contains("Once"), Comment(rawValue: listed.errors))
        #expect(next.log.split(separator: "\n").count { $0.contains("POST /ims/token/v3 200") } == 1)
    }
}
