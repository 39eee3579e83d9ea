// What lists say of a search.
import Languages
import TerminalKit

extension Text {
    /// What a list says where its search leaves nothing of it.
    static let noMatch = Text("Nothing matches the search.")

    /// How many of a list's items are shown.
    static func shown(_ count: Int, of total: Int) -> Text {
        Text("\(Formatting.count(count)) of \(Formatting.count(total))")
    }
}

extension ListState {
    /// How many of its items are shown.
    var countText: Text { .shown(rowCount, of: count) }
}
