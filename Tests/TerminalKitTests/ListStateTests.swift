// A list: its place, its search, its order and its marks.
import FuzzySearch
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite("A list")
struct ListStateTests {
    private static let names = ["Orders", "Web events", "Profiles", "web hooks", "Old orders"]
    private static let sizes: [Double?] = [30, 10, nil, 10, 20]

    private static func list(typing text: String = "") -> ListState {
        var list = ListState()
        list.setSearching(true)
        for character in text { _ = list.handle(.character(character), height: 10) }
        list.setSearching(false)
        arrange(&list)
        return list
    }

    private static func arrange(_ list: inout ListState) {
        list.arrange(count: names.count) {
            (names[$0], "id\($0)")
        } by: { item, column in
            column == 0 ? .text(names[item]) : sizes[item].map { .number($0) } ?? .nothing
        }
    }

    private func rows(_ list: ListState) -> [Int] { (0..<list.rowCount).map(list.item) }

    @Test(
        "Typing leaves what is found, the best first, and the cursor on it",
        arguments: [("web", [3, 1]), ("ord", [0, 4]), ("id3", [3]), ("zz", []), ("", [0, 1, 2, 3, 4])])
    func search(text: String, items: [Int]) {
        let list = Self.list(typing: text)
        #expect(rows(list) == items)
        #expect(list.selectedItem == items.first)
    }

    @Test("Without a search every item is shown, and the cursor stays on its own")
    func clearing() {
        var list = Self.list(typing: "web")
        _ = list.handle(.down, height: 10)
        #expect(list.selectedItem == 1)
        list.clearSearch()
        Self.arrange(&list)
        #expect(rows(list) == [0, 1, 2, 3, 4] && list.selectedItem == 1)
    }

    @Test("The keys of a list move, and are typed while something is searched for")
    func keys() {
        var list = Self.list()
        let keys: [(Key, Int)] = [
            (.character("j"), 1), (.character("G"), 4), (.control("u"), 0), (.control("n"), 1),
            (.control("f"), 4),
            (.character("k"), 3), (.character("g"), 0), (.control("v"), 4), (.control("p"), 3),
        ]
        for (key, item) in keys {
            let isHandled = list.handle(key, height: 10)
            #expect(isHandled && list.selectedItem == item, "\(key)")
        }
        var isHandled = list.handle(.character("x"), height: 10)
        #expect(!isHandled)
        list.setSearching(true)
        isHandled = list.handle(.character("j"), height: 10)
        #expect(isHandled && list.search.text == "j" && list.selectedItem == 3)
        isHandled = list.handle(.up, height: 10)
        #expect(isHandled && list.selectedItem == 2)
    }

    @Test("It is ordered by one column after the other, either way, and what has no value comes last")
    func order() {
        var list = Self.list()
        _ = list.handle(.end, height: 10)
        let orders = [ListOrder(column: 0), ListOrder(column: 1, isDescending: true)]
        let next = { (list: inout ListState) in
            list.orderByNext(of: orders)
            Self.arrange(&list)
        }
        next(&list)
        #expect(rows(list) == [4, 0, 2, 1, 3])
        #expect(list.selectedItem == 4)
        next(&list)
        #expect(rows(list) == [0, 4, 1, 3, 2])
        list.reverseOrder(orders)
        Self.arrange(&list)
        #expect(rows(list) == [1, 3, 4, 0, 2] && list.order == ListOrder(column: 1))
        next(&list)
        #expect(rows(list) == [0, 1, 2, 3, 4] && list.order == nil)
    }

    @Test("Whoever is on the first row stays on it when the order changes")
    func orderFromFirstRow() {
        var list = Self.list()
        list.orderByNext(of: [ListOrder(column: 1, isDescending: true)])
        Self.arrange(&list)
        #expect(list.selectedRow == 0 && list.selectedItem == 0)
        list.reverseOrder([])
        Self.arrange(&list)
        #expect(list.selectedRow == 0 && list.selectedItem == 1)
    }

    @Test("An order holds for what is found too")
    func orderOfMatches() {
        var list = Self.list(typing: "ord")
        list.orderByNext(of: [ListOrder(column: 1)])
        Self.arrange(&list)
        #expect(rows(list) == [4, 0])
    }

    @Test("Marks stay when the search hides them, and are counted")
    func marks() {
        var list = Self.list()
        list.toggleMark()
        list.toggleMark()
        #expect(list.marks.numbers == [0, 1] && list.selectedItem == 2)
        var other = Self.list(typing: "web")
        other.setMark(true, onItem: 0)
        other.setMark(true, onItem: 1)
        #expect(other.hiddenMarks == 1)
        other.toggleAllShown()
        #expect(other.marks.numbers == [0, 1, 3])
        other.toggleAllShown()
        #expect(other.marks.numbers == [0])
    }

    @Test("A range is marked as a whole, from below or from above, and unmarked where all of it is marked")
    func range() {
        var list = Self.list()
        list.setMark(true, onItem: 2)
        _ = list.handle(.down, height: 10)
        list.toggleRange()
        _ = list.handle(.end, height: 10)
        #expect(list.isInRange(1) && list.isInRange(4) && !list.isInRange(0))
        list.toggleMark()
        #expect(list.marks.numbers == [1, 2, 3, 4] && list.rangeStart == nil)
        list.toggleRange()
        _ = list.handle(.up, height: 10)
        list.toggleMark()
        #expect(list.marks.numbers == [1, 2])
        list.toggleRange()
        list.toggleRange()
        #expect(!list.isInRange(3))
    }

    @Test("The cursor goes to an item as soon as that is shown, unless it was moved meanwhile")
    func waiting() {
        var list = ListState()
        list.place(onItem: 3)
        list.setCount(2)
        #expect(list.selectedItem == 0)
        list.setCount(5)
        #expect(list.selectedItem == 3)
        list.forgetItems()
        list.place(onItem: 4)
        _ = list.handle(.up, height: 10)
        list.setCount(5)
        #expect(list.selectedItem != 4)
    }

    @Test("Newly found items do not take the cursor off the one it was moved to")
    func growing() {
        var list = ListState()
        list.setCount(10)
        list.setSearching(true)
        _ = list.handle(.character("a"), height: 5)
        list.show([7, 3], by: list.wantedQuery)
        #expect(list.selectedItem == 7)
        list.show([1, 7, 3], by: list.wantedQuery)
        #expect(list.selectedItem == 1)
        _ = list.handle(.down, height: 5)
        list.show([1, 2, 4, 7, 3], by: list.wantedQuery)
        #expect(list.selectedItem == 7)
    }

    @Test("A set of numbers has each once")
    func rowSet() {
        var set = RowSet()
        for number in [3, 64, 3, 1_000_000] { set.insert(number) }
        #expect(set.numbers == [3, 64, 1_000_000] && set.count == 3)
        set.remove(64)
        set.remove(65)
        #expect(set.count == 2 && !set.contains(64) && set.contains(3) && !set.contains(2_000_000))
        var other = RowSet()
        other.insert(1_000_000)
        other.insert(3)
        other.insert(2_000_000)
        other.remove(2_000_000)
        #expect(set == other && !set.isEmpty && RowSet().isEmpty)
    }
}
