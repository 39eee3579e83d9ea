// A secret that a command prints, as it is typed where a secret or its file could be: as on the command line.

extension String {
    /// The command behind `command:`, which prints a secret; nil where the text does not begin like that.
    var secretCommand: String? {
        let prefix = "command:"
        return hasPrefix(prefix) ? String(dropFirst(prefix.count)).trimmed : nil
    }
}
