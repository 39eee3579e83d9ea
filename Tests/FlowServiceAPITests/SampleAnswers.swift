// The answers of a platform, as files in Answers: each is named after the operation that it answers.
import Foundation
import Testing

/// An answer of a platform.
enum SampleAnswers {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Answers")

    /// The bytes of one.
    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name + ".json")))
    }

    /// The names of all of them.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }
}

/// The bodies that are sent, as files in Bodies: each is named after the operation that takes it.
enum SentBodies {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Bodies")

    /// Holds a body against its file; one that is not there yet is written, to be looked at.
    static func check(
        _ body: [UInt8], is name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: name + ".json")
        let bytes = body + [0x0A]
        if let expected = try? Data(contentsOf: file) {
            #expect(
                String(decoding: bytes, as: UTF8.self) == String(decoding: expected, as: UTF8.self),
                "\(name) is not what it was", sourceLocation: sourceLocation)
        } else {
            try Data(bytes).write(to: file)
            Issue.record("\(name) was not there; it is now: look at it", sourceLocation: sourceLocation)
        }
    }
}
