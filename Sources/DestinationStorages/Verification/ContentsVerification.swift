// The files of one run looked into, several at a time.
import ExportDomain
import ObjectStorage
import Synchronization

/// Looks into files, and tells how far it has come.
struct ContentsVerification: Sendable {
    /// So many files are read at a time: enough to keep a storage busy, and few enough that memory stays small.
    private static let width = 4

    let storage: any Storage
    let depth: VerificationDepth
    let onProgress: @Sendable (VerificationProgress) -> Void

    /// What was found in the contents of files.
    struct Contents: Sendable {
        /// What is wrong, in no order.
        var findings: [VerificationFinding] = []
        /// The rows of all files together; nil where not every file was looked into so far.
        var rows: Int? = 0
    }

    /// Looks into files.
    ///
    /// - Throws: what `FileCheck` throws; then the files that are being read are let go.
    func contents(of files: [ExportedFile]) async throws -> Contents {
        let progress = SharedProgress(files, onProgress)
        return try await withThrowingTaskGroup(of: FileCheck.Outcome.self) { group in
            var contents = Contents()
            var rest = files[...]
            func begin() {
                guard let file = rest.popFirst() else { return }
                group.addTask {
                    let check = FileCheck(file: file, storage: storage) { progress.read($0) }
                    let outcome = try await check.outcome(depth)
                    progress.finishFile()
                    return outcome
                }
            }
            for _ in 0..<Self.width { begin() }
            while let outcome = try await group.next() {
                if let finding = outcome.finding { contents.findings.append(finding) }
                contents.rows = contents.rows.flatMap { sum in outcome.rows.map { sum + $0 } }
                begin()
            }
            return contents
        }
    }
}

/// The progress of several files, told as it changes.
private final class SharedProgress: Sendable {
    private let progress: Mutex<VerificationProgress>
    private let onProgress: @Sendable (VerificationProgress) -> Void

    init(_ files: [ExportedFile], _ onProgress: @escaping @Sendable (VerificationProgress) -> Void) {
        progress = Mutex(
            VerificationProgress(files: files.count, bytes: files.reduce(0) { $0 + Int64($1.bytes) }))
        self.onProgress = onProgress
    }

    func read(_ bytes: Int64) { change { $0.bytesDone += bytes } }

    func finishFile() { change { $0.filesDone += 1 } }

    private func change(_ body: (inout VerificationProgress) -> Void) {
        onProgress(
            progress.withLock { progress in
                body(&progress)
                return progress
            })
    }
}
