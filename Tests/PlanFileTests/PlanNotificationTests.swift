// What a plan says about telling what has come of it.
import ExportDomain
import Foundation
import PlanFile
import Testing

@Suite("The notifications of a plan")
struct PlanNotificationTests {
    private static func text(_ lines: String) -> String {
        PlanFileReadTests.example + "\n[notifications]\n" + lines
    }

    @Test("Occasions and command are read, and read back as they were written")
    func roundTrip() throws {
        let command = ["mail", "-s", "a \"b\" \\ $HOME 日本\n", ""]
        var plan = PlanFileReadTests.plan
        plan.notifications = FlowNotifications(on: [.missed, .failure], command: command)
        #expect(try PlanFileReadTests.read(PlanFile.write(plan)) == plan)
        let read = try PlanFileReadTests.read(
            Self.text("on = [\"missed\", \"failure\", \"missed\"]\ncommand = [\"mail\"]"))
        #expect(read.notifications == FlowNotifications(on: [.failure, .missed], command: ["mail"]))
        #expect(try PlanFileReadTests.read(PlanFileReadTests.example).notifications == nil)
    }

    @Test(
        "A slip is named with its line and what would do",
        arguments: [
            (
                "command = [\"mail\"]",
                "“on” in [notifications] is missing; add on = [\"failure\", \"missed\"]."
            ),
            (
                "on = [\"failure\"]",
                "“command” in [notifications] is missing; add command = [\"/usr/local/bin/tell\", \"me@example.com\"]."
            ),
            (
                "on = [\"failed\"]\ncommand = [\"mail\"]",
                "“on” in [notifications] is “failed” and must be one of failure, retry, success, ending, missed."
            ),
            ("on = []\ncommand = [\"mail\"]", "“on” in [notifications] is empty."),
            ("on = [\"failure\"]\ncommand = [\"\"]", "“command” in [notifications] is empty."),
            (
                "on = [\"failure\"]\ncommand = \"mail me\"",
                "“command” in [notifications] is text and must be a list of a program and its arguments, in quotes."
            ),
            ("om = [\"failure\"]", "unknown key “om” in [notifications]; did you mean “on”?"),
            (
                "frequency = \"daily\"",
                "unknown key “frequency” in [notifications]; it belongs in [schedule]."
            ),
        ])
    func slips(lines: String, sentence: String) throws {
        let error = try #require(PlanFileErrorTests.error(Self.text(lines)))
        #expect(error.description.hasSuffix(sentence), Comment(rawValue: error.description))
    }
}
