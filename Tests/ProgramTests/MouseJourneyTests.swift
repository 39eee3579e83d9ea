// The wizard by mouse alone, in a real terminal.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("The wizard by mouse")
struct MouseJourneyTests {
    private let program: Sluice

    init() throws {
        program = try Sluice()
        let records = try program.home.write("records.json", "{\"n\":1}\n{\"n\":2}\n")
        for name in ["Web events", "Orders", "Stores"] {
            #expect(try program("datasets", "add", name, records).status == 0)
        }
        let plan = try program.home.wholePlan(
            named: "First", of: "Stores", to: "Backups", start: "2026-01-15T06:00:00Z")
        let exported = try program("export", plan)
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
    }

    private func open(_ arguments: String...) throws -> Tmux {
        let tmux = try Tmux.start(
            command: [try Sluice.path] + arguments, environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "1 destination")
        return tmux
    }

    @Test("goes from a destination to exported files without a key")
    func journey() throws {
        let tmux = try open()
        #expect(try tmux.facts().isMouseUsed)
        try tmux.click(on: "Backups")
        try tmux.click(on: "Enter Choose")
        try tmux.waitUntil(shows: "3 of 3")
        try tmux.click(on: "[ ]  Web events")
        try tmux.waitUntil(shows: "1 selected")
        try tmux.click(on: "Enter Next")
        try tmux.waitUntil(shows: "at once")
        try tmux.click(on: "Enter Next")
        try tmux.waitUntil(shows: "Folders of the first run")
        try tmux.click(on: "Finish")
        try tmux.waitUntil(shows: "all there")
        try tmux.click(on: "Quit")
        try tmux.waitUntil("the program has ended", facts: \.isDead)
        #expect(try !tmux.facts().isMouseUsed)
    }

    @Test("goes from nothing to a record of an exported file without a key, but for a path that is pasted")
    func fromNothing() throws {
        let program = try Sluice()
        let records = try program.home.write("records.json", "{\"n\":1}\n{\"n\":2}\n")
        #expect(try program("datasets", "add", "Web events", records).status == 0)
        let tmux = try Tmux.start(command: [try Sluice.path], environment: ["SLUICE_HOME": program.home.path])
        try tmux.click(on: "Enter New destination")
        try tmux.click(on: "Data Landing Zone     nothing but a name")
        try tmux.waitUntil(shows: "Storage that the platform provides")
        try tmux.click(on: "Enter Set up")
        try tmux.waitUntil(shows: "New destination: Data Landing Zone")
        try tmux.click(on: "Folder path*")
        try tmux.paste("backups/nightly")
        try tmux.waitUntil(shows: "backups/nightly")
        try tmux.click(on: "Enter Test and save")
        try tmux.click(on: "Yes, write it")
        try tmux.waitUntil(shows: "Everything works")
        try tmux.click(on: "Enter Save")
        try tmux.click(on: "[ ]  Web events")
        try tmux.waitUntil(shows: "1 selected")
        try tmux.click(on: "Enter Next")
        try tmux.waitUntil(shows: "at once")
        try tmux.click(on: "Enter Next")
        try tmux.waitUntil(shows: "Folders of the first run")
        try tmux.click(on: "Finish")
        try tmux.waitUntil(shows: "all there")
        try tmux.click(on: "part-00000", times: 2)
        try tmux.waitUntil(shows: "record 1 of 2")
        try tmux.click(on: "Esc Close")
        try tmux.waitUntil(shows: "all there")
        try tmux.click(on: "Quit")
        try tmux.waitUntil("the program has ended", facts: \.isDead)
    }

    @Test("leaves the mouse to the terminal where it is told to")
    func withoutMouse() throws {
        let tmux = try open("--no-mouse")
        #expect(try !tmux.facts().isMouseUsed)
        try tmux.send("m")
        try tmux.waitUntil("the mouse is used", facts: \.isMouseUsed)
        try tmux.send("m")
        try tmux.waitUntil("the mouse is left", facts: { !$0.isMouseUsed })
    }
}
