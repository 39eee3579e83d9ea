// Finding rows of the verification pane. Of files there may be ten thousand, and some come or go at each refresh while a
// key is waited for: what is laid out of their names is kept for those that stay.
import ExportDomain
import FuzzySearch
import TerminalKit

/// The rows of a tree of runs, laid out to be searched.
struct RunSearch: Equatable, Sendable {
    /// The names of the files of each run.
    private var files: [Identifier<FlowRun>: FileNames] = [:]
    /// The texts of all other rows, and the items that they are.
    private var others = SearchIndex()
    private var otherItems: [UInt32] = []
    /// Whether the tree is another one since it was laid out.
    private var isStale = true

    /// Has the tree laid out anew before something is searched.
    mutating func noteChange() { isStale = true }

    /// The items that a query finds, in their order.
    ///
    /// - Parameters:
    ///   - tree: the same as before unless a change was noted.
    ///   - text: what is searched of a row that is no file.
    mutating func items(_ query: SearchQuery, in tree: RunTree, text: (RunTree.Row) -> String) -> [UInt32] {
        if isStale { layOut(tree, text: text) }
        var found = others.searchNow(query).items.map { otherItems[Int($0)] }
        for (run, items) in tree.fileItems {
            found += files[run]?.index.searchNow(query).items.map { UInt32(items.lowerBound) + $0 } ?? []
        }
        return found.sorted()
    }

    private mutating func layOut(_ tree: RunTree, text: (RunTree.Row) -> String) {
        let before = files
        files = [:]
        (others, otherItems) = (SearchIndex(), [])
        var next = 0
        for (run, items) in tree.fileItems {
            otherItems += (next..<items.lowerBound).map { UInt32($0) }
            next = items.upperBound
            var names = before[run] ?? FileNames()
            names.take(tree.report(run)?.verification.files ?? [])
            files[run] = names
        }
        otherItems += (next..<tree.tree.count).map { UInt32($0) }
        others.append(otherItems.map { (tree.row(of: Int($0)).map(text) ?? "", "") })
        isStale = false
    }
}

/// The names of the files of a run.
private struct FileNames: Equatable, Sendable {
    private var files: [FileVerification] = []
    private(set) var index = SearchIndex()

    /// Takes other files; those before the first that is another one are not laid out again.
    mutating func take(_ new: [FileVerification]) {
        let same = zip(files, new).prefix { $0.file.path == $1.file.path }
        index.keepFirst(same.count)
        index.append(new[index.count...].lazy.map { ($0.file.name, "") })
        files = new
    }
}
