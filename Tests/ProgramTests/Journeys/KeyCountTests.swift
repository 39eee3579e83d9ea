// How much has to be pressed from nothing to a first export that is verified: it must not grow unseen.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("The keys of a first export to S3")
struct KeyCountTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// The keys from a form that is filled in to the end: Enter, `y` to the probe, and so on.
    private static let keysAfterForm = 7

    /// Fills in the form, with what Amazon needs or with all of it; a paste counts as one key.
    private func fillForm(
        _ wizard: WizardSession, of destination: RealDestination, without skipped: Set<String>
    )
        throws
    {
        try wizard.see("There is no destination yet")
        try wizard.press("n")
        try wizard.see("It needs these rights")
        try wizard.press("Enter")
        try wizard.see("New destination: Amazon S3")
        let ofAccount = destination.fields.filter { !["bucketName", "path"].contains($0.id) }
        let ofPlace = destination.fields.filter { ["bucketName", "path"].contains($0.id) }
        let name = RealDestination.Field(id: "name", title: "Name", value: "Nightly")
        for field in ofAccount + [name] + ofPlace where !skipped.contains(field.id) {
            try wizard.go(to: field.title)
            try wizard.paste(field.value)
        }
    }

    @Test("are 23 for Amazon, where region and endpoint are left as they are")
    func amazon() async throws {
        let destination = try await RealDestination.make(.amazonS3)
        // Amazon is not asked: what follows the form is the same as with every store.
        let wizard = try WizardSession(program, environment: ["HTTPS_PROXY": "http://127.0.0.1:1"])
        try fillForm(
            wizard,
            of: destination.with("s3AccessKey", "AKIAIOSFODNN7EXAMPLE")
                .with("s3SecretKey", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY"),
            without: ["region", "endpoint"])
        #expect(wizard.keys + Self.keysAfterForm == 23)
        // The form is complete: it is tested.
        try wizard.press("Enter")
        try wizard.see("Test of “Nightly”")
    }

    @Test("are 25 for a store with a region and an endpoint of its own")
    func otherStore() async throws {
        let destination = try await RealDestination.make(.amazonS3)
        let added = try program(
            "datasets", "add", "Orders", try inputs.write("orders.json", "{\"order\":1}\n"))
        try #require(added.status == 0, Comment(rawValue: added.errors))
        let wizard = try WizardSession(program, environment: destination.environment)
        try fillForm(wizard, of: destination, without: [])
        let inForm = wizard.keys
        for (key, result) in [
            ("Enter", "Write a small probe file"), ("y", "Everything works"), ("Enter", "1 of 1"),
            ("Space", "1 selected"), ("Enter", "at once"), ("Enter", "Folders of the first run"),
            ("Enter", "1 run complete"),
        ] {
            try wizard.press(key)
            try wizard.see(result)
        }
        try wizard.see("all there")
        #expect(wizard.keys - inForm == Self.keysAfterForm)
        #expect(wizard.keys == 25)
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
    }
}
