// What the command of a notification finds in its environment beside the facts.

extension [String: String] {
    /// The environment of a command: ours, without what is secret in it, and without what says how sluice works.
    ///
    /// - Parameter home: the home folder, so that a command can ask sluice for more; nil where there is none.
    static func ofCommands(from environment: [String: String], home: String?) -> [String: String] {
        let secrets = [
            "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AZURE_CLIENT_SECRET",
            "AZURE_STORAGE_CONNECTION_STRING",
        ]
        var kept = environment.filter { name, _ in !name.hasPrefix("SLUICE_") && !secrets.contains(name) }
        kept["SLUICE_HOME"] = home
        return kept
    }
}
