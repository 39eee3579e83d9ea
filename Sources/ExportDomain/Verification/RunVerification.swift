// What verification found of one run: its files, and how they differ from what was promised.

/// How far verification looks.
public enum VerificationDepth: Int, Sendable, Hashable, Comparable {
    /// Which files are there, their sizes, and what the manifest says.
    case listing
    /// The rows too, where a footer states them: of Parquet files.
    case rows
    /// All of it: every file is read back, down to its last record.
    case contents

    /// Whether `left` looks less far than `right`.
    public static func < (left: VerificationDepth, right: VerificationDepth) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// How far a verification has come with reading files back.
public struct VerificationProgress: Sendable, Hashable {
    /// Files that have been looked into.
    public var filesDone = 0
    /// Files to look into.
    public var files: Int
    /// Bytes read back.
    public var bytesDone: Int64 = 0
    /// Bytes of all files.
    public var bytes: Int64

    /// Nothing is done yet of so many files and bytes.
    public init(files: Int, bytes: Int64) {
        self.files = files
        self.bytes = bytes
    }
}

/// What is known of one run's files.
public struct RunVerification: Sendable, Hashable {
    /// The run's folder as people write it.
    public var folder: String
    /// Every file that was recorded or found there, sorted by path.
    public var files: [FileVerification]
    /// What is wrong, in the order of the files, with paths as people write them; empty when everything is as it should
    /// be.
    public var findings: [VerificationFinding]

    /// Takes the outcome of a comparison.
    public init(folder: String, files: [FileVerification], findings: [VerificationFinding]) {
        self.folder = folder
        self.files = files
        self.findings = findings
    }

    /// Adds what was found in the contents of files.
    public mutating func add(_ more: [VerificationFinding]) {
        let paths = Set(more.map(\.path))
        for index in files.indices where paths.contains(files[index].file.path) {
            files[index].state = .differs
        }
        findings = (findings + more).sorted { $0.path < $1.path }
    }

    /// The same with folder and findings as people write them.
    /// - Parameter root: what stands before the paths of the destination then.
    public func written(below root: String) -> RunVerification {
        RunVerification(
            folder: root + folder, files: files, findings: findings.map { $0.written(below: root) })
    }
}

/// One file of a run's folder.
public struct FileVerification: Sendable, Hashable {
    /// The file as it is, or as it should be where it is missing.
    public var file: ExportedFile
    /// Whether it is as it should be.
    public var state: State
    /// Whether it is the run's manifest.
    public var isManifest: Bool

    /// How a file compares with what was promised.
    public enum State: Sendable, Hashable {
        /// Promised and there, with the promised size.
        case present
        /// There; the run goes on, so nothing is promised yet.
        case arrived
        /// Differs from what was promised, as the findings say.
        case differs
    }

    /// Describes a file.
    public init(file: ExportedFile, state: State, isManifest: Bool = false) {
        self.file = file
        self.state = state
        self.isManifest = isManifest
    }
}
