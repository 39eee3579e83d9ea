// Descriptions of terminals with all colours added.
import Foundation
import Languages
import TestFiles
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("A terminal's description")
struct TerminalDescriptionTests {
    private static let folders = [
        "/etc/terminfo", "/lib/terminfo", "/usr/lib/terminfo", "/usr/share/terminfo",
    ]

    private func compiled(_ type: String) throws -> [UInt8] {
        let paths = Self.folders.map { "\($0)/\(type.prefix(1))/\(type)" }
        let path = try #require(paths.first { FileManager.default.fileExists(atPath: $0) })
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// What ncurses' own program reads of a description in the environment, one capability a line.
    private func capabilities(_ type: String, _ dump: String?) throws -> Set<String> {
        var environment = ["PATH": "/usr/bin:/bin", "TERM": type]
        environment["TERMINFO"] = dump
        let ran = try Program.run("infocmp", ["-x", "-1", type], environment: environment)
        #expect(ran.status == 0, Comment(rawValue: ran.errors))
        return Set(
            ran.text.split(separator: "\n").filter { $0.hasPrefix("\t") }.map { String($0.dropFirst()) })
    }

    @Test(
        "has all colours after it, and everything else as before",
        arguments: ["xterm-256color", "tmux-256color", "screen-256color", "xterm", "linux"])
    func direct(type: String) throws {
        let description = try #require(TerminalDescription(try compiled(type)))
        #expect(TerminalDescription(description.bytes) == description)
        let direct = try #require(description.withDirectColor)
        let before = try capabilities(type, nil)
        let after = try capabilities(type, DirectColor.quickDump(direct))
        #expect(after.contains("RGB,") && after.contains("colors#0x1000000,"))
        let changed = before.symmetricDifference(after).map {
            $0.prefix { $0 != "#" && $0 != "=" && $0 != "," }
        }
        #expect(Set(changed).isSubset(of: ["RGB", "ccc", "colors", "pairs", "setaf", "setab"]), "\(changed)")
    }

    @Test("stays what it is where it has no colours")
    func withoutColors() throws {
        let description = try #require(TerminalDescription(try compiled("vt100")))
        #expect(description.withDirectColor == nil)
    }

    @Test("is not made of anything else")
    func damaged() throws {
        let whole = try compiled("xterm-256color")
        for count in stride(from: 0, to: whole.count, by: 7) {
            _ = TerminalDescription(Array(whole[..<count]))?.withDirectColor?.bytes
        }
        for place in 0..<min(whole.count, 600) {
            var damaged = whole
            damaged[place] ^= 0xFF
            _ = TerminalDescription(damaged)?.withDirectColor?.bytes
        }
        #expect(TerminalDescription([]) == nil && TerminalDescription(Array("#!/bin/sh".utf8)) == nil)
    }
}
