// What a server of this program tells of a run's files, beyond what Experience Platform does.
import ExportDomain
import FlowServiceAPI
import Foundation
import Testing

@Suite("The record of a run's files, on its way to a client")
struct RunRecordTests {
    private static let empty =
        #"{"id":"5b0c","flowId":"7a6e","metrics":{"fileSummary":{"outputFileCount":2}}}"#

    private func entity(_ text: String = empty) throws -> RunEntity {
        try RunEntity(reading: Array(text.utf8))
    }

    private func sent(_ record: RunRecord) throws -> RunRecord? {
        var entity = try entity()
        try entity.set(record)
        #expect(try entity.metrics?.fileSummary?.outputFileCount == 2)
        return try RunEntity(reading: entity.body()).record()
    }

    @Test(
        "Where its manifest lies is read from the files that the platform lists, if it lists it",
        arguments: [
            (
                #"{"fileInfo":[{"pathPrefix":"/acme/out/part-0.json.gz"},{"pathPrefix":"/acme/out/NAME"}]}"#,
                "/acme/out/NAME"
            ),
            (#"{"input":[],"output":[{"path":"out/NAME","outputBytes":7}]}"#, "out/NAME"),
            (#"{"x":[{"path":"https://acct.blob.core.windows.net/c/out/NAME?sig=secret"}]}"#, "/c/out/NAME"),
            (
                #"{"fileInfo":[{"path":"https://platform.adobe.io/meta?path=NAME","pathPrefix":"/in/a.csv"}]}"#,
                nil
            ),
            (#"{"fileInfo":[{"pathPrefix":"/out/x-NAME"},{"pathPrefix":"NAME/part"}]}"#, nil),
            (#"{"fileInfo":{"pathPrefix":"NAME"}}"#, nil), (#"{"fileInfo":[7,null,"NAME",{"path":7}]}"#, nil),
            ("{}", nil), ("[]", nil), (#""NAME""#, nil), ("null", nil),
        ] as [(String, String?)])
    func manifest(listed: String, path: String?) throws {
        let name = Manifest.fileName(flow: "7a6e", run: "5b0c")
        let entity = try entity(
            #"""
            {"id":"5b0c","flowId":"7a6e","etag":"\"1\"","createdAt":1,"updatedAt":1,
             "metrics":{"fileSummary":{"outputFileCount":2,"manifest":\#(listed.replacing("NAME", with: name))}}}
            """#)
        let run = try entity.run()
        #expect(
            run.metrics.manifestPath == path?.replacing("NAME", with: name) && run.metrics.outputFiles == 2)
    }

    @Test("It arrives as it was sent", arguments: ["", "backups/65a0", "Zoë/日本 🎉"])
    func roundTrip(folder: String) throws {
        let path = { (name: String) in folder.isEmpty ? name : "\(folder)/\(name)" }
        let record = RunRecord(
            folder: folder, manifestPath: path("manifest.json"),
            files: [
                ExportedFile(path: path("a.json.gz"), bytes: 12, records: 3, digest: "00ff"),
                ExportedFile(path: path("\u{301}b"), bytes: 0),
            ], filesOfOtherRuns: [path("c"), path("d")])
        #expect(try sent(record) == record)
        let none = RunRecord(folder: folder, manifestPath: nil, files: [])
        #expect(try sent(none) == none)
    }

    @Test("Of very many files only the folder and the manifest are told")
    func manyFiles() throws {
        let files = (0..<10_001).map { ExportedFile(path: "in/\($0)", bytes: 1) }
        let record = RunRecord(folder: "in", manifestPath: "in/m.json", files: files)
        let read = try #require(try sent(record))
        #expect(read.folder == "in" && read.manifestPath == "in/m.json" && read.files == nil)
    }

    @Test("A platform that says nothing has no record")
    func absent() throws {
        #expect(try entity().record() == nil)
        #expect(try entity(#"{"id":"5b0c","flowId":"7a6e"}"#).record() == nil)
        for extensions in [#"{"x":1}"#, #"{"folder":1}"#, #""words""#, "[]", "null"] {
            let entity = try entity(
                #"{"id":"5","flowId":"7","metrics":{"fileSummary":{"extensions":\#(extensions)}}}"#)
            #expect(try entity.record() == nil)
        }
    }

    @Test(
        "A folder that is none is refused, and names that lead out of it",
        arguments: [
            #"{"folder":"in","files":[{"name":"../x","bytes":1}]}"#,
            #"{"folder":"in","files":[{"name":"","bytes":1}]}"#,
            #"{"folder":"in","files":[{"bytes":1}]}"#, #"{"folder":"in","files":[{"name":"x"}]}"#,
            #"{"folder":"in","files":[],"otherNames":["/etc/x"]}"#,
            #"{"folder":"in","manifestName":"a/b"}"#, #"{"folder":"in","manifestName":".."}"#,
            #"{"folder":"../etc"}"#, #"{"folder":"in/../../etc","files":[]}"#, #"{"folder":"a//b"}"#,
        ])
    func hostile(extensions: String) throws {
        let entity = try entity(
            #"{"id":"5","flowId":"7","metrics":{"fileSummary":{"extensions":\#(extensions)}}}"#)
        #expect(throws: WireError.self) { try entity.record() }
    }
}
