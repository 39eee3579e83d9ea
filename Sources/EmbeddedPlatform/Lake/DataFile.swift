// A file that is to become part of a batch, and the search for such files.
import FoundationEssentials
import Languages

/// A file that is to be brought into the lake.
public struct DataFile: Sendable, Hashable {
    /// Its path.
    public var path: String
    /// How it is called in messages: its path below the folder that was given, or its own name.
    public var name: String
    /// Its records, where they are known and well formed; nil to have them counted and checked.
    public var records: Int?
    /// The columns that its folders give to its records.
    var partition: Partition?

    /// Describes a file.
    public init(path: String, name: String? = nil, records: Int? = nil) {
        self.path = path
        self.name = name ?? path.split(separator: "/").last.map(String.init) ?? path
        self.records = records
        partition = nil
    }

    /// The data files that paths stand for: files as they are, and those of folders and the folders in them,
    /// in the order of their names.
    ///
    /// Empty files are passed over, and in folders also names that begin with `.` or `_`: marks like `_SUCCESS`,
    /// checksums, metadata. Folders called `name=value` give their files a column.
    /// - Throws: `PlatformError.unreadable`, `.unsupportedFile`, `.nothingToAdd`.
    static func all(at paths: [String]) throws(PlatformError) -> [DataFile] {
        var files: [DataFile] = []
        for path in paths { try collect(path, name: partitionFolder(path), into: &files) }
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
                where !isPassedOver(entry) {
                    try collect(
                        "\(path)/\(entry)", name: name.map { "\($0)/\(entry)" } ?? entry, into: &files)
                }
            } else if !status.isFile {
                throw PlatformError.unreadable(path: path, reason: Text("it is neither a file nor a folder"))
            } else if status.bytes > 0 {
                if DataFormat(path: path) == nil { throw PlatformError.unsupportedFile(path: path) }
                var file = DataFile(path: try FileSystem.realPath(path), name: name)
                if let name {
                    file.partition = Partition(path: name)
                } else {
                    file.name = DataFile(path: path).name
                }
                files.append(file)
            }
        } catch let failure as SystemFailure {
            // A name that is no text was read as one, and such a file is not there.
            let isText = !path.unicodeScalars.contains("\u{FFFD}")
            throw .unreadable(
                path: path,
                reason: isText
                    ? .verbatim(failure.reason) : Text("its name is not text in UTF-8, so give it another"))
        } catch let error as PlatformError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: .of(error))
        }
    }

    /// The name of a folder that gives its files a column.
    private static func partitionFolder(_ path: String) -> String? {
        guard let name = path.split(separator: "/").last.map(String.init), Partition.isColumn(name),
            (try? FileSystem.status(path).isFolder) == true
        else { return nil }
        return name
    }

    private static func isPassedOver(_ name: String) -> Bool {
        name.hasPrefix(".") || (name.hasPrefix("_") && !Partition.isColumn(name))
    }
}
