// What stands before a line that is searched with.
import Languages

extension Theme {
    /// The word before what is searched for, with a space behind it.
    public var searchLabel: String { say(Text("Search")) + " " }
}
