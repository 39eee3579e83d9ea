// What a person can do on a screen, as one table: dispatch, hint line, help and palette all read it,
// so that none can say what another does not do.
import FuzzySearch
import Languages

/// Something that can be done on a screen.
public struct Action<ID: Hashable & Sendable>: Sendable, Equatable {
    /// Whether an action can be used now.
    public enum Availability: Sendable, Hashable {
        /// It can.
        case enabled
        /// It cannot, for this reason: a sentence for the person at the keyboard.
        case disabled(because: Text)
    }

    /// What the program calls it.
    public var id: ID
    /// The keys that do it; the first is the one shown in hints.
    public var keys: [Key]
    /// Its name in a word or two.
    public var title: Text
    /// A sentence on what it does.
    public var help: Text
    /// Whether it cannot be undone.
    public var isDangerous: Bool
    /// Whether it can be used now, or why not.
    public var availability: Availability
    /// Whether the hint line shows it.
    public var hint: Bool

    /// An action.
    public init(
        _ id: ID, keys: [Key], title: Text, help: Text, isDangerous: Bool = false,
        availability: Availability = .enabled, hint: Bool = true
    ) {
        self.id = id
        self.keys = keys
        self.title = title
        self.help = help
        self.isDangerous = isDangerous
        self.availability = availability
        self.hint = hint
    }

    /// Whether it can be used now.
    public var isEnabled: Bool { availability == .enabled }

    /// Why it cannot be used now; nothing where it can.
    public var disabledReason: Text? {
        if case .disabled(let reason) = availability { reason } else { nil }
    }
}

/// The actions of a screen, the most important first.
public struct ActionTable<ID: Hashable & Sendable>: Sendable, Equatable {
    /// The actions in their order.
    public var actions: [Action<ID>]

    /// A table of `actions`, the most important first.
    public init(_ actions: [Action<ID>]) {
        self.actions = actions
    }

    /// The action that `key` stands for, enabled or not; the first in the list where several claim it.
    public func action(for key: Key) -> Action<ID>? {
        actions.first { $0.keys.contains(key) }
    }

    /// The action called `id`.
    public subscript(id: ID) -> Action<ID>? {
        actions.first { $0.id == id }
    }

    /// The actions that the hint line shows.
    public var hints: [Action<ID>] { actions.filter { $0.hint && !$0.keys.isEmpty } }

    /// The actions whose title, help or keys have what is searched for, the best match first; all in their order where
    /// nothing is searched for.
    ///
    /// What they are called in English counts too, whatever the language is.
    public func actions(matching query: SearchQuery, in language: Language) -> [Action<ID>] {
        if query.isEmpty { return actions }
        var index = SearchIndex()
        index.append(
            actions.map { action in
                let english = language == .english ? [] : [action.title.english, action.help.english]
                let more = [action.help.string(in: language)] + action.keys.map(\.description) + english
                return (action.title.string(in: language), more.joined(separator: " "))
            })
        return index.searchNow(query).items.map { actions[Int($0)] }
    }

    /// The keys that more than one action claims; a screen's table should have none.
    public var contestedKeys: Set<Key> {
        var seen: Set<Key> = []
        return Set(actions.flatMap { Set($0.keys) }.filter { !seen.insert($0).inserted })
    }

    /// This table followed by another, as for a screen's own actions and those of every screen.
    public static func + (first: ActionTable, second: ActionTable) -> ActionTable {
        ActionTable(first.actions + second.actions)
    }
}
