// Where this program is, for others that are to run it later.
import ExportDomain
import FoundationEssentials
import Glibc
import Languages

enum ThisProgram {
    /// The path of the file that runs.
    /// - Throws: `Failure` where that was removed or replaced meanwhile.
    static func path() throws -> String {
        let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        guard access(path, X_OK) == 0 else {
            throw Failure(Text("\(path) is no longer there: install sluice again, and then do this."))
        }
        return path
    }
}
