// A list of more datasets than anybody reads, in a real terminal.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("Many datasets")
struct ManyDatasetsTests {
    @Test("are searched, put in order and ticked while they come")
    func search() throws {
        let program = try Sluice()
        let records = try program.home.write("records.json", "{\"n\":1}\n")
        #expect(try program("datasets", "add", "First", records).status == 0)
        let plan = try program.home.wholePlan(
            named: "First", of: "First", to: "Backups", start: "2026-01-15T06:00:00Z")
        #expect(try program("export", plan).status == 0)
        _ = try Sluice.python(
            """
            import sqlite3, sys
            store = sqlite3.connect(sys.argv[1])
            for number in range(3000):
                id = "%024x" % (number + 1)
                name = ("Web events %d" if number % 30 == 0 else "Orders %d") % number
                store.execute("insert into dataset (id, name, description, createdAt) values (?, ?, '', 0)", (id, name))
                store.execute("insert into batch (datasetID, folder, arrivedAt, files, bytes, records, malformedRecords)"
                              " values (?, ?, 0, 1, 8, ?, 0)", (id, "x%d" % number, number))
            store.commit()
            """, program.home.path + "/sluice.sqlite")
        let tmux = try Tmux.start(
            command: [try Sluice.path], environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "1 destination")
        // Typed at once: nothing waits for the datasets, of which most are still to come.
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "press / to search")
        try tmux.send("/")
        try tmux.sendText("webev")
        try tmux.waitUntil(shows: "100 of 3,001 ")
        try tmux.send("Enter", "o", "o")
        let screen = try tmux.waitUntil("the most records come first") { screen in
            screen.contains { $0.contains("Records ↓") } && screen.contains { $0.contains("Web events 2970") }
        }
        #expect(screen[5].contains("Web events 2970"))
        try tmux.send("a")
        try tmux.waitUntil(shows: "100 selected")
        try tmux.send("Escape")
        try tmux.waitUntil(shows: "3,001 of 3,001, 100 selected")
    }
}
