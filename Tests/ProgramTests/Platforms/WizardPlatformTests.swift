// The wizard on the platform of a profile, and from one platform to another.
import Foundation
import TerminalTesting
import TestFiles
import Testing

@Suite("The wizard on another platform")
struct WizardPlatformTests {
    @Test("opens on the default profile, says so in its title, and goes to other platforms and sandboxes")
    func switching() throws {
        let platform = try ServedPlatform(sandboxes: ["prod", "dev"])
        try platform.login("--sandbox", "prod")
        let wizard = try WizardSession(platform.program, arguments: [])
        try wizard.see("acme • sandbox prod")
        try wizard.see("There is no destination yet")
        try wizard.press("p")
        try wizard.see("this machine's own lake")
        try wizard.press("Right")
        try wizard.see("dev")
        try wizard.press("Down", "Down", "Enter")
        try wizard.see("acme • sandbox dev")
        try wizard.see("There is no destination yet")
        try wizard.press("p")
        try wizard.see("this machine's own lake")
        try wizard.press("Home", "Enter")
        try wizard.see("embedded platform • sandbox local")
        try wizard.see("There is no destination yet")
        try wizard.quit()
        try wizard.expectNoTrace(of: [platform.secret])
    }

    @Test("shows production as what the platform says that it is, whatever its name")
    func production() throws {
        // The first sandbox that is served is one for production, the others are for development.
        let platform = try ServedPlatform(sandboxes: ["live", "prod"])
        for (sandbox, isMarked) in [("live", true), ("prod", false)] {
            try platform.login(name: sandbox, "--sandbox", sandbox)
            let wizard = try WizardSession(platform.program, arguments: ["--profile", sandbox])
            try wizard.see("There is no destination yet")
            try wizard.wait("\(sandbox) is marked: \(isMarked)") { _ in
                let title = try wizard.tmux.capture(styles: true).first ?? ""
                // Reversed, in bold, and in the colour of production.
                return (title.firstMatch(of: /\u{1B}\[[0-9;]*7[0-9;]*m/) != nil) == isMarked
            }
            try wizard.quit()
        }
    }

    @Test("exports there, and leaving it stops nothing")
    func exporting() throws {
        let platform = try ServedPlatform()
        try platform.login()
        let made = try platform.run("export", try platform.plan(start: Date().addingTimeInterval(3_600)))
        #expect(made.status == 0, Comment(rawValue: made.errors))
        let wizard = try WizardSession(platform.program, arguments: ["--profile", "acme"])
        try wizard.see("1 destination")
        try wizard.press("Enter")
        try wizard.see("Orders")
        try wizard.press("a", "Enter")
        try wizard.see("at once")
        try wizard.press("Enter")
        try wizard.see("Folders of the first run")
        try wizard.press("Enter")
        try wizard.see("acme • sandbox prod")
        try wizard.wait("the run is over", timeout: 120) { screen in
            screen.contains { $0.contains("1 run complete") || $0.contains("cannot be seen from here") }
        }
        #expect(tree(platform.zone + "/out").contains { $0.hasSuffix(".json.gz") })
        try wizard.press("q")
        try wizard.wait("the program has ended") { [tmux = wizard.tmux] _ in try tmux.facts().isDead }
        try wizard.expectNoTrace(of: [platform.secret])
    }

    @Test("says why another platform cannot be opened, and stays where it is")
    func failing() throws {
        let platform = try ServedPlatform()
        try platform.login()
        #expect(try platform.run("profiles", "use", "--embedded").status == 0)
        let wizard = try WizardSession(platform.program, arguments: [])
        try wizard.see("There is no destination yet")
        #expect(try platform.run("vault", "reset", "--yes").status == 0)
        try wizard.press("p")
        try wizard.see("acme")
        try wizard.press("Down", "Enter")
        try wizard.see("The vault has no secret of the profile “acme”")
        try wizard.press("Escape")
        try wizard.see("embedded platform • sandbox local")
        try wizard.quit()
    }
}
