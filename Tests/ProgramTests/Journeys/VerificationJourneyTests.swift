// The verification pane in a real terminal: why a run failed, in how few keys; and what is copied and told of it.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("Verification in a terminal")
struct VerificationJourneyTests {
    @Test("Why last night's run failed takes two keys from the start, and one more copies the reason")
    func whyItFailed() throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        let file = try inputs.write("orders.json", "{\"n\":1}\nthis is no record\n")
        #expect(try program("datasets", "add", "Orders", file).status == 0)
        #expect(try program("export", try inputs.wholePlan(named: "Nightly")).status == 1)
        let output = try TemporaryFolder()
        let session = try WizardSession(program)
        try session.tmux.pipeOutput(to: "cat > \(output.file("all"))")
        try session.see("1 destination")
        try session.press("f")
        try session.see("× failed")
        try session.press("Enter")
        try session.see("orders.json, line 2")
        #expect(session.keys == 2)
        try session.press("y")
        try session.see("Sent to the clipboard of the terminal")
        let sent = try session.tmux.capture().joined(separator: "\n")
        #expect(sent.contains("line 2"))
        // What was sent is what is shown, as base64.
        let bytes = try waitForBytes(of: output, holding: "\u{1B}]52;c;")
        let text = try #require(bytes.range(of: "\u{1B}]52;c;").map { bytes[$0.upperBound...] })
        let encoded = String(text.prefix { $0 != "\u{1B}" && $0 != "\u{7}" })
        let data = try #require(Data(base64Encoded: encoded))
        #expect(String(decoding: data, as: UTF8.self).contains("orders.json, line 2"))
        try session.press("Escape")
        try session.see("1 of 1 runs failed")
        try session.quit()
    }

    @Test(
        "When the last run has ended, the window's title says so until the wizard is left, and the bell rings where it is wanted",
        arguments: [true, false])
    func notices(areWanted: Bool) throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        let file = try inputs.write("orders.json", "{\"n\":1}\n")
        #expect(try program("datasets", "add", "Orders", file).status == 0)
        #expect(try program("export", try inputs.wholePlan(named: "Nightly")).status == 0)
        _ = try program.home.write("config.toml", "[notices]\nbell = \(areWanted)\ntitle = \(areWanted)\n")
        let session = try WizardSession(program)
        let title = "Sluice: Nightly is exported"
        try session.see("1 destination")
        let before = try session.tmux.title()
        try session.press("f")
        try session.see("success")
        // What has ended before is no news.
        try session.press("Enter")
        try session.see("1 run complete")
        #expect(try session.tmux.title() == before)
        try session.press("Escape")
        try session.see("success")
        try session.press("s")
        try session.see("at once")
        try session.press("y")
        try session.see("2 runs complete")
        if areWanted {
            try session.wait("the title says so") { _ in try session.tmux.title() == title }
            try session.wait("the bell has rung") { _ in try session.tmux.hasRung() }
        } else {
            #expect(try session.tmux.title() == before)
            #expect(try !session.tmux.hasRung())
        }
        try session.quit()
        if areWanted { #expect(try session.tmux.title() == before) }
    }

    private func waitForBytes(of folder: TemporaryFolder, holding wanted: String) throws -> String {
        let end = Date(timeIntervalSinceNow: 60)
        while true {
            let text = String(decoding: try folder.bytes(of: "all"), as: UTF8.self)
            if text.contains(wanted) || Date() > end { return text }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }
}
