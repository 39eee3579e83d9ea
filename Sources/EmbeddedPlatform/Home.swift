// The folder that holds all that the platform keeps: found, made, and refused with a sentence.
import FoundationEssentials
import Glibc

/// The platform's home folder.
public struct Home: Sendable, Hashable {
    /// Its absolute path.
    public let path: String

    /// Finds the home folder, and makes it with what belongs in it where it is missing, for its owner only.
    /// - Parameters:
    ///   - path: the folder; nil to take `SLUICE_HOME`, else `$XDG_DATA_HOME/sluice`, else
    ///     `~/.local/share/sluice` (XDG Base Directory Specification).
    ///   - environment: the variables that are asked.
    /// - Throws: `PlatformError.homeUnknown`, `.homeNotAFolder`, `.homeUnusable`.
    public init(
        path: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(PlatformError) {
        guard let chosen = Self.location(path: path, environment: environment) else { throw .homeUnknown }
        self.path = chosen
        try Self.make(self.path)
        guard access(self.path, R_OK | W_OK | X_OK) == 0 else {
            throw .homeUnusable(path: self.path, reason: SystemFailure.latest().reason)
        }
        try Self.make(lakeFolder)
        try Self.make(landingZone)
    }

    /// The database.
    var database: String { path + Self.databaseName }
    /// The folder of the data lake's files.
    var lakeFolder: String { path + "/lake" }
    /// The file of the host keys that a person has confirmed here.
    public var knownHosts: String { path + "/known_hosts" }
    /// The folder that stands for the Data Landing Zone.
    var landingZone: String { path + "/landing-zone" }

    /// Where the home folder is or would be, by the rules of the initializer; nothing is made.
    ///
    /// - Returns: its absolute path; nil where nothing says it.
    public static func location(path: String? = nil, environment: [String: String]) -> String? {
        chosen(path: path, environment: environment).map(absolute)
    }

    /// Whether a platform has been opened on a folder before.
    public static func isInUse(_ path: String) -> Bool { access(path + databaseName, F_OK) == 0 }

    private static let databaseName = "/sluice.sqlite"

    private static func chosen(path: String?, environment: [String: String]) -> String? {
        let given = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let path, !path.isEmpty { return path }
        if let path = given("SLUICE_HOME") { return path }
        if let data = given("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/sluice" }
        return given("HOME").map { $0 + "/.local/share/sluice" }
    }

    private static func absolute(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        let trimmed = whole.reversed().drop { $0 == "/" }.reversed()
        return trimmed.isEmpty ? "/" : String(trimmed)
    }

    private static func make(_ path: String) throws(PlatformError) {
        do {
            try FileSystem.makeFolder(path)
            guard try FileSystem.status(path).isFolder else { throw PlatformError.homeNotAFolder(path: path) }
        } catch let failure as SystemFailure {
            throw .homeUnusable(path: path, reason: failure.reason)
        } catch {
            throw .homeNotAFolder(path: path)
        }
    }
}
