// Flows in a real terminal: put off, paused, followed and deleted; and a question of the command line answered.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("Flows in a terminal")
struct FlowJourneyTests {
    private let program: Sluice

    /// Makes a flow that ends in ten days, and has exported.
    init() throws {
        program = try Sluice()
        let inputs = try TemporaryFolder()
        let end = ISO8601DateFormatter().string(from: Date().addingTimeInterval(10.5 * 86_400))
        let plan = try program.nightlyPlan(in: inputs, end: end)
        let exported = try program("export", plan)
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
    }

    private func flow(_ expression: String) throws -> String {
        try Sluice.python(
            "import json,sys; f=json.loads(sys.argv[1]); print(\(expression))",
            try program("flows", "--json").output)
    }

    @Test("A flow is found, put off by a key, paused, followed to its files, and deleted without them")
    func wholeCare() throws {
        let files = tree(program.home.path + "/landing-zone")
        let session = try WizardSession(program)
        try session.see("1 destination")
        try session.press("f")
        try session.see("The flow ends in 10 days")
        try session.press("+")
        try session.see("“Nightly” ends on")
        #expect(try flow("'notice' in f[0]['schedule']") == "False")
        try session.press("p")
        try session.see("“Nightly” is paused")
        #expect(try flow("f[0]['state']") == "disabled")
        try session.press("Enter")
        try session.see("all there")
        try session.press("Escape")
        try session.see("Orders, Events")
        try session.press("x")
        try session.see("Its files in /backups stay")
        try session.press("y")
        try session.see("is deleted; its files stay")
        #expect(try flow("len(f)") == "0")
        #expect(tree(program.home.path + "/landing-zone") == files)
        try session.press("Escape")
        try session.see("1 destination")
        try session.quit()
    }

    @Test("A flow is exported now by a key, and its runs are followed to their files")
    func exportedNow() throws {
        let zone = program.home.path + "/landing-zone"
        let before = tree(zone).filter { $0.hasSuffix(".gz") }.count
        let session = try WizardSession(program)
        try session.see("1 destination")
        try session.press("f")
        try session.see("The flow ends in 10 days")
        try session.press("s")
        try session.see("2 datasets are exported to /backups at once")
        try session.press("y")
        try session.see("4 runs complete")
        #expect(tree(zone).filter { $0.hasSuffix(".gz") }.count >= before)
        try session.press("Escape")
        try session.see("Orders, Events")
        try session.quit()
        #expect(
            try Sluice.python(
                "import json,sys; print(len(json.loads(sys.argv[1])))",
                try program("runs", "list", "Nightly", "--json").output) == "4")
    }

    @Test("Datasets are left out and added, and name and schedule changed, on the screens of a new export")
    func edited() throws {
        let session = try WizardSession(program)
        try session.see("1 destination")
        try session.press("f")
        try session.see("Orders, Events")
        try session.press("d")
        try session.see("2 of 2, 2 selected")
        try session.press("/")
        try session.see("name, id or description")
        try session.paste("events")
        try session.see("1 of 2, 2 selected (1 not shown)")
        try session.press("Enter", "Space")
        try session.see("1 of 2, 1 selected")
        try session.press("Enter")
        try session.see("“Events” would no longer be exported")
        try session.press("y")
        try session.see("“Nightly” exports 1 dataset from now on")
        #expect(try flow("[d['name'] for d in f[0]['datasets']]") == "['Orders']")
        try session.press("d")
        try session.see("2 of 2, 1 selected")
        try session.press("a", "Enter")
        try session.see("“Nightly” exports 2 datasets from now on")
        #expect(try flow("[d['name'] for d in f[0]['datasets']]") == "['Orders', 'Events']")

        try session.press("c")
        try session.see("Settings of “Nightly”")
        try session.fill("Name", "Weekly")
        try session.choose("every 6 hours", of: "Frequency")
        try session.fill("End date", "2099-01-01")
        try session.press("Enter")
        try session.see("“Weekly” is changed")
        #expect(
            try flow("f[0]['name'], f[0]['schedule']['frequency'], f[0]['schedule']['end'][:10]")
                == "Weekly every 6 hours 2099-01-01")
        try session.press("Escape")
        try session.see("1 destination")
        try session.quit()
    }

    @Test(
        "An edit that takes something away is asked about, and made only when the answer is yes",
        arguments: [("n", "2"), ("y", "1")])
    func asks(answer: String, datasets: String) throws {
        let command =
            "'\(try Sluice.path)' flows edit Nightly --remove-dataset Orders; echo status $?; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", command], environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "nevertheless? [y/N]")
        #expect(try flow("len(f[0]['datasets'])") == "2")
        try tmux.sendText(answer)
        try tmux.send("Enter")
        let screen = try tmux.waitUntil(shows: "status").joined(separator: " ")
        #expect(screen.contains("“Orders” would no longer be exported"))
        #expect(screen.contains(answer == "y" ? "status 0" : "status 1"))
        #expect(screen.contains("Nothing was changed.") == (answer == "n"))
        #expect(try flow("len(f[0]['datasets'])") == datasets)
    }
}
