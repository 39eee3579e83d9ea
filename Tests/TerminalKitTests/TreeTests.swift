// A tree as the items of a list.
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("A tree")
struct TreeTests {
    /// Below a lie two leaves, b and c; below b so many leaves, below c none, and below d, which stands beside a, one.
    private func tree(leaves: Int = 10_000, d: Bool = true) -> Tree<String> {
        var tree = Tree<String>()
        tree.show(
            [
                TreeNode("a", level: 0, leaves: 2), TreeNode("b", level: 1, leaves: leaves),
                TreeNode("c", level: 1),
            ] + (d ? [TreeNode("d", level: 0, leaves: 1)] : []))
        return tree
    }

    private func place(_ node: Int, _ leaf: Int? = nil) -> Tree<String>.Place {
        Tree<String>.Place(node: node, leaf: leaf)
    }

    @Test("numbers nodes and leaves in their order, and finds each by its number")
    func places() {
        let tree = tree()
        #expect(tree.count == 4 + 2 + 10_000 + 1)
        let wanted: [(Int, Tree<String>.Place)] = [
            (0, place(0)), (1, place(0, 0)), (2, place(0, 1)), (3, place(1)), (4, place(1, 0)),
            (10_003, place(1, 9_999)), (10_004, place(2)), (10_005, place(3)), (10_006, place(3, 0)),
        ]
        for (item, place) in wanted {
            #expect(tree.place(of: item) == place)
            #expect(tree.item(at: place) == item)
        }
        #expect(tree.level(of: place(1, 3)) == 2)
        #expect(tree.parent(of: place(1, 3)) == 1 && tree.parent(of: place(1)) == 0)
        #expect(tree.parent(of: place(3)) == nil)
    }

    @Test("folds what lies below a node, and nothing else")
    func folding() {
        var tree = tree(leaves: 2)
        #expect(tree.unfolded() == nil)
        #expect(!tree.canFold(2))
        tree.setFolded(true, 1)
        #expect(tree.unfolded() == [0, 1, 2, 3, 6, 7, 8])
        #expect(tree.unfolded(of: [0, 3, 4, 8]) == [0, 3, 8])
        tree.setFolded(true, 0)
        #expect(tree.unfolded() == [0, 7, 8])
        tree.reveal(4)
        #expect(tree.unfolded() == nil)
    }

    @Test("keeps what is folded when others come and go")
    func refresh() {
        var tree = tree(leaves: 2)
        tree.setFolded(true, 1)
        tree.show([
            TreeNode("new", level: 0, leaves: 1, isFoldedAtFirst: true), TreeNode("a", level: 0, leaves: 2),
            TreeNode("b", level: 1, leaves: 5),
        ])
        #expect(tree.isFolded(0) && !tree.isFolded(1) && tree.isFolded(2))
        #expect(tree.node("b") == 2 && tree.node("d") == nil)
    }

    @Test("leads in and out by one key each")
    func steps() {
        var tree = tree(leaves: 2)
        #expect(tree.stepOut(of: place(1, 1)) == .goes(to: 3))
        #expect(tree.stepOut(of: place(1)) == .changed)
        #expect(tree.isFolded(1))
        #expect(tree.stepOut(of: place(1)) == .goes(to: 0))
        #expect(tree.stepInto(place(1)) == .changed)
        #expect(tree.stepInto(place(1)) == .goes(to: 4))
        #expect(tree.stepInto(place(1, 0)) == nil && tree.stepInto(place(2)) == nil)
        #expect(tree.stepOut(of: place(0)) == .changed)
        #expect(tree.stepOut(of: place(0)) == nil)
    }

    @Test("gives items with what they lie below, each once")
    func ancestors() {
        let tree = tree(leaves: 2)
        #expect(tree.withAncestors(of: [4, 5, 6, 8]) == [0, 3, 4, 5, 6, 7, 8])
        #expect(tree.withAncestors(of: [3, 4]) == [0, 3, 4])
        #expect(tree.withAncestors(of: []) == [])
    }

    @Test("keeps the cursor of a list on its item, and where it is on the screen, while rows come above it")
    func cursor() {
        var tree = tree()
        var list = ListState()
        list.setCount(tree.count)
        list.move(to: 5_000, height: 10)
        let before = list.cursor.visible(count: tree.count, height: 10)
        tree.show([TreeNode("new", level: 0, leaves: 299), TreeNode("a", level: 0, leaves: 20_000)])
        list.follow(item: 5_300, of: tree.count)
        let after = list.cursor.visible(count: tree.count, height: 10)
        #expect(list.selectedItem == 5_300)
        #expect(after.lowerBound == before.lowerBound + 300)
        tree.setFolded(true, 0)
        list.show(tree.unfolded(), by: list.query)
        #expect(list.selectedItem == 5_300 && list.selectedRow == 5_001)
    }

    @Test("shows what comes at the top while the cursor is there")
    func top() {
        var list = ListState()
        list.setCount(20)
        list.follow(item: 0, of: 30)
        #expect(list.cursor.visible(count: 30, height: 10) == 0..<10)
    }
}
