// Forms in a terminal, against real servers: names that a storage has, a calendar, a file that is looked for, undo.
import Foundation
import TerminalTesting
import TestFiles
import TestServers
import Testing

@Suite("A form in a terminal")
struct FormJourneyTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// Waits until the row that is being edited shows a text, or does not.
    private func waitForField(_ wizard: WizardSession, shows text: String, _ isShown: Bool = true) throws {
        try wizard.wait("the field \(isShown ? "shows" : "does not show") “\(text)”") { screen in
            WizardSession.focus(of: screen).map { $0.contains(text) == isShown } ?? false
        }
    }

    @Test("takes bucket and folder from S3 itself, the day from a calendar, and takes all of it back")
    func s3() async throws {
        let destination = try await RealDestination.make(.amazonS3)
        let orders = try inputs.write("orders.json", "{\"order\":1}\n")
        try #require(try program("datasets", "add", "Orders", orders).status == 0)
        for folder in ["backups/hourly", "backups/nightly"] {
            try destination.client.put(orders, at: folder + "/orders.json")
        }
        let bucket = destination.value("bucketName")
        let wizard = try WizardSession(program, environment: destination.environment)
        try wizard.see("There is no destination yet")
        try wizard.openForm(of: .amazonS3)
        try wizard.go(to: "Bucket name")
        try wizard.press("C-l")
        try wizard.see("Fill in “Amazon S3 access key” first")
        for field in destination.fields where !["bucketName", "path"].contains(field.id) {
            try wizard.fill(field.title, field.value)
        }
        try wizard.go(to: "Bucket name")
        try wizard.press("C-l")
        try wizard.see("localhost:")
        try wizard.press("/")
        try wizard.tmux.sendText(String(bucket.suffix(12)))
        try wizard.wait("one bucket is found") { screen in
            screen.contains { $0.contains("1 of ") } && screen.contains { $0.contains(bucket) }
        }
        try wizard.press("Enter")
        try wizard.press("Enter")
        try waitForField(wizard, shows: bucket)

        try wizard.go(to: "Folder path")
        try wizard.press("C-l")
        try wizard.see("backups/")
        try wizard.press("Right")
        try wizard.see("nightly/")
        try wizard.press("Down", "Down", "Enter")
        try waitForField(wizard, shows: "backups/nightly")
        try wizard.press("C-_")
        try waitForField(wizard, shows: "backups", false)
        try wizard.press("C-_")
        try wizard.wait("the bucket is taken back") { screen in
            WizardSession.focus(of: screen)?.hasPrefix("Bucket name") == true
                && !screen.contains { $0.contains(bucket) }
        }
        try wizard.press("C-x", "C-x")
        try waitForField(wizard, shows: "backups/nightly")

        try wizard.fill("Name", "Nightly")
        try wizard.testAndSave()
        try wizard.see("1 of 1")
        try wizard.press("Space")
        try wizard.see("1 selected")
        try wizard.press("Enter")
        try wizard.see("exportTime=")
        try wizard.go(to: "Start date")
        let before = WizardSession.focus(of: try wizard.tmux.capture()) ?? ""
        try wizard.press("C-l")
        try wizard.see("First export (UTC)")
        try wizard.see("Local time")
        try wizard.press("NPage", "Home")
        try wizard.see("[ 1]")
        try wizard.press("Enter")
        try waitForField(wizard, shows: "-01")
        try wizard.press("C-_")
        try wizard.wait("the day is as before") { WizardSession.focus(of: $0) == before }
        try wizard.press("Escape")
        try wizard.see("1 selected")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
    }

    @Test(
        "looks for a key in the home folder, and lists the folders of an SFTP server once its key is confirmed"
    )
    func sftp() async throws {
        let destination = try await RealDestination.make(.sftp)
        let server = try #require(destination.server)
        for folder in ["backups", "backups/nightly"] {
            let path = server.home + "/" + folder
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try server.user.own(path)
        }
        try FileManager.default.createDirectory(
            atPath: inputs.file(".ssh"), withIntermediateDirectories: false)
        _ = try inputs.write(".ssh/id_ed25519", destination.value("sshKey"))
        let wizard = try WizardSession(program, environment: ["HOME": inputs.path])
        try wizard.see("There is no destination yet")
        try wizard.openForm(of: .sftp)
        try wizard.choose("SFTP with SSH Key", of: "Authentication")
        for id in ["domain", "username", "port"] {
            let field = try #require(destination.fields.first { $0.id == id })
            try wizard.fill(field.title, field.value)
        }
        try wizard.go(to: "SSH Key")
        try wizard.press("C-o")
        try wizard.see(".ssh/")
        try wizard.tmux.sendText(".s")
        try wizard.press("Tab")
        try wizard.see("id_ed25519")
        try wizard.press("Down", "Enter")
        try wizard.see("a private key")

        try wizard.fill("Folder path", "backups")
        try wizard.press("C-l")
        try wizard.see("is met for the first time")
        try wizard.press("Escape")
        try wizard.fill("Name", "Server")
        try wizard.press("Enter")
        try wizard.see("Is this the key of")
        try wizard.press("y")
        try wizard.see("Write a small probe file")
        try wizard.press("n")
        try wizard.see("Whether files can be written was not tried")
        try wizard.press("Escape")
        try wizard.go(to: "Folder path")
        try wizard.press("/")
        try waitForField(wizard, shows: "backups/")
        try wizard.press("C-l")
        try wizard.see("nightly/")
        try wizard.press("Down", "Enter")
        try waitForField(wizard, shows: "backups/nightly")
        try wizard.press("Escape")
        try wizard.see("It needs these rights")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
    }

    @Test("is edited as in vi where the configuration says so")
    func vi() throws {
        _ = try program.home.write("config.toml", "[editing]\nfields = \"vi\"\n")
        let wizard = try WizardSession(program)
        try wizard.see("There is no destination yet")
        try wizard.openForm(of: .amazonS3)
        try wizard.go(to: "Bucket name")
        try wizard.see("INSERT")
        try wizard.tmux.sendText("acme old exports")
        try waitForField(wizard, shows: "acme old exports")
        try wizard.press("Escape")
        try wizard.see("NORMAL")
        try wizard.tmux.sendText("0wdw")
        try waitForField(wizard, shows: "acme exports")
        try wizard.tmux.sendText("u")
        try waitForField(wizard, shows: "acme old exports")
        try wizard.press("C-r")
        try waitForField(wizard, shows: "acme exports")
        try wizard.tmux.sendText("hr-")
        try waitForField(wizard, shows: "acme-exports")
        try wizard.tmux.sendText("A2")
        try wizard.see("INSERT")
        try waitForField(wizard, shows: "acme-exports2")
        try wizard.press("Escape")
        try wizard.see("NORMAL")
        try wizard.press("Escape")
        try wizard.see("It needs these rights")
        try wizard.quit()
    }
}
