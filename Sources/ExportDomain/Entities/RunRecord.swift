// What a platform has recorded of a run's files.

/// What is known of the files of a run without a look into the storage.
public struct RunRecord: Sendable, Hashable {
    /// The run's folder, relative to the root of the storage, without slashes at its ends.
    public var folder: String
    /// The path of its manifest; nil where the flow's file options have none.
    public var manifestPath: String?
    /// The files that it has written, without the manifest; nil where the platform does not record them.
    public var files: [ExportedFile]?
    /// Paths that other runs wrote into the same folder, as far as the platform has recorded them.
    public var filesOfOtherRuns: Set<String>
    /// Whether other runs may write into the same folder, where no files are recorded that would tell.
    public var isFolderShared: Bool

    /// Describes what is known.
    public init(
        folder: String, manifestPath: String?, files: [ExportedFile]?, filesOfOtherRuns: Set<String> = [],
        isFolderShared: Bool = false
    ) {
        self.folder = folder
        self.manifestPath = manifestPath
        self.files = files
        self.filesOfOtherRuns = filesOfOtherRuns
        self.isFolderShared = isFolderShared
    }
}
