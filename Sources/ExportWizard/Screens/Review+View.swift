// Review, drawn as a page that scrolls.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func drawReview(into frame: inout Frame, in body: Rect, theme: Theme) {
        let lines = reviewLines(theme: theme)
        let first = min(review.scroll, max(0, lines.count - body.rows))
        for (index, line) in lines.dropFirst(first).prefix(body.rows).enumerated() {
            let place = Point(column: body.column, row: body.row + index)
            frame.put(
                frame.textWidth.truncatedInMiddle(line.text, to: body.columns - 1), at: place,
                style: theme[line.role])
        }
        if lines.count > body.rows {
            let mark = first + body.rows < lines.count ? theme.glyphs.moreBelow : theme.glyphs.moreAbove
            frame.put(
                String(mark), at: Point(column: body.endColumn - 1, row: body.endRow - 1),
                style: theme[.accent])
        }
    }

    func reviewLines(theme: Theme) -> [(text: String, role: Role)] {
        var lines: [(text: String, role: Role)] = []
        for section in reviewSections {
            lines.append(("\(section.key)  \(theme.say(section.title))", .heading))
            lines += section.lines.map { ("   " + theme.say($0), .text) }
        }
        guard !lines.isEmpty else { return [] }
        lines.append(("   \(theme.say(Self.firstFoldersTitle))", .heading))
        var tree = FolderTree()
        for first in firstFolders { tree.insert(first.folder, note: first.dataset.name) }
        return lines + tree.lines(glyphs: theme.glyphs).map { ("   " + $0, .accent) }
    }

    /// What stands above the folders that the first run will create.
    static let firstFoldersTitle = Text("Folders of the first run")

    /// Everything chosen, a section for each thing that can be changed from here.
    var reviewSections: [(key: String, title: Text, lines: [Text])] {
        guard let plan, let target = destination.chosen else { return [] }
        let place = destination.place(of: target)
        let datasets = datasets.chosen.map { dataset in
            let facts = [
                dataset.records.map(Text.records), dataset.bytes.map { .verbatim(Formatting.bytes($0)) },
            ].compactMap { $0 }
            return Text("\(dataset.name)  \(Text.list(facts))")
        }
        return [
            ("n", Text("Name"), [.verbatim(plan.name)]),
            (
                "1", Text("Destination"),
                [
                    Text(
                        "\(target.draft.name)  (\(Text.list([plan.destination.spec, place].compactMap { $0 })))"
                    ),
                    target.draft.fileOptions?.sentence ?? Text("unknown file options"),
                ]
            ),
            ("2", Text("Datasets (\(Formatting.count(datasets.count)))"), datasets),
            ("3", Text("Schedule"), scheduleLines(plan.schedule)),
        ]
    }

    private func scheduleLines(_ schedule: Schedule) -> [Text] {
        let start = WallClock(schedule.start)
        let local = WallClock(schedule.start, in: setting.timeZone)
        var lines = [
            Text.list([schedule.mode.text, schedule.frequency.text]),
            Text("from \(start.date) \(start.time) UTC (\(local.date) \(local.time) local time)"),
        ]
        if let end = schedule.end {
            lines.append(Text("until \(WallClock(end).date) \(WallClock(end).time) UTC"))
        }
        switch scheduling?.malformedRecords {
        case .skip?: lines.append(Text("lines that are not JSON objects are left out and counted"))
        case .fail?, nil: lines.append(Text("a line that is not a JSON object fails its dataset's run"))
        }
        return lines
    }
}

extension FileOptions {
    /// The options in a sentence.
    var sentence: Text {
        includesManifest
            ? Text(".\(fileExtension) files, with a manifest")
            : Text(".\(fileExtension) files, without a manifest")
    }
}
