// What a server of this program tells of a run's files, and what a client can read of it. Adobe's description has a bag
// of further details (`extensions`) in every summary of a run; Experience Platform itself puts nothing there.
import ExportDomain
import Languages

extension RunEntity {
    /// The most files that are told; who has more gives the manifest and the counts.
    static let mostFiles = 10_000

    /// Adds what is recorded of the run's files.
    public mutating func set(_ record: RunRecord) throws(WireError) {
        let start = record.prefix.utf8.count
        let names = { (path: String) in String(decoding: path.utf8.dropFirst(start), as: UTF8.self) }
        var extensions = FileExtensions()
        extensions.set(\.folder, to: record.folder)
        extensions.set(\.manifestName, to: record.manifestPath.map(names))
        let others = record.filesOfOtherRuns.count
        if let files = record.files, files.count + others <= Self.mostFiles {
            extensions.set(\.files, to: files.map { RunFileEntity($0, name: names($0.path)) })
            if others > 0 { extensions.set(\.otherNames, to: record.filesOfOtherRuns.map(names).sorted()) }
        }
        var metrics = try self.metrics ?? RunMetrics()
        var files = try metrics.fileSummary ?? FileSummary()
        files.set(\.extensions, to: extensions)
        metrics.set(\.fileSummary, to: files)
        set(\.metrics, to: metrics)
    }

    /// What is recorded of the run's files; nil where the platform does not say, or says something else there.
    ///
    /// - Throws: `WireError` for files that cannot be read, for a folder that is none, and for names that lead out of it.
    public func record() throws(WireError) -> RunRecord? {
        guard let extensions = try? self.metrics?.fileSummary?.extensions, let folder = try? extensions.folder
        else { return nil }
        do { try FolderPath.check(folder) } catch {
            throw extensions.invalid(\.folder, Text("it is no folder of a storage"))
        }
        var record = RunRecord(folder: folder, manifestPath: nil, files: nil)
        if let name = try extensions.manifestName {
            record.manifestPath = try record.path(of: name, in: extensions)
        }
        guard let files = try extensions.files else {
            record.isFolderShared = true
            return record
        }
        var exported: [ExportedFile] = []
        for file in files { exported.append(try file.file(in: record)) }
        record.files = exported
        for name in try extensions.otherNames ?? [] {
            record.filesOfOtherRuns.insert(try record.path(of: name, in: extensions))
        }
        return record
    }
}

extension RunRecord {
    /// What the paths of its files begin with.
    fileprivate var prefix: String { folder.isEmpty ? "" : folder + "/" }

    /// The path of a file in the folder.
    fileprivate func path<Shape: ObjectShape>(
        of name: String, in object: WireObject<Shape>
    ) throws(WireError) -> String {
        if ["", ".", ".."].contains(name) || name.utf8.contains(UInt8(ascii: "/")) {
            throw WireError(
                object.object.place, .invalid(Text("it names a file that is not in the run's folder")))
        }
        return prefix + name
    }
}

extension RunFileEntity {
    fileprivate init(_ file: ExportedFile, name: String) {
        self.init()
        set(\.name, to: name)
        set(\.bytes, to: file.bytes)
        set(\.records, to: file.records)
        set(\.sha256, to: file.digest)
    }

    fileprivate func file(in record: RunRecord) throws(WireError) -> ExportedFile {
        ExportedFile(
            path: try record.path(of: try require(\.name), in: self), bytes: try require(\.bytes),
            records: try self.records, digest: try self.sha256)
    }
}
