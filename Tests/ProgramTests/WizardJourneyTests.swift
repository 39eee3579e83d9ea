// The wizard in a real terminal, from the first screen to files that another program reads.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("The wizard in a terminal")
struct WizardJourneyTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    private var zone: String { program.home.path + "/landing-zone" }

    /// Opens the wizard on a lake with two datasets.
    private func open(
        columns: Int = 80, rows: Int = 24, environment: [String: String] = [:], arguments: [String] = []
    ) throws -> Tmux {
        let lines = (0..<3_000).map { #"{"n":\#($0),"text":"naïve 東京 🚀"}"# }.joined(separator: "\n")
        let events = try inputs.write("events.json", lines)
        let stores = try inputs.write("stores.json", "{\"store\":\"渋谷\"}\n")
        #expect(try program("datasets", "add", "Events", events).status == 0)
        #expect(try program("datasets", "add", "店舗", stores).status == 0)
        return try Tmux.start(
            command: [try Sluice.path] + arguments, columns: columns, rows: rows,
            environment: ["SLUICE_HOME": program.home.path].merging(environment) { $1 })
    }

    /// Configures a destination and goes on to the datasets.
    private func configure(_ tmux: Tmux) throws {
        try tmux.waitUntil(shows: "There is no destination yet")
        try openLandingZone(tmux)
        try tmux.sendText("backups")
        try tmux.send("Tab", "Tab", "Tab", "Space")
        try tmux.waitUntil(shows: "[x] yes")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "Write a small probe file")
        try tmux.send("y")
        try tmux.waitUntil(shows: "Everything works")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "2 of 2")
    }

    /// Opens the form of a landing zone and goes to its folder path.
    private func openLandingZone(_ tmux: Tmux) throws {
        try tmux.send("n")
        try tmux.waitUntil(shows: "It needs these rights")
        try tmux.send("Down", "Down", "Down")
        try tmux.waitUntil(shows: "Storage that the platform provides")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "Folder path")
        try tmux.send("Tab", "Tab", "Tab")
    }

    @Test(
        "ends with the files of every chosen dataset in the landing zone", arguments: [[80, 24], [120, 40]])
    func journey(size: [Int]) throws {
        let tmux = try open(columns: size[0], rows: size[1])
        try configure(tmux)
        try tmux.send("a")
        try tmux.waitUntil(shows: "2 selected")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "at once")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "Folders of the first run")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "2 runs complete", timeout: 60)
        let screen = try tmux.waitUntil(shows: "all there")
        #expect(screen.joined().contains("3,001 records"))
        #expect(!screen.joined().contains("delete"))
        let report = try Sluice.python(
            """
            import glob, gzip, json, os, re, sys
            zone = sys.argv[1]
            parts = glob.glob(zone + "/backups/*/exportTime=*/part-*.json.gz")
            rows = [json.loads(line) for part in parts for line in gzip.open(part)]
            shape = re.compile(r"/backups/[0-9a-f]{24}/exportTime=\\d{12}/part-\\d{5}-tid-\\d{1,19}-[0-9a-f-]{36}-\\d+-\\d+-c\\d{3}[.]json[.]gz$")
            numbers = sorted(row["n"] for row in rows if "n" in row)
            manifests = glob.glob(zone + "/backups/*/exportTime=*/manifest-*.json")
            print(len(parts), all(shape.search(part) for part in parts), numbers == list(range(3000)),
                  sum(row.get("store") == "渋谷" for row in rows), len(manifests),
                  sum(len(json.load(open(m))["exportResults"]) for m in manifests))
            """, zone)
        #expect(report == "2 True True 1 2 2")
        try tmux.send("End", "Enter")
        try tmux.waitUntil(shows: "record 1 of ")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "Record 1 of part-00000")
        try tmux.send("Escape", "Escape", "q")
        try tmux.waitUntil("the program has ended") { _ in try tmux.facts().isDead }
    }

    @Test("leads the whole way in Chinese")
    func chinese() throws {
        let tmux = try open(arguments: ["--lang", "zh_CN"])
        try tmux.waitUntil(shows: "还没有目标")
        try tmux.send("n")
        try tmux.waitUntil(shows: "只需要以下权限")
        try tmux.send("Down", "Down", "Down")
        try tmux.waitUntil(shows: "由平台提供的存储")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "文件夹路径")
        try tmux.send("Tab", "Tab", "Tab")
        try tmux.sendText("备份")
        try tmux.send("Tab", "Tab", "Tab", "Space")
        try tmux.waitUntil(shows: "[x] 是")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "写入一个小探测文件")
        try tmux.send("y")
        try tmux.waitUntil(shows: "一切正常")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "2/2")
        try tmux.send("a")
        try tmux.waitUntil(shows: "已选中 2 个")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "立即")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "首次运行的文件夹")
        try tmux.send("Enter")
        let screen = try tmux.waitUntil(shows: "全部齐全", timeout: 60).joined()
        #expect(screen.contains("2 个运行已完成") && screen.contains("3,001 条记录"))
        let written = try Sluice.python(
            "import glob, sys; print(len(glob.glob(sys.argv[1] + '/备份/*/exportTime=*/part-*.json.gz')))", zone
        )
        #expect(written == "2")
        try tmux.send("q")
        try tmux.waitUntil("the program has ended") { _ in try tmux.facts().isDead }
    }

    @Test("saves a plan that the export command takes")
    func savedPlan() throws {
        let tmux = try open()
        try configure(tmux)
        try tmux.send("a", "Enter")
        try tmux.waitUntil(shows: "at once")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "Folders of the first run")
        try tmux.send("s")
        try tmux.waitUntil(shows: "Save the plan as")
        try tmux.send("C-u")
        try tmux.sendText(inputs.path + "/saved.toml")
        try tmux.send("Enter")
        try tmux.waitUntil(shows: "Saved as")
        try tmux.send("q")
        try tmux.waitUntil(shows: "Leave without exporting?")
        try tmux.send("y")
        try tmux.waitUntil("the program has ended") { _ in try tmux.facts().isDead }
        let exported = try program("export", inputs.path + "/saved.toml", "--json")
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        let facts = try Sluice.python(
            "import json,sys; r=json.loads(sys.argv[1])['runs']; print(len(r), sum(x['records'] for x in r), all(x['manifest'] for x in r))",
            exported.output)
        #expect(facts == "2 3001 True")
    }

    @Test(
        "leaves the terminal as it was after a normal end, Ctrl-C, SIGTERM and SIGHUP",
        arguments: ["q", "C-c", "TERM", "HUP"])
    func restoredTerminal(ending: String) throws {
        let shell =
            "stty -g > \(inputs.path)/before; '\(try Sluice.path)'; echo $? > \(inputs.path)/status; stty -g > \(inputs.path)/after; echo done; sleep 1000"
        let tmux = try Tmux.start(
            command: ["sh", "-c", shell], environment: ["SLUICE_HOME": program.home.path])
        try tmux.waitUntil(shows: "There is no destination yet")
        #expect(try tmux.facts().isAlternateScreen)
        switch ending {
        case "q", "C-c": try tmux.send(ending)
        default:
            let mine = try Sluice.run("pgrep", ["-P", "\(try tmux.process())"]).output.split(separator: "\n")
            try #require(mine.count == 1)
            kill(try #require(pid_t(mine[0])), ending == "TERM" ? SIGTERM : SIGHUP)
        }
        try tmux.waitUntil(shows: "done")
        let facts = try tmux.facts()
        #expect(!facts.isAlternateScreen)
        #expect(facts.isCursorShown)
        let read = { (name: String) in
            try String(contentsOfFile: "\(inputs.path)/\(name)", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        #expect(try read("before") == read("after"))
        #expect(try read("status") == ["q": "0", "C-c": "0", "TERM": "143", "HUP": "129"][ending])
    }

    @Test("stays in order while its window changes size at any moment")
    func resizing() throws {
        let tmux = try open()
        try configure(tmux)
        for (columns, rows) in [(60, 16), (200, 60), (40, 10), (61, 17), (120, 40), (80, 24)] {
            try tmux.resize(columns: columns, rows: rows)
            let last = columns < 60 ? "" : " Space Select"
            let wanted = columns < 60 ? "too small" : "2 of 2"
            try tmux.waitUntil("the screen fills \(columns)×\(rows)") { screen in
                screen.count == rows && screen.contains { $0.contains(wanted) }
                    && screen.last?.hasPrefix(last) == true
            }
        }
    }

    @Test(
        "shows words and signs without colour where NO_COLOR is set, and ASCII where the locale has no more")
    func plainTerminals() throws {
        let tmux = try open(environment: ["NO_COLOR": "1", "LANG": "C", "LC_ALL": "C"])
        try tmux.waitUntil(shows: "There is no destination yet")
        let screen = try tmux.capture(styles: true).joined(separator: "\n")
        #expect(!screen.contains(/\u{1B}\[[0-9;]*[349][0-7]m/))
        #expect(screen.unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test("refuses a dumb terminal where a screen is insisted on, and names what works there")
    func dumbTerminal() throws {
        // The shell keeps the terminal, so that the last words of the program can be read.
        let tmux = try Tmux.start(
            command: ["sh", "-c", "'\(try Sluice.path)' --no-plain; sleep 1000"], columns: 250,
            environment: ["SLUICE_HOME": program.home.path, "TERM": "dumb"])
        try tmux.waitUntil(shows: "sluice --plain")
        try tmux.waitUntil(shows: "sluice export PLAN.toml")
    }

    @Test("takes a paste whole into one field, and says what it left out")
    func paste() throws {
        let tmux = try open()
        try tmux.waitUntil(shows: "There is no destination yet")
        try openLandingZone(tmux)
        try tmux.paste("  backups/\nnightly  ")
        try tmux.waitUntil(shows: "backups/nightly")
        try tmux.waitUntil(shows: "Pasted without")
    }
}
