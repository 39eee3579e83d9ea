// What is done with destinations that there are: changed, doubled, removed, kept while flows need them, taken into
// plans; and what a terminal shows of a wrong secret.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("Destinations that are set up")
struct DestinationCareTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// Runs `sluice` where the server of a destination can be reached.
    private func run(_ arguments: [String], _ destination: RealDestination) throws -> Sluice.Outcome {
        var environment = ProcessInfo.processInfo.environment.merging(destination.environment) { $1 }
        environment["SLUICE_HOME"] = program.home.path
        return try Sluice.run(try Sluice.path, arguments, environment: environment)
    }

    /// Adds a dataset with two orders.
    private func addOrders() throws {
        let orders = try inputs.write("orders.json", "{\"order\":1}\n{\"order\":2}\n")
        try #require(try program("datasets", "add", "Orders", orders).status == 0)
    }

    /// A bucket that is set up as “Archive”, and a dataset.
    private func archive() async throws -> RealDestination {
        let destination = try await RealDestination.make(.amazonS3)
        let added = try run(
            [
                "destinations", "add", "s3", "--name", "Archive", "datasetFileType=JSON",
                "compression=GZIP",
            ] + destination.arguments(secretsIn: inputs), destination)
        try #require(added.status == 0, Comment(rawValue: added.errors))
        try addOrders()
        return destination
    }

    /// The wizard on the destination “Archive”.
    private func open(_ destination: RealDestination) throws -> WizardSession {
        let wizard = try WizardSession(program, environment: destination.environment)
        try wizard.see("1 destination")
        return wizard
    }

    @Test("are renamed, doubled with the same account, tested and removed, each by its key")
    func changes() async throws {
        let destination = try await archive()
        let wizard = try open(destination)
        try wizard.press("e")
        try wizard.see("“Archive” (Amazon S3)")
        try wizard.see("kept as it is; type to replace")
        try wizard.fill("Name", "Old orders")
        try wizard.testAndSave()
        try wizard.wait("the new name is in the list") { screen in
            screen.contains { $0.contains("1 destination") } && screen.contains { $0.contains("Old orders") }
        }
        try wizard.press("d")
        try wizard.see("Copy of Old orders")
        try wizard.fill("Folder path", "elsewhere")
        try wizard.testAndSave()
        // A new destination is chosen at once: its datasets come next.
        try wizard.see("1 of 1")
        try wizard.press("Escape")
        try wizard.see("2 destinations")
        try wizard.press("t")
        try wizard.see("Write a small probe file")
        try wizard.press("n")
        try wizard.see("Whether files can be written was not tried")
        try wizard.press("Escape")
        try wizard.see("2 destinations")
        let screen = try wizard.wait("the copy is under the cursor") {
            $0.contains { $0.contains("/elsewhere") }
        }
        let name = screen.first { $0.contains("/elsewhere") } ?? ""
        #expect(name.contains("Copy of Old orders"))
        try wizard.press("x")
        try wizard.see("Remove the destination “")
        try wizard.press("y")
        try wizard.see("1 destination")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
        let list = try program("destinations", "list", "--json").output
        #expect(list.contains("Old orders") != list.contains("Copy of Old orders\""))
    }

    @Test("are not removed while a flow exports there, and it is said which")
    func inUse() async throws {
        let destination = try await archive()
        let plan = try inputs.write(
            "plan.toml",
            "name = \"Nightly orders\"\ndatasets = [\"Orders\"]\n[destination]\nname = \"Archive\"\n[schedule]\nmode = \"full\"\n"
        )
        let exported = try run(["export", plan], destination)
        try #require(exported.status == 0, Comment(rawValue: exported.errors))
        let wizard = try open(destination)
        try wizard.press("x")
        try wizard.see("Remove the destination “Archive”?")
        try wizard.press("y")
        try wizard.see("Not removed")
        try wizard.see("is used by “Nightly orders”")
        try wizard.press("Escape")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
    }

    @Test("are named with their account in the plan of the review, which exports where it was made")
    func plan() async throws {
        let destination = try await archive()
        let wizard = try open(destination)
        try wizard.press("Enter")
        try wizard.see("1 of 1")
        try wizard.press("Space")
        try wizard.see("1 selected")
        try wizard.press("Enter")
        try wizard.see("at once")
        try wizard.press("Enter")
        try wizard.see("Folders of the first run")
        try wizard.press("s")
        try wizard.see("Save the plan as")
        try wizard.press("C-u")
        try wizard.tmux.sendText(inputs.file("saved.toml"))
        try wizard.press("Enter")
        try wizard.see("Saved as")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
        let text = String(decoding: try inputs.bytes(of: "saved.toml"), as: UTF8.self)
        #expect(text.contains(#"account = "Archive""#))
        #expect(SecretSearch(destination.secrets).forms(in: text) == [])
        let exported = try run(["export", inputs.file("saved.toml")], destination)
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        let local = try TemporaryFolder()
        try destination.client.fetch(RealDestination.folder, into: local)
        #expect(try local.everything().contains { $0.hasSuffix(".json.gz") })
    }

    @Test("are led from a wrong secret to its field, and work when it is put right", arguments: [80, 120])
    func wrongSecret(columns: Int) async throws {
        let destination = try await RealDestination.make(.amazonS3)
        let wrong = String(destination.value("s3SecretKey").reversed())
        try addOrders()
        let wizard = try WizardSession(
            program, environment: destination.environment, columns: columns, rows: columns / 3)
        try wizard.see("There is no destination yet")
        try wizard.fillForm(of: destination.with("s3SecretKey", wrong), name: "Archive")
        try wizard.press("Enter")
        try wizard.see("the secret does not match the account")
        try wizard.see("Enter goes to the field “Amazon S3 secret key”")
        try wizard.press("Enter")
        try wizard.see("▸Amazon S3 secret key")
        try wizard.fill("Amazon S3 secret key", destination.value("s3SecretKey"))
        try wizard.testAndSave()
        try wizard.see("1 of 1")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets + [wrong])
    }

    @Test("take a key from a file in the home folder, and wait for no pipe, or from a command")
    func secretFiles() throws {
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzFROMFILEK"
        let other = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYFROMCOMMAN"
        _ = try inputs.write("key", secret + "\n")
        #expect(mkfifo(inputs.file("pipe"), 0o600) == 0)
        let wizard = try WizardSession(program, environment: ["HOME": inputs.path])
        try wizard.see("There is no destination yet")
        try wizard.openForm(of: .amazonS3)
        try wizard.go(to: "Amazon S3 secret key")
        func take(_ place: String, shows result: String) throws {
            try wizard.press("C-o")
            try wizard.see("take it from a file or a command")
            try wizard.press("C-u")
            try wizard.tmux.sendText(place)
            try wizard.press("Enter")
            try wizard.see(result)
        }
        func isHeld(_ secret: String) throws {
            try wizard.press("C-r")
            try wizard.tmux.waitUntil(shows: secret)
            try wizard.press("C-r")
            try wizard.see("••••••••")
        }
        try take("~/pipe", shows: "is not a file")
        try take("~/no-such", shows: "Cannot read")
        try take("command:false", shows: "ended with status 1")
        try take("~/key", shows: "••••••••")
        // What was read is what the form holds.
        try isHeld(secret)
        try take("command:cat \(try inputs.write("other", other + "\n"))", shows: "••••••••")
        try isHeld(other)
        try wizard.press("Escape")
        try wizard.see("It needs these rights")
        try wizard.quit()
        #expect(SecretSearch([secret, other]).traces(below: program.home.path) == [])
    }
}
