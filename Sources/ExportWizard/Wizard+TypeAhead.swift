// Keys that were typed ahead, as one does on a slow line who knows the way: where they are for a list that has not come,
// they wait for it.
import TerminalKit

extension Wizard {
    /// More keys than this nobody types for a list that does not come.
    private static let mostTypedAhead = 64

    /// Keeps a key for when the list of the screen has come; false where it is for now.
    mutating func keepsForLater(_ key: Key) -> Bool {
        guard overlay == nil, lackOfList == .isAwaited else {
            typedAhead = []
            return false
        }
        switch key {
        case .escape, .control("c"), .control("g"):
            // Whoever goes back does not want what comes after.
            typedAhead = []
            return false
        default: break
        }
        // What was typed after a key that waits is not for the screen of now, either.
        guard !typedAhead.isEmpty || isForRows(key) else { return false }
        if typedAhead.count < Self.mostTypedAhead { typedAhead.append(key) }
        return true
    }

    /// Does what the keys that were kept say, as far as their lists have come.
    mutating func pressTypedAhead(at moment: Moment) -> [WizardEffect] {
        var effects: [WizardEffect] = []
        if lackOfList == .hasFailed { typedAhead = [] }
        while !typedAhead.isEmpty, lackOfList != .isAwaited {
            let key = typedAhead.removeFirst()
            effects += press(key, at: moment) + arrangeLists()
        }
        return effects
    }

    /// Why the screen has not its list; nil where it has, or where it has none.
    private var lackOfList: LackOfList? {
        switch screen {
        case .destination: destination.catalogue.lack
        // What has come of the datasets is there for keys.
        case .datasets, .flowDatasets:
            selection.loading.isLoading && !selection.datasets.isEmpty ? nil : selection.loading.lack
        case .flows: flowList.flows.lack
        case .destinationKinds, .destinationForm, .destinationTest, .scheduling, .review, .flowSettings,
            .verification:
            nil
        }
    }

    /// Whether a key does something to the rows of the list, of which there are none.
    private func isForRows(_ key: Key) -> Bool {
        if isSearching { return key == .enter }
        switch actions.action(for: key)?.id {
        case .next?, .toggle?, .selectRange?, .selectAllShown?, .orderByNext?, .reverseOrder?: return true
        case nil:
            var cursor = ListCursor()
            return cursor.handle(key, count: 2, height: 1, letters: !isSearching)
        default: return false
        }
    }
}

/// Why a list is not there.
private enum LackOfList {
    /// It was asked for, and has not come.
    case isAwaited
    /// It will not come.
    case hasFailed
}

extension Loadable {
    fileprivate var lack: LackOfList? { isLoading ? .isAwaited : isFailed ? .hasFailed : nil }
}
