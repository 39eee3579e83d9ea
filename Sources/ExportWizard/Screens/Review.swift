// Review: everything chosen, and the folders that the first run will create.
import ExportDomain
import FoundationEssentials
import TerminalKit

/// The state of the fourth step.
struct Review: Equatable, Sendable {
    /// The name of the dataflow where a person has given one.
    var name: String?
    /// How many lines of the page are above the screen.
    var scroll = 0
    /// The token of the creation that is under way.
    var finishingToken: Int?
    /// The plan file that is being written, while it is.
    var saving: SavingPlan?

    /// A plan file on its way.
    struct SavingPlan: Equatable, Sendable {
        var path: String
        var token: Int
    }
}

/// The folders of a first run, as lines of a tree.
struct FolderTree: Equatable {
    /// A folder, with what is in it.
    private struct Node: Equatable {
        var children: [(name: String, node: Node)] = []
        var note: String?

        static func == (first: Node, second: Node) -> Bool {
            first.note == second.note && first.children.elementsEqual(second.children) { $0 == $1 }
        }

        mutating func insert(_ folders: ArraySlice<Substring>, note: String) {
            guard let first = folders.first else {
                self.note = self.note.map { "\($0), \(note)" } ?? note
                return
            }
            let name = String(first)
            let index = children.firstIndex { $0.name == name } ?? children.endIndex
            if index == children.endIndex { children.append((name, Node())) }
            children[index].node.insert(folders.dropFirst(), note: note)
        }

        /// A folder with nothing in it but one other folder stands on one line with it.
        mutating func joinLoneFolders() {
            for index in children.indices {
                while children[index].node.note == nil, children[index].node.children.count == 1 {
                    let only = children[index].node.children[0]
                    children[index] = (children[index].name + "/" + only.name, only.node)
                }
                children[index].node.joinLoneFolders()
            }
        }

        func lines(indent: String, glyphs: Glyphs) -> [String] {
            children.enumerated().flatMap { index, child in
                let isLast = index == children.count - 1
                let branch = isLast ? glyphs.lastBranch : glyphs.branch
                let below = isLast ? String(repeating: " ", count: glyphs.trunk.count) : glyphs.trunk
                return [indent + branch + child.name + "/" + child.node.suffix]
                    + child.node.lines(indent: indent + below, glyphs: glyphs)
            }
        }

        var suffix: String { note.map { "  (\($0))" } ?? "" }
    }

    private var root = Node()

    /// Puts a folder into the tree, with a word on what it will hold.
    mutating func insert(_ folder: String, note: String) {
        root.insert(folder.split(separator: "/")[...], note: note)
    }

    /// The tree as text, one folder a line.
    func lines(glyphs: Glyphs) -> [String] {
        var root = root
        root.joinLoneFolders()
        return (root.note.map { ["/  (\($0))"] } ?? []) + root.lines(indent: "", glyphs: glyphs)
    }
}
