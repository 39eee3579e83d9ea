// The same journey twice: on the embedded platform, and over HTTPS on a platform that another machine serves.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("The whole way on a served platform")
struct ServedJourneyTests {
    @Test(
        "leads through the screens of the embedded platform to the same files",
        arguments: [.amazonS3, .azureBlob] as [RealDestination.Kind])
    func journey(kind: RealDestination.Kind) async throws {
        let far = try await RealDestination.make(kind)
        let near = try await RealDestination.make(kind)
        let platform = try ServedPlatform(environment: far.environment)
        try platform.login()
        let embedded = try Sluice()
        #expect(try embedded("datasets", "add", "Orders", platform.orders).status == 0)

        let screens = try walk(embedded, to: near)
        try #require(screens.count == 5)
        _ = try walk(platform.program, to: far, expecting: screens)
        let files = try facts(of: far)
        #expect(files == (try facts(of: near)))
        #expect(files.hasPrefix("1 100 True 1 1"), Comment(rawValue: files))

        let verified = try platform.run("verify", "Orders to Nightly", "--deep", environment: far.environment)
        #expect(verified.status == 0, Comment(rawValue: verified.output + verified.errors))
        #expect(SecretSearch(far.secrets).traces(below: platform.program.home.path) == [])
        #expect(SecretSearch(far.secrets).traces(below: platform.far.home.path) == [])
    }

    /// Goes from nothing to an export that was looked at; gives what each screen says, which is what is expected of
    /// it where that is given.
    private func walk(
        _ program: Sluice, to destination: RealDestination, expecting expected: [[String]]? = nil
    ) throws -> [[String]] {
        let wizard = try WizardSession(program, environment: destination.environment, columns: 100, rows: 40)
        var screens: [[String]] = []
        func see(_ text: String) throws {
            var screen = said(by: try wizard.see(text, timeout: 120), about: destination)
            if let expected = expected?[screens.count] {
                let wanted = "screen \(screens.count + 1) says \(expected)"
                screen = said(
                    by: try wizard.wait(wanted) { said(by: $0, about: destination) == expected },
                    about: destination)
            }
            screens.append(screen)
        }
        try see("There is no destination yet")
        try wizard.fillForm(of: destination, name: "Nightly")
        try wizard.testAndSave()
        try see("1 of 1")
        try wizard.press("Space")
        try wizard.see("1 selected")
        try wizard.press("Enter")
        try see("at once")
        try wizard.press("Enter")
        try see("Folders of the first run")
        try wizard.press("Enter")
        try wizard.see("1 run complete", timeout: 120)
        try see("all there")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets)
        return screens
    }

    /// What a screen says, without the platform's name, times, figures, ids and the names of test buckets.
    private func said(by screen: [String], about destination: RealDestination) -> [String] {
        let bucket = destination.value("bucketName") + destination.value("container")
        return screen.dropFirst().compactMap { line in
            let words = line.replacing(bucket, with: "BUCKET").replacing(/[0-9a-f]{24}/, with: "ID")
                .replacing(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "UUID")
                .replacing(/(part|manifest)-[^ ]*(json[.]gz|json)/) { "\($0.1).\($0.2)" }
                .replacing(/[0-9][0-9.,:-]*/, with: "#").replacing(/[ ┌┐└┘│─]+/, with: " ")
                // Of what is over in no time there is no rate.
                .replacing(/[ ]# k?B\/s/, with: "")
            // The key that leads to other platforms is there in either case, as profiles are.
            let text = words.replacing("p Platform ", with: "").trimmingCharacters(in: .whitespaces)
            return text.isEmpty ? nil : text
        }
    }

    /// Files, records, whether these are the orders, manifests and their entries, by somebody else's client.
    private func facts(of destination: RealDestination) throws -> String {
        let local = try TemporaryFolder()
        try destination.client.fetch(RealDestination.folder, into: local)
        return try Sluice.python(
            """
            import glob, gzip, json, re, sys
            root = sys.argv[1]
            parts = glob.glob(root + "/*/exportTime=*/part-*.json.gz")
            rows = [json.loads(line)["n"] for part in parts for line in gzip.open(part)]
            manifests = glob.glob(root + "/*/exportTime=*/manifest-*.json")
            entries = [entry for name in manifests for entry in json.load(open(name))["exportResults"]]
            shapes = sorted(re.sub("[0-9a-f]+", "x", name[len(root):]) for name in parts + manifests)
            print(len(parts), len(rows), sorted(rows) == list(range(100)), len(manifests), len(entries), shapes)
            """, local.file(RealDestination.folder))
    }
}
