// The comparison with recorded screens can fail.

import Foundation
import Languages
import TerminalTesting
import Testing
import TextLiterals

@Suite struct GoldenTests {
    @Test(
        "A missing screen is recorded and fails, the same one passes then, another one fails with both screens"
    )
    func comparison() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let testFile = folder.appendingPathComponent("Some.swift").path
        #expect(throws: Golden.Failure.self) {
            try Golden.compare(["one", ""], to: "screen", testFile: testFile)
        }
        try Golden.compare(["one", ""], to: "screen", testFile: testFile)
        let failure = #expect(throws: Golden.Failure.self) {
            try Golden.compare(["one", "two"], to: "screen", testFile: testFile)
        }
        #expect(failure?.description.contains("rows 2.") == true)
        #expect(failure?.description.contains("  |two") == true)
    }
}
