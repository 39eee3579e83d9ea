// The manifest: its name, its exact bytes, and reading it back.
import ExportDomain
import Foundation
import Testing

@Suite("Manifest")
struct ManifestTests {
    static let sample =
        #"{"flowRunId":"5b0c7c1e-6f0e-4d3c-9a35-0f6f5f0a2b11","scheduledTime":"2026-01-15T06:00:00Z","exportResults":[{"sinkPath":"/exports/65a0f0c2b1d2e3f405162738/exportTime=202601150600","name":"part-00000-tid-1234567890123456789-3f2a1b0c-1111-4222-8333-444455556666-17-1-c000.json.gz","size":145854}]}"#

    static let manifest = Manifest(
        run: "5b0c7c1e-6f0e-4d3c-9a35-0f6f5f0a2b11", scheduledTime: instant("2026-01-15T06:00:00Z"),
        folder: "exports/65a0f0c2b1d2e3f405162738/exportTime=202601150600",
        files: [
            (
                "part-00000-tid-1234567890123456789-3f2a1b0c-1111-4222-8333-444455556666-17-1-c000.json.gz",
                145_854
            )
        ])

    @Test("The manifest is Experience Platform's, byte for byte: one line, keys in its order, no spaces")
    func bytes() {
        #expect(Self.manifest.json == Self.sample)
    }

    @Test("A manifest that is read back is the one that was written")
    func roundTrip() throws {
        #expect(try Manifest(json: Array(Self.sample.utf8)) == Self.manifest)
    }

    @Test("Names with quotes, backslashes and control characters survive the round trip")
    func oddNames() throws {
        let manifest = Manifest(
            run: "run", scheduledTime: instant("2026-01-15T06:00:00Z"), folder: "日本語 \"x\"",
            files: [("a\\b\n\u{1}📦.json.gz", 1), ("", 0)])
        #expect(try Manifest(json: Array(manifest.json.utf8)) == manifest)
    }

    @Test("A run without files has a manifest that says so")
    func empty() {
        let manifest = Manifest(
            run: "r", scheduledTime: instant("2026-01-15T06:00:00Z"), folder: "", files: [])
        #expect(
            manifest.json == #"{"flowRunId":"r","scheduledTime":"2026-01-15T06:00:00Z","exportResults":[]}"#)
    }

    @Test(
        "The folder of a file has one leading slash, and its path in the storage has none",
        arguments: [("a/b", "/a/b", "a/b/x"), ("/a/", "/a", "a/x"), ("", "/", "x")])
    func sinkPath(folder: String, sinkPath: String, path: String) throws {
        let manifest = Manifest(run: "r", scheduledTime: .now, folder: folder, files: [("x", 1)])
        let result = try #require(manifest.exportResults.first)
        #expect(result.sinkPath == sinkPath)
        #expect(result.path == path)
    }

    @Test("Its name has the id of the dataflow, then that of the run")
    func fileName() {
        let name = Manifest.fileName(
            flow: "d0420d72-756c-4159-9e7f-7d3e2f8b501e", run: "0ac8f3c0-29bd-40aa-82c1-f1b7e0657b19")
        #expect(
            name
                == "manifest-d0420d72-756c-4159-9e7f-7d3e2f8b501e-0ac8f3c0-29bd-40aa-82c1-f1b7e0657b19.json")
    }

    @Test(
        "What is not a manifest is refused",
        arguments: ["", "{", "[]", "{}", #"{"flowRunId":"r","scheduledTime":"x"}"#, "\u{0}"])
    func malformed(text: String) {
        #expect(throws: DecodingError.self) { try Manifest(json: Array(text.utf8)) }
    }
}
