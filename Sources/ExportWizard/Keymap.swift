// The keys that a person has chosen for actions, in the place of the usual ones. Hints, help, palette and dispatch are
// made from the table of actions, so this is the one place where keys change.
import TerminalKit

/// The keys of actions, where they are not the usual ones.
public struct Keymap: Equatable, Sendable {
    private var keys: [WizardAction: [Key]] = [:]

    /// The usual keys.
    public init() {}

    /// Other keys for some actions, by their names.
    ///
    /// - Parameter keys: at least one key for each; names that no action has are passed over.
    public init(_ keys: [String: [Key]]) {
        for (name, keys) in keys where !keys.isEmpty {
            if let action = WizardAction.named[name] { self.keys[action] = keys }
        }
    }

    /// The names of all actions, in the order in which they are listed.
    public static let actionNames = WizardAction.allCases.map(\.name)

    /// A table with the chosen keys; another action loses a key that was chosen.
    ///
    /// - Parameter isTyping: whether characters belong to a text, so that they can be no keys.
    func applied(to table: WizardActions, isTyping: Bool) -> WizardActions {
        if keys.isEmpty { return table }
        var chosen: [WizardAction: [Key]] = [:]
        for action in table.actions {
            let usable = keys[action.id]?.filter { !isTyping || !$0.isCharacter } ?? []
            if !usable.isEmpty { chosen[action.id] = usable }
        }
        let taken = Set(chosen.values.joined())
        return WizardActions(
            table.actions.map { action in
                var action = action
                action.keys = chosen[action.id] ?? action.keys.filter { !taken.contains($0) }
                // Nobody is to be shut in.
                if action.id == .quit, !action.keys.contains(.control("c")) {
                    action.keys.append(.control("c"))
                }
                return action
            })
    }
}

extension WizardAction {
    /// The name in files: `new-destination`.
    var name: String {
        rawValue.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
    }

    static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}

extension Key {
    fileprivate var isCharacter: Bool { if case .character = self { true } else { false } }
}
