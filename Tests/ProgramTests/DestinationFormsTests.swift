// The forms of destinations as this platform asks for them, on the smallest terminal that people really have.
import Foundation
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
        var visited: Set<String> = []
        while true {
            let screen = try wizard.wait("all fields are shown, and another is being edited") { screen in
                Self.title(of: screen).map { !visited.contains($0) } ?? false
                    && !screen.joined().contains(" more")
                    && screen.contains { $0.contains("Include manifest file") }
            }
            let title = try #require(Self.title(of: screen))
            if title.hasPrefix("Include manifest file") { break }
            visited.insert(title)
            if let answer = Self.answers[title] {
                try wizard.paste(answer)
                try wizard.wait("“\(title)” has its answer") { screen in
                    let field = WizardSession.focus(of: screen) ?? ""
                    return field.hasPrefix(title)
                        && (field.contains(answer.prefix(6)) || field.contains("••"))
                }
            }
            try wizard.press("Tab")
        }
        try wizard.quit()
    }

    /// The title of the field that is being edited.
    private static func title(of screen: [String]) -> String? {
        WizardSession.focus(of: screen)?.split(separator: "*")[0].components(separatedBy: "  ")[0]
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
