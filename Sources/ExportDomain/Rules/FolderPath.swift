// What a folder path may hold, and how a name becomes one folder of it.
import FoundationEssentials
import Languages

/// Rules for folder paths, which are the same for a connection's folder and for what a template gives.
public enum FolderPath {
    /// Checks that a path has a name in every folder; a slash at either end does not count.
    ///
    /// Looks at scalars, as storages do: to Swift a slash with a combining accent is not a slash.
    /// - Throws: `FolderTemplateProblem.badFolder` or `.badCharacter`.
    public static func check(_ path: String) throws(FolderTemplateProblem) {
        if path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control || $0 == "\\" }) {
            throw .badCharacter
        }
        var folders = path.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
            .map { String($0) }[...]
        if folders.first == "" { folders.removeFirst() }
        if folders.last == "" { folders.removeLast() }
        if let folder = folders.first(where: { ["", ".", ".."].contains($0) }) { throw .badFolder(folder) }
    }

    /// What keeps a path from being the folder of a connection, or nil.
    ///
    /// The folder takes no macros.
    public static func problem(with path: String) -> FieldProblem? {
        if path.unicodeScalars.contains("%") {
            return .notAllowed(Text("Macros are set in Scheduling; this is the folder above them"))
        }
        do {
            try check(path)
            return nil
        } catch {
            return .notAllowed(error.text)
        }
    }

    /// A name as one folder: what a storage or a shell would trip over is percent-encoded, so that different
    /// names never meet in one folder and `/` never makes two.
    public static func escaped(_ name: String) -> String {
        // A space is never encoded, so that no other name becomes this.
        if name.isEmpty { return "%20" }
        if name.allSatisfy({ $0 == "." }) { return String(repeating: "%2E", count: name.count) }
        return name.unicodeScalars.map { scalar in
            let isRefused =
                #"/\:*?"<>|%#"#.unicodeScalars.contains(scalar)
                || scalar.properties.generalCategory == .control
            return isRefused ? percentEncoded(scalar) : String(scalar)
        }
        .joined()
    }

    /// Two paths as one, without slashes at its ends.
    public static func join(_ first: String, _ second: String) -> String {
        [first.trimmingSlashes, second.trimmingSlashes].filter { !$0.isEmpty }.joined(separator: "/")
    }

    private static func percentEncoded(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf8.map { byte in
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" + hex : hex)
        }
        .joined()
    }
}

extension String {
    /// The text without the slashes at its ends.
    var trimmingSlashes: String {
        let start = unicodeScalars.drop { $0 == "/" }
        let length = start.reversed().drop { $0 == "/" }.count
        return String(start.prefix(length))
    }
}
