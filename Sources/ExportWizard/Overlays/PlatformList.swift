// The list of platforms: the sandboxes of each stand below it, once they were asked for.
import Languages
import TerminalKit

/// The state of the list.
struct PlatformList: Equatable, Sendable {
    /// A row of the list.
    enum Row: Equatable {
        case platform(PlatformChoice)
        case sandbox(PlatformChoice)
        /// What stands for sandboxes that are still to come, or cannot be had.
        case note(Text)

        /// What can be chosen in this row.
        var choice: PlatformChoice? {
            switch self {
            case .platform(let choice), .sandbox(let choice): choice
            case .note: nil
            }
        }
    }

    /// A platform that is being opened.
    struct Opening: Equatable, Sendable {
        var choice: PlatformChoice
        var token: Int
    }

    var choices: Loadable<[PlatformChoice]> = .idle
    /// The sandboxes of the platforms whose were asked for.
    var sandboxes: [PlatformID: Loadable<[PlatformChoice]>] = [:]
    var list = ListState()
    var opening: Opening?
    /// Why a platform could not be opened.
    var problem: Text?

    var rows: [Row] {
        (choices.value ?? []).flatMap { choice -> [Row] in
            let below: [Row] =
                switch sandboxes[choice.id] {
                case .loaded(let all)?: all.map(Row.sandbox)
                case .failed(let reason)?: [.note(reason)]
                case .loading?: [.note(Text("Loading sandboxes"))]
                case .idle?, nil: []
                }
            return [.platform(choice)] + below
        }
    }

    /// The row under the cursor.
    var selected: Row? {
        let rows = rows
        return list.selectedItem.flatMap { rows.indices.contains($0) ? rows[$0] : nil }
    }

    /// Searches the list.
    mutating func arrangeList(in language: Language) {
        let rows = rows
        list.arrange(count: rows.count) { item in
            switch rows[item] {
            case .platform(let choice), .sandbox(let choice):
                (choice.name.string(in: language), choice.detail?.string(in: language) ?? "")
            case .note: ("", "")
            }
        }
    }

    /// The platform whose sandboxes can be asked for under the cursor.
    var expandable: PlatformChoice? {
        guard case .platform(let choice)? = selected, choice.hasSandboxes,
            sandboxes[choice.id] == nil || sandboxes[choice.id]?.isFailed == true
        else { return nil }
        return choice
    }

    /// Takes the platforms, and puts the cursor on the one that is worked on.
    mutating func take(_ choices: [PlatformChoice]) {
        self.choices = .loaded(choices)
        list.place(onItem: choices.firstIndex(where: \.isCurrent) ?? 0)
    }

    /// The platform whose sandboxes are awaited under a token.
    func platform(awaiting token: Int) -> PlatformID? {
        sandboxes.first { $0.value.isWaiting(for: token) }?.key
    }

    /// The tokens of what is still to come.
    var tokens: [Int] {
        let loading = ([choices.token] + sandboxes.values.map(\.token)).compactMap { $0 }
        return loading + (opening.map { [$0.token] } ?? [])
    }
}
