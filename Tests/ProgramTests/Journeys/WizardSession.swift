// The wizard in a terminal, driven as a person drives it; every screen on the way is kept, to be searched for secrets.
import Foundation
import TerminalTesting
import TestFiles
import Testing

/// A wizard that is open in a terminal.
final class WizardSession {
    let tmux: Tmux
    /// How many keys were pressed; a paste counts as one.
    private(set) var keys = 0
    private var screens: Set<String> = []
    private let output: TemporaryFolder
    private let watch: ProcessWatch
    private let home: TemporaryFolder
    private let userHome: TemporaryFolder

    /// Opens the wizard on the home of a program.
    init(
        _ program: Sluice, arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80,
        rows: Int = 24
    ) throws {
        home = program.home
        output = try TemporaryFolder()
        userHome = try TemporaryFolder()
        tmux = try Tmux.start(
            command: [try Sluice.path] + arguments, columns: columns, rows: rows,
            environment: ["SLUICE_HOME": program.home.path, "HOME": userHome.path].merging(environment) { $1 }
        )
        watch = ProcessWatch(try tmux.process(), interval: 0.02)
        try tmux.pipeOutput(to: "cat > \(output.file("terminal"))")
    }

    /// Presses keys by their names.
    func press(_ names: String...) throws {
        for name in names { try tmux.send(name) }
        keys += names.count
    }

    /// Pastes a text, which counts as one key.
    func paste(_ text: String) throws {
        try tmux.paste(text)
        keys += 1
    }

    /// Waits until a text is shown; the screen then.
    @discardableResult
    func see(_ text: String, timeout: TimeInterval = 60) throws -> [String] {
        try wait("“\(text)” is shown", timeout: timeout) { screen in
            screen.contains { $0.contains(text) } || Self.flat(screen).contains(text)
        }
    }

    /// Waits until a screen is as wanted; keeps what was seen meanwhile.
    @discardableResult
    func wait(
        _ wanted: String, timeout: TimeInterval = 60, _ condition: ([String]) throws -> Bool
    ) throws -> [String] {
        try tmux.waitUntil(wanted, timeout: timeout) { screen in
            screens.insert(screen.joined(separator: "\n"))
            return try condition(screen)
        }
    }

    /// The words of a screen in one line, also where sentences go on in the next row.
    static func flat(_ screen: [String]) -> String {
        screen.joined(separator: " ").split(separator: " ").joined(separator: " ")
    }

    // MARK: Forms

    /// The title of the row that the cursor of a form or list is on.
    static func focus(of screen: [String]) -> String? {
        screen.dropFirst(3).first { $0.hasPrefix(" ▸") }.map { String($0.dropFirst(2)) }
    }

    /// Goes to a field of a form by its title.
    func go(to title: String) throws {
        for _ in 0..<40 {
            let screen = try wait("a field is being edited") { Self.focus(of: $0) != nil }
            let now = Self.focus(of: screen)
            if now?.hasPrefix(title) == true { return }
            try press("Tab")
            try wait("the next field after \(now ?? "") is being edited") { Self.focus(of: $0) != now }
        }
        Issue.record("There is no field “\(title)”")
    }

    /// Goes to a field and pastes its value into it, in the place of what is there.
    func fill(_ title: String, _ value: String) throws {
        try go(to: title)
        try press("C-u")
        try paste(value)
        // What was taken is shown, as dots where it is a secret, and cut where it is long.
        try wait("\(title) has a value") { screen in
            guard let row = Self.focus(of: screen) else { return false }
            let shown = row.drop { $0 != " " }
            return value.isEmpty || shown.contains("•") || shown.contains("a private key")
                || shown.contains(value.prefix(12)) || shown.contains(value.suffix(12))
        }
    }

    /// Chooses an option of a field.
    func choose(_ option: String, of title: String) throws {
        try go(to: title)
        for _ in 0..<8 {
            let screen = try tmux.capture()
            let row = Self.focus(of: screen) ?? ""
            // Where there is no room for all options, the chosen one stands alone.
            if row.contains("(•) \(option)") || row.contains(option) && !row.contains("( )") { return }
            try press("Right")
            try wait("another option is chosen") { Self.focus(of: $0) != Self.focus(of: screen) }
        }
        Issue.record("There is no option “\(option)” of “\(title)”")
    }

    /// Opens the form of a new destination, from the list of destinations on.
    func openForm(of kind: RealDestination.Kind) throws {
        try press("n")
        try see("New destination")
        let kinds = RealDestination.Kind.allCases.map(\.rawValue).sorted()
        for _ in 0..<(kinds.firstIndex(of: kind.rawValue) ?? 0) { try press("Down") }
        try wait("\(kind.rawValue) is described") { screen in
            screen.dropFirst(12).contains { $0.hasPrefix(" \(kind.rawValue)") }
        }
        try press("Enter")
        try see("New destination: \(kind.rawValue)")
    }

    /// Fills in the form of a new destination, from the list of destinations on.
    func fillForm(of destination: RealDestination, name: String) throws {
        try openForm(of: destination.kind)
        if let way = destination.way { try choose(way, of: "Authentication") }
        for field in destination.fields { try fill(field.title, field.value) }
        try fill("Name", name)
        try go(to: "Include manifest file")
        try press("Space")
        try see("[x] yes")
    }

    /// Tests and saves what a form says, trusting the server and letting a probe be written.
    func testAndSave() throws {
        try press("Enter")
        while true {
            let screen = try wait("the test asks something or has ended") { screen in
                guard screen.contains(where: { $0.hasPrefix(" Test of “") }) else { return false }
                return ["Is this the key of", "Write a small probe file", "Everything works", " × "].contains
                {
                    word in
                    screen.contains { $0.contains(word) }
                }
            }
            if screen.contains(where: { $0.contains("Everything works") }) { break }
            try #require(!screen.contains { $0.contains(" × ") }, Comment(rawValue: Self.flat(screen)))
            try press("y")
            let question = screen.first { $0.contains("Is this the key of") || $0.contains("Write a small") }
            try wait("the question is answered") { next in !next.contains { $0 == question } }
        }
        try press("Enter")
    }

    // MARK: The end

    /// Ends the wizard.
    func quit() throws {
        try press("q")
        try wait("the program has ended") { [tmux] screen in
            if screen.contains(where: { $0.contains("?") && $0.contains("eave") }) { try tmux.send("y") }
            return try tmux.facts().isDead
        }
    }

    /// Expects secrets in no file of the home folders, on no screen, and in nothing that all can see of the process.
    func expectNoTrace(
        of secrets: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        screens.insert(try tmux.scrollback())
        let search = SecretSearch(secrets)
        let processes = watch.end()
        #expect(!processes.isEmpty, sourceLocation: sourceLocation)
        let places: [(String, [String])] = [
            ("screens", screens.flatMap { search.forms(in: $0) }),
            ("terminal", search.forms(in: String(decoding: try output.bytes(of: "terminal"), as: UTF8.self))),
            ("processes", processes.flatMap { search.forms(in: $0) }),
            ("home", search.traces(below: home.path)),
            ("home of the user", search.traces(below: userHome.path)),
        ]
        for (place, found) in places {
            #expect(found == [], Comment(rawValue: place), sourceLocation: sourceLocation)
        }
    }
}
