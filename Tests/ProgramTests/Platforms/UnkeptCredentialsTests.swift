// Credentials that a distant platform has taken and this machine cannot keep: it is said, and what to do.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("Credentials that cannot be kept on this machine")
struct UnkeptCredentialsTests {
    @Test("are told of by the commands that have given them to the platform, which are done nevertheless")
    func commands() throws {
        let platform = try ServedPlatform()
        try platform.login()
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY"
        let key = try platform.inputs.write("key", secret + "\n")
        // A database that takes nothing more of this kind, as on a full disk.
        _ = try Sluice.python(
            """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], timeout=120)
            database.execute("CREATE TRIGGER full BEFORE INSERT ON remoteCredentials BEGIN SELECT RAISE(ABORT, 'full'); END")
            database.commit()
            """, platform.program.home.file("sluice.sqlite"))
        let added = try platform.run(
            [
                "destinations", "add", "s3", "--name", "Archive", "s3AccessKey=AKIAIOSFODNN7EXAMPLE",
                "s3SecretKey=@\(key)", "bucketName=acme", "path=out", "datasetFileType=JSON",
                "compression=GZIP", "--no-test",
            ], secret: secret)
        #expect(added.status == 0, Comment(rawValue: added.errors))
        #expect(
            added.errors.contains(
                "“Archive” is ready, but its credentials could not be kept on this machine"),
            Comment(rawValue: added.errors))
        #expect(added.errors.contains("sluice destinations edit"))
        let renamed = try platform.run("destinations", "edit", "Archive", "--name", "Old", "--no-test")
        #expect(renamed.status == 0 && !renamed.errors.contains("could not be kept"))
        let again = try platform.run(
            ["destinations", "edit", "Old", "s3SecretKey=@\(key)", "--no-test"], secret: secret)
        #expect(again.status == 0 && again.errors.contains("“Old” is ready, but its credentials"))
        _ = try Sluice.python(
            "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=120).execute('DROP TRIGGER full')",
            platform.program.home.file("sluice.sqlite"))
        let kept = try platform.run(
            ["destinations", "edit", "Old", "s3SecretKey=@\(key)", "--no-test"], secret: secret)
        #expect(
            kept.status == 0 && !kept.errors.contains("could not be kept"), Comment(rawValue: kept.errors))
        #expect(try platform.run("destinations", "list").output.contains("Old"))
    }

    @Test("are told of by the wizard, whose vault another process has locked meanwhile")
    func wizard() async throws {
        let destination = try await RealDestination.make(.amazonS3)
        let platform = try ServedPlatform(environment: destination.environment)
        try platform.login()
        let wizard = try WizardSession(platform.program, environment: destination.environment)
        try wizard.see("There is no destination yet")
        try wizard.fillForm(of: destination, name: "Nightly")
        let passphrase = try platform.inputs.write("new", "correct horse battery")
        let locked = try platform.program("vault", "passphrase", "--new-passphrase-file", passphrase)
        try #require(locked.status == 0, Comment(rawValue: locked.errors))
        try wizard.testAndSave()
        let screen = try wizard.see("Credentials not kept")
        #expect(WizardSession.flat(screen).contains("“Nightly” is ready, but its credentials"))
        #expect(screen.joined(separator: " ").contains("The vault is locked"))
        try wizard.press("Escape")
        try wizard.see("1 of 1")
        try wizard.quit()
        try wizard.expectNoTrace(of: destination.secrets + [platform.secret])
        #expect(try platform.far("destinations", "list").output.contains("Nightly"))
    }
}
