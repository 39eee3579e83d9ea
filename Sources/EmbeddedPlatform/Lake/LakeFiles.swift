// Where the files of the lake are: in a folder of its own, or wherever they were found.
import ExportDomain
import FoundationEssentials
import Languages

/// The place of a lake's files.
enum LakeFiles: Sendable {
    /// A folder, which holds a folder for each dataset and in it one for each batch.
    case folder(String)
    /// Each file stays where it is; it is read there, and never changed or removed.
    case inPlace

    /// The path of a file of a batch, as the batch calls it.
    func path(of file: String) -> String {
        switch self {
        case .folder(let folder): "\(folder)/\(file)"
        case .inPlace: file
        }
    }

    /// Begins a batch of a dataset.
    /// - Throws: `PlatformError.cannotStore`.
    func newBatch(of dataset: Identifier<Dataset>) throws(PlatformError) -> any BatchFiles {
        switch self {
        case .folder(let folder): try BatchFolder(lake: folder, dataset: dataset)
        case .inPlace: BatchInPlace(dataset: dataset)
        }
    }

    /// What is left of batches that are not known and that nobody fills.
    func strays(known: Set<String>) -> [BatchFolder] {
        switch self {
        case .folder(let folder): BatchFolder.strays(lake: folder, known: known)
        case .inPlace: []
        }
    }

    /// Removes the files of a batch, by its name relative to the lake, as far as they are the lake's.
    func remove(batch: String) {
        if case .folder(let folder) = self { FileSystem.remove("\(folder)/\(batch)") }
    }

    /// Removes the files of a dataset, as far as they are the lake's.
    func remove(_ dataset: Identifier<Dataset>) {
        if case .folder(let folder) = self { FileSystem.remove("\(folder)/\(dataset)") }
    }
}

/// The files of a batch that is being made.
protocol BatchFiles: Sendable {
    /// Names the batch, relative to the lake.
    var relativePath: String { get }

    /// Brings files into the batch.
    /// - Throws: `PlatformError.cannotStore`, `.unsupportedFile`.
    func take(_ files: [DataFile], ownership: FileOwnership) throws(PlatformError) -> [StagedFile]

    /// Undoes what was taken.
    func discard()
}

/// A batch of files that stay where they are.
struct BatchInPlace: BatchFiles {
    let relativePath: String

    init(dataset: Identifier<Dataset>) {
        relativePath = "\(dataset)/\(UUID().uuidString.lowercased())"
    }

    func take(_ files: [DataFile], ownership: FileOwnership) throws(PlatformError) -> [StagedFile] {
        var staged: [StagedFile] = []
        for file in files {
            do {
                let path = try FileSystem.realPath(file.path)
                // Runs know the format of a file by its path alone.
                guard let format = DataFormat(path: file.name), DataFormat(path: path) == format else {
                    throw PlatformError.unsupportedFile(path: file.path)
                }
                staged.append(
                    StagedFile(
                        path: path, relativePath: path, name: file.name, format: format,
                        bytes: try FileSystem.status(path).bytes, records: file.records,
                        partition: file.partition))
            } catch let failure as SystemFailure {
                throw .cannotStore(path: file.path, reason: .verbatim(failure.reason))
            } catch {
                throw .unsupportedFile(path: file.path)
            }
        }
        return staged
    }

    func discard() {}
}
