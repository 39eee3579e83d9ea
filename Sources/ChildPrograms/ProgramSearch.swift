// Programs found as a shell finds them.
import FoundationEssentials
import Glibc

/// Looks for programs.
public enum ProgramSearch {
    /// The absolute path of a program that may be run; nil where there is none.
    ///
    /// - Parameters:
    ///   - name: a path, absolute or from the current folder, or a name without slash, which is looked for in `PATH`.
    ///   - environment: the variables that have `PATH`.
    public static func path(
        of name: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        if name.isEmpty || name.utf8.contains(0) { return nil }
        if name.contains("/") {
            let path = name.hasPrefix("/") ? name : FileManager.default.currentDirectoryPath + "/" + name
            return isProgram(path) ? path : nil
        }
        // Where nothing is said, what the C library would take (confstr, _CS_PATH).
        let folders = (environment["PATH"] ?? "/bin:/usr/bin").split(separator: ":")
        return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first(where: isProgram)
    }

    private static func isProgram(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
