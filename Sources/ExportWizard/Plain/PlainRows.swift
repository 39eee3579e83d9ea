// The rows of each list, as they are told.
import ExportDomain
import FoundationEssentials
import TerminalKit

extension Wizard {
    func destinationRow(_ item: Int) -> PlainWizard.Row {
        let connection = destination.rows[item]
        return PlainWizard.Row(
            name: connection.draft.name,
            facts: [
                destination.catalogue.value?.spec(of: connection)?.name ?? "unknown",
                destination.place(of: connection),
                connection.draft.fileOptions?.sentence ?? "unknown file options",
            ])
    }

    func datasetRow(_ item: Int) -> PlainWizard.Row {
        let dataset = selection.datasets[item]
        return PlainWizard.Row(
            name: dataset.name,
            facts: [
                dataset.records.map { Formatting.count($0, "record", "records") },
                dataset.bytes.map { Formatting.bytes($0) },
                dataset.lastBatchAt.map { "last batch \(WallClock($0).date) \(WallClock($0).time) UTC" },
                dataset.format, "id \(dataset.id)",
            ].compactMap { $0 }, isMarked: selection.list.marks.contains(item))
    }

    func macroRow(_ item: Int) -> PlainWizard.Row {
        let macro = FolderMacro.offered[item]
        let example = firstContext.map { macro.preview(in: $0) }
        return PlainWizard.Row(name: "%\(macro.name)%", facts: example.map { [$0] } ?? [])
    }
}

extension FlowOverview {
    func row(now: Date) -> PlainWizard.Row {
        let draft = details.flow.draft
        let next = details.nextText(now: now)
        let notice = draft.schedule.ending(now: now).notice
        return PlainWizard.Row(
            name: draft.name,
            facts: [
                "to \(details.destination.draft.name)", "\(draft.schedule.mode)",
                "\(draft.schedule.frequency)",
                latest.map { "last run: \($0.status.title)" } ?? "no run yet", "next (UTC): \(next)",
                notice.map { "it \($0)" } ?? draft.schedule.end.map { "ends on \(WallClock($0).date)" },
            ].compactMap { $0 })
    }
}

extension SuggestionList {
    func row(_ item: Int) -> PlainWizard.Row {
        let row = rows[item]
        return PlainWizard.Row(name: text(of: row))
    }

    /// What is said of all rows.
    var heads: [String] { [suggestions.value?.place, isCutText].compactMap { $0 } }
}

extension PlatformList.Row {
    var row: PlainWizard.Row {
        switch self {
        case .platform(let choice):
            PlainWizard.Row(name: choice.name, facts: choice.facts)
        case .sandbox(let choice):
            PlainWizard.Row(name: choice.name, facts: ["sandbox"] + choice.facts)
        case .note(let words): PlainWizard.Row(name: words)
        }
    }
}

extension PlatformChoice {
    fileprivate var facts: [String] { [detail].filter { !$0.isEmpty } + (isCurrent ? ["worked on now"] : []) }
}

extension Verification {
    /// A row of the tree; of a folded one it is said that it is.
    func plainRow(_ item: Int) -> PlainWizard.Row {
        guard let row = tree.row(of: item) else { return PlainWizard.Row(name: "") }
        var told = plainRow(row)
        let place = tree.tree.place(of: item)
        if place.leaf == nil, tree.tree.canFold(place.node), tree.tree.isFolded(place.node) {
            told.facts.append("folded")
        }
        return told
    }

    /// What a row is, and its figures.
    func plainRow(_ row: Row) -> PlainWizard.Row {
        if case .file(let file, _) = row {
            return PlainWizard.Row(name: file.file.name, facts: file.plainFacts)
        }
        let text = text(of: row, glyphs: .unspoken, now: nil)
        let names = text.left.split(separator: "  ").map { String($0).trimmed }
        var figures = text.figures.map(\.text)
        // What is drawn of many numbers says nothing to those who do not see it.
        if case .flow = row { figures.removeAll { $0.hasPrefix(Self.sparklineTitle) } }
        return PlainWizard.Row(name: names.first ?? "", facts: Array(names.dropFirst()) + figures)
    }
}

extension FileVerification {
    /// The figures of the file, and how it stands.
    var plainFacts: [String] {
        let word =
            switch state {
            case .present: "there as promised"
            case .arrived: "written"
            case .differs: "differs from what was promised"
            }
        return [
            file.records.map { Formatting.count($0, "record", "records") }, Formatting.bytes(file.bytes),
            word,
        ].compactMap { $0 }
    }
}
