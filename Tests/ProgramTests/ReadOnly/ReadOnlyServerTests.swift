// `sluice serve` where nothing may be changed: it answers who looks, and refuses and runs whatever else there is.
import Foundation
import TestFiles
import Testing

@Suite("A server that is read-only")
struct ReadOnlyServerTests {
    @Test("answers what is looked at, refuses every change with a sentence, and runs nothing that is due")
    func serves() throws {
        let home = try FurnishedHome()
        let due = try home.inputs.wholePlan(named: "Due", to: "Zone", start: "2026-01-01T00:00:00Z")
        try #require(try home.program("export", due, "--no-wait").status == 0)
        let before = contents(of: home.program.home.path)
        let server = try ServingSluice(home: home.program.home.path, ["--read-only"])
        let token = try #require(server.start.token)
        let answers = try Sluice.python(
            """
            import json, sys, urllib.error, urllib.request
            start = json.load(open(sys.argv[1]))
            base = start["url"] + "/data/foundation/flowservice"
            fields = {"Authorization": "Bearer " + start["token"], "x-api-key": start["client"],
                      "x-gw-ims-org-id": start["organization"], "x-sandbox-name": start["sandboxes"][0],
                      "Content-Type": "application/json"}
            def ask(method, path, body=None):
                request = urllib.request.Request(base + path, body, fields, method=method)
                try:
                    answer = urllib.request.urlopen(request)
                    return answer.status, json.load(answer)
                except urllib.error.HTTPError as error:
                    return error.code, json.load(error)
            status, flows = ask("GET", "/flows")
            flow = flows["items"][0]["id"]
            search = ask("POST", "/flows/search", b"{}")[0]
            changes = [ask("POST", "/flows/" + flow + "/action?op=disable"), ask("DELETE", "/flows/" + flow),
                       ask("POST", "/flows", b"{}"), ask("PATCH", "/flows/" + flow, b"[]")]
            print(status, len(flows["items"]), search not in (403, 405), {change[0] for change in changes},
                  changes[0][1]["errorMessage"])
            """, server.output)
        #expect(
            answers == "200 2 True {403} This server is read-only: nothing can be changed through it.")
        #expect(try server.status(token: token) == 200)
        #expect(!server.log.contains("Dataflows are run as they fall due"))
        #expect(server.stop(SIGTERM) == 0)
        // Its credentials, too, are kept nowhere.
        #expect(contents(of: home.program.home.path) == before)
        #expect(try home.program("runs", "list", "Due", "--json").output.contains("\"id\"") == false)
    }
}
