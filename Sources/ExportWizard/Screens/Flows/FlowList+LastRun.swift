// The latest export of the flow under the cursor: how it went or why it failed, and how many records each one had.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    /// How far from the left the facts of a flow stand, after their titles.
    static let flowFactColumn = 10

    /// How many exports a line of them shows at most.
    private static let sparklineColumns = 12

    func drawLastRun(of flow: FlowOverview, into frame: inout Frame, in area: Rect, theme: Theme) {
        frame.put(Text("Last run"), at: area.origin, style: theme[.muted])
        let (sign, text, role) = flow.lastRun(theme.glyphs)
        let room = area.split(left: Self.flowFactColumn).rest
        let rules = frame.textWidth
        let words = theme.say(text).split(whereSeparator: \.isNewline).joined(separator: " ")
        var lines = rules.wrapped(sign.map { "\($0) \(words)" } ?? words, to: room.columns)
        if lines.count > room.rows {
            // What has no room ends with the sign for that; Enter shows all of it.
            let rest = lines[(room.rows - 1)...].joined(separator: " ")
            lines[(room.rows - 1)...] = [rules.truncated(rest, to: room.columns)]
        }
        for (index, line) in lines.enumerated() {
            frame.put(line, at: room.line(index).origin, style: theme[role], columns: room.columns)
        }
        guard lines.count < room.rows, flow.recordsOfExports.count > 1 else { return }
        let records = Sparkline(flow.recordsOfExports)
            .text(columns: Self.sparklineColumns, glyphs: theme.glyphs)
        frame.put(
            Text("\(Verification.sparklineTitle) \(records)"), at: room.line(lines.count).origin,
            style: theme[.text], columns: room.columns)
    }
}

extension WizardLayout {
    /// The rows below the list of flows, a blank one first.
    var flowDetailRows: Int { 1 + flowLastRunRows + 4 }

    /// How many of them tell of the latest export.
    var flowLastRunRows: Int { body.rows < 16 ? 1 : 2 }
}

extension FlowOverview {
    /// How the latest export went, and why where it failed.
    fileprivate func lastRun(_ glyphs: Glyphs) -> (sign: Character?, text: Text, role: Role) {
        guard let latest else { return (nil, Text("none yet"), .muted) }
        let outcome: Text? =
            switch latest.status {
            case .failed: latest.failure?.text
            case .success: latest.records.map { Text.records($0) }
            case .waiting, .processing, .other: nil
            }
        let words = outcome ?? latest.status.title
        let time = latest.scheduledTime.map { "\(WallClock($0).date) \(WallClock($0).time)" }
        return (
            latest.status.sign(glyphs), time.map { Text("\($0) UTC: \(words)") } ?? words,
            latest.status == .success ? .text : latest.status.role
        )
    }
}
