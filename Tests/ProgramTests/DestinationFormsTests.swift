// The forms of destinations as this platform asks for them, on the smallest terminal that people really have.
import TerminalTesting
import Testing

@Suite("The forms of destinations at 80×24")
struct DestinationFormsTests {
    /// What is typed into the fields that have to be filled in, by their titles.
    private static let answers = [
        "Amazon S3 access key": "AKIAIOSFODNN7EXAMPLE",
        "Amazon S3 secret key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY",
        "Connection string": "AccountName=acme;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net",
        "Container": "exports", "URL": "abfss://exports@acme.dfs.core.windows.net", "Tenant": "acme.com",
        "Service principal ID": "exporter", "Service principal key": "the secret of the application",
        "Access key ID": "GOOG1EXAMPLE", "Secret access key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY",
        "Domain": "sftp.example.com", "Username": "export", "Password": "correct horse", "Name": "Nightly",
        "Bucket name": "acme-exports", "Folder path": "backups",
    ]

    @Test(
        "show all their fields, whichever is being edited", arguments: RealDestination.Kind.allCases)
    func fit(kind: RealDestination.Kind) throws {
        let wizard = try WizardSession(try Sluice())
        try wizard.see("There is no destination yet")
        try wizard.openForm(of: kind)
        for _ in 0..<40 {
            let screen = try wizard.wait("a field is being edited") { WizardSession.focus(of: $0) != nil }
            #expect(
                screen.contains { $0.contains("Include manifest file") }
                    && !screen.joined().contains(" more"),
                Comment(rawValue: screen.joined(separator: "\n")))
            let focus = try #require(WizardSession.focus(of: screen))
            if focus.hasPrefix("Include manifest file") { break }
            if let answer = Self.answers.first(where: { focus.hasPrefix($0.key) })?.value {
                try wizard.paste(answer)
            }
            try wizard.press("Tab")
            try wizard.wait("another field is being edited") { screen in
                WizardSession.focus(of: screen).map { $0.prefix(19) != focus.prefix(19) } ?? false
            }
        }
        try wizard.quit()
    }

    @Test("say how many fields are below where there is no room for all")
    func more() throws {
        let wizard = try WizardSession(try Sluice())
        try wizard.see("There is no destination yet")
        try wizard.openForm(of: .amazonS3)
        try wizard.choose("Assumed Role", of: "Authentication")
        let screen = try wizard.see("↓ 1 more")
        #expect(screen.count == 24)
        try wizard.press("Up")
        try wizard.see("↑")
        try wizard.quit()
    }
}
