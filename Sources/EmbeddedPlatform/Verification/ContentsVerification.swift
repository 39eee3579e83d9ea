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

    /// What is wrong with the contents of `files`, in no order.
    ///
    /// - Throws: what `FileCheck` throws; then the files that are being read are let go.
    func findings(in files: [ExportedFile]) async throws -> [VerificationFinding] {
        let progress = SharedProgress(files, onProgress)
        return try await withThrowingTaskGroup(of: VerificationFinding?.self) { group in
            var findings: [VerificationFinding] = []
            var rest = files[...]
            func begin() {
                guard let file = rest.popFirst() else { return }
                group.addTask {
                    let check = FileCheck(file: file, storage: storage) { progress.read($0) }
                    let finding = try await check.finding(depth)
                    progress.finishFile()
                    return finding
                }
            }
            for _ in 0..<Self.width { begin() }
            while let finding = try await group.next() {
                if let finding { findings.append(finding) }
                begin()
            }
            return findings
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
