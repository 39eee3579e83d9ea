// Paths that mean the same wherever the program is run from.
import FoundationEssentials

extension String {
    /// This path, from the root on instead of from the folder that the program is in.
    var absolutePath: String {
        hasPrefix("/") ? self : "\(FileManager.default.currentDirectoryPath)/\(self)"
    }
}
