// Numbers of things, in words.
import Languages
import TerminalKit

extension Text {
    /// So many files.
    static func files(_ count: Int) -> Text {
        count == 1 ? Text("1 file") : Text("\(Formatting.count(count)) files")
    }

    /// So many records.
    static func records(_ count: Int) -> Text {
        count == 1 ? Text("1 record") : Text("\(Formatting.count(count)) records")
    }

    /// So many runs.
    static func runs(_ count: Int) -> Text {
        count == 1 ? Text("1 run") : Text("\(Formatting.count(count)) runs")
    }

    /// So many flows.
    static func flows(_ count: Int) -> Text {
        count == 1 ? Text("1 flow") : Text("\(Formatting.count(count)) flows")
    }

    /// So many dataflows.
    static func dataflows(_ count: Int) -> Text {
        count == 1 ? Text("1 dataflow") : Text("\(Formatting.count(count)) dataflows")
    }

    /// So many sandboxes.
    static func sandboxes(_ count: Int) -> Text {
        count == 1 ? Text("1 sandbox") : Text("\(Formatting.count(count)) sandboxes")
    }

    /// So many secrets.
    static func secrets(_ count: Int) -> Text {
        count == 1 ? Text("1 secret") : Text("\(Formatting.count(count)) secrets")
    }
}
