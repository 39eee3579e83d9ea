// The rows of each list, as they are told.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

extension Wizard {
    func destinationRow(_ item: Int) -> PlainWizard.Row {
        let connection = destination.rows[item]
        return PlainWizard.Row(
            name: .verbatim(connection.draft.name),
            facts: [
                (destination.catalogue.value?.spec(of: connection)?.name).map(Text.verbatim)
                    ?? Text("unknown"),
                .verbatim(destination.place(of: connection)),
                connection.draft.fileOptions?.sentence ?? Text("unknown file options"),
            ])
    }

    func datasetRow(_ item: Int) -> PlainWizard.Row {
        let dataset = selection.datasets[item]
        return PlainWizard.Row(
            name: .verbatim(dataset.name),
            facts: [
                dataset.records.map(Text.records), dataset.bytes.map { .verbatim(Formatting.bytes($0)) },
                dataset.lastBatchAt.map {
                    Text("last batch \(WallClock($0).date) \(WallClock($0).time) UTC")
                },
                dataset.format.map(Text.verbatim), Text("id \(dataset.id)"),
            ].compactMap { $0 }, isMarked: selection.list.marks.contains(item))
    }

    func macroRow(_ item: Int) -> PlainWizard.Row {
        let macro = FolderMacro.offered[item]
        let example = firstContext.map { macro.preview(in: $0) }
        return PlainWizard.Row(
            name: .verbatim("%\(macro.name)%"), facts: example.map { [.verbatim($0)] } ?? [])
    }
}

extension FlowOverview {
    func row(now: Date) -> PlainWizard.Row {
        let draft = details.flow.draft
        let next = details.nextText(now: now)
        let notice = draft.schedule.ending(now: now).notice
        return PlainWizard.Row(
            name: .verbatim(draft.name),
            facts: [
                Text("to \(details.destination.draft.name)"), draft.schedule.mode.text,
                draft.schedule.frequency.text,
                latest.map { Text("last run: \($0.status.title)") } ?? Text("no run yet"),
                latest?.failure?.text,
                Text("next (UTC): \(next)"),
                notice.map { Text("it \($0)") }
                    ?? draft.schedule.end.map { Text("ends on \(WallClock($0).date)") },
            ].compactMap { $0 })
    }
}

extension SuggestionList {
    func row(_ item: Int) -> PlainWizard.Row {
        let row = rows[item]
        return PlainWizard.Row(name: text(of: row))
    }

    /// What is said of all rows.
    var heads: [Text] { [(suggestions.value?.place).map(Text.verbatim), isCutText].compactMap { $0 } }
}

extension PlatformList.Row {
    var row: PlainWizard.Row {
        switch self {
        case .platform(let choice):
            PlainWizard.Row(name: choice.name, facts: choice.facts)
        case .sandbox(let choice):
            PlainWizard.Row(name: choice.name, facts: [Text("sandbox")] + choice.facts)
        case .note(let words): PlainWizard.Row(name: words)
        }
    }
}

extension PlatformChoice {
    fileprivate var facts: [Text] { (detail.map { [$0] } ?? []) + (isCurrent ? [Text("worked on now")] : []) }
}

extension Verification {
    /// A row of the tree; of a folded one it is said that it is.
    func plainRow(_ item: Int) -> PlainWizard.Row {
        guard let row = tree.row(of: item) else { return PlainWizard.Row(name: .empty) }
        var told = plainRow(row)
        let place = tree.tree.place(of: item)
        if place.leaf == nil, tree.tree.canFold(place.node), tree.tree.isFolded(place.node) {
            told.facts.append(Text("folded"))
        }
        return told
    }

    /// What a row is, and its figures.
    func plainRow(_ row: Row) -> PlainWizard.Row {
        if case .file(let file, _) = row {
            return PlainWizard.Row(name: .verbatim(file.file.name), facts: file.plainFacts)
        }
        let text = text(of: row, glyphs: .unspoken, now: nil)
        // What is drawn of many numbers says nothing to those who do not see it.
        return PlainWizard.Row(
            name: text.left,
            facts: (text.state.map { [$0] } ?? []) + text.figures.filter { !$0.isDrawn }.map(\.text))
    }
}

extension FileVerification {
    /// The figures of the file, and how it stands.
    var plainFacts: [Text] {
        let word =
            switch state {
            case .present: Text("there as promised")
            case .arrived: Text("written")
            case .differs: Text("differs from what was promised")
            }
        return [
            file.records.map(Text.records), .verbatim(Formatting.bytes(file.bytes)), word,
        ].compactMap { $0 }
    }
}
