// Texts that lie over a screen: they are told and done with, long ones a page at a time.
import ExportDomain
import Languages
import TerminalKit

extension PlainWizard {
    /// Tells a text that has come, and closes it.
    mutating func readText(at moment: Moment) {
        switch wizard.overlay {
        case .text(let reader)?:
            say(Text("\(reader.title):"))
            say(reader.lines)
            press(.control("g"), at: moment)
        case .records(let table)?:
            guard table.token == nil else { return }
            tell(table)
            press(.control("g"), at: moment)
        case .copied(let copied)?:
            // There is no clipboard to send it to without a sequence for the terminal.
            say(copied.text.split(separator: "\n").map(String.init))
            press(.control("g"), at: moment)
        case .help?, .palette?, .calendar?, .files?:
            // What they show is told, and what is chosen in them is typed.
            press(.control("g"), at: moment)
        case .confirm?, .prompt?, .macros?, .suggestions?, .platforms?, .unfinished?, nil: break
        }
    }

    /// Tells the first records of a file.
    private mutating func tell(_ table: RecordTable) {
        say(table.file + ":")
        say(table.rows.map(\.record))
        if let problem = table.problem { say(problem) }
        if table.rows.isEmpty, table.problem == nil { say(Text("The file has no records.")) }
        if let total = table.total, total > table.rows.count {
            say(
                Text("These are the first \(Formatting.count(table.rows.count)) of \(Text.records(total)).")
            )
        }
    }
}
