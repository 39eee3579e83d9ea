// What the argument parser says of a wrong command line, in the language of the process. Its errors are its own; what
// can be known of them is how they are worded.
import Languages

extension CommandHelp {
    /// What is wrong with a command line, by the parser's English words for it; nil for others than those it has most.
    static func usageError(_ words: Substring) -> Text? {
        if let match = words.wholeMatch(of: #/Unknown option '(.*)'\. Did you mean '(.*)'\?/#) {
            return Text("Unknown option '\(match.1)'. Did you mean '\(match.2)'?")
        }
        if let match = words.wholeMatch(of: #/Unknown option '(.*)'/#) {
            return Text("Unknown option '\(match.1)'")
        }
        if let match = words.wholeMatch(of: #/Unexpected argument '(.*)'/#) {
            return Text("Unexpected argument '\(match.1)'")
        }
        if let match = words.wholeMatch(of: #/([0-9]+) unexpected arguments: (.*)/#) {
            return Text("\(match.1) unexpected arguments: \(match.2)")
        }
        if let match = words.wholeMatch(of: #/Missing expected argument '(.*)'/#) {
            return Text("Missing expected argument '\(match.1)'")
        }
        if let match = words.wholeMatch(of: #/Missing value for '(.*)'/#) {
            return Text("Missing value for '\(match.1)'")
        }
        if let match = words.wholeMatch(
            of: #/The option '(.*)' does not take any value, but '(.*)' was specified\./#)
        {
            return Text("The option '\(match.1)' does not take any value, but '\(match.2)' was specified.")
        }
        if let match = words.wholeMatch(
            of: #/The value '(.*)' is invalid for '(.*?)'\. Please provide one of (.*)\./#)
        {
            let offered = Text.list(match.3.matches(of: #/'([^']*)'/#).map { String($0.1) })
            return Text(
                "The value '\(match.1)' is invalid for '\(match.2)'. Please provide one of \(offered).")
        }
        // The values stand below, a line each.
        if let match = words.wholeMatch(
            of: #/The value '(.*)' is invalid for '(.*?)'\. Please provide one of the following:/#)
        {
            return Text(
                "The value '\(match.1)' is invalid for '\(match.2)'. Please provide one of the following:")
        }
        if let match = words.wholeMatch(of: #/The value '(.*)' is invalid for '(.*)'/#) {
            return Text("The value '\(match.1)' is invalid for '\(match.2)'")
        }
        if words == "Can't autodetect a supported shell." {
            return Text("Can't autodetect a supported shell.")
        }
        if let match = words.wholeMatch(of: #/Invalid option: (.*)/#) {
            return Text("Invalid option: \(match.1)")
        }
        if let match = words.wholeMatch(of: #/Can't generate completion scripts for '(.*)'\./#) {
            return Text("Can't generate completion scripts for '\(match.1)'.")
        }
        return nil
    }
}
