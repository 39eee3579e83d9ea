// A file that is to become part of a batch, and the search for such files.
import FoundationEssentials

/// A file that is to be brought into the lake.
public struct DataFile: Sendable, Hashable {
    /// Its path.
    public var path: String
    /// How it is called in messages: its path below the folder that was given, or its own name.
    public var name: String
    /// Its records, where they are known and well formed; nil to have them counted and checked.
    public var records: Int?

    /// Describes a file.
    public init(path: String, name: String? = nil, records: Int? = nil) {
        self.path = path
        self.name = name ?? path.split(separator: "/").last.map(String.init) ?? path
        self.records = records
    }

    /// The data files that paths stand for: files as they are, and those of folders and the folders in them,
    /// in the order of their names.
    ///
    /// Empty files are passed over, and in folders also names that begin with `.` or `_`.
    /// - Throws: `PlatformError.unreadable`, `.unsupportedFile`, `.parquetFile`, `.nothingToAdd`.
    static func all(at paths: [String]) throws(PlatformError) -> [DataFile] {
        var files: [DataFile] = []
        for path in paths { try collect(path, name: nil, into: &files) }
        if files.isEmpty { throw .nothingToAdd(paths: paths) }
        return files
    }

    private static func collect(
        _ path: String, name: String?, into files: inout [DataFile]
    ) throws(PlatformError) {
        do {
            let status = try FileSystem.status(path)
            if status.isFolder {
                for entry in try FileSystem.names(in: path)
                where !entry.hasPrefix(".") && !entry.hasPrefix("_") {
                    try collect(
                        "\(path)/\(entry)", name: name.map { "\($0)/\(entry)" } ?? entry, into: &files)
                }
            } else if !status.isFile {
                throw PlatformError.unreadable(path: path, reason: "it is neither a file nor a folder")
            } else if status.bytes > 0 {
                try checkFormat(path)
                files.append(DataFile(path: try FileSystem.realPath(path), name: name))
                if name == nil { files[files.count - 1].name = DataFile(path: path).name }
            }
        } catch let failure as SystemFailure {
            throw .unreadable(path: path, reason: failure.reason)
        } catch let error as PlatformError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    private static func checkFormat(_ path: String) throws(PlatformError) {
        if DataFormat(path: path) != nil { return }
        throw path.lowercased().hasSuffix(".parquet")
            ? .parquetFile(path: path) : .unsupportedFile(path: path)
    }
}
