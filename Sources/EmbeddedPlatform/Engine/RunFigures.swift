// How far a run has come, added up from files that are done and those that are being written.
import ObjectStorage
import Records
import Synchronization

/// What a run has read and written.
struct RunFigures: Sendable, Hashable {
    var inputBytes = 0
    var inputRecords = 0
    var outputBytes = 0
    var outputRecords = 0
    var skippedRecords = 0
    var outputFiles = 0

    /// Adds a file that is whole in the storage.
    mutating func add(_ file: StoredRunFile) {
        let records = file.records ?? 0
        let skipped = file.skippedRecords ?? 0
        inputBytes += file.sourceBytes
        inputRecords += records + skipped
        outputBytes += file.bytes ?? 0
        outputRecords += records
        skippedRecords += skipped
        outputFiles += 1
    }

    /// The figures with those of a file that is being written.
    func adding(_ conversion: ConversionFigures) -> RunFigures {
        var figures = self
        figures.inputBytes += Int(conversion.count.bytesRead)
        figures.inputRecords += conversion.count.records + conversion.count.malformedLines
        figures.outputBytes += Int(conversion.bytesWritten)
        figures.outputRecords += conversion.count.records
        figures.skippedRecords += conversion.count.malformedLines
        return figures
    }
}

/// The figures of a run under way, which one task changes and another looks at.
final class RunProgress: Sendable {
    private let state = Mutex((done: RunFigures(), underWay: [Int: ConversionFigures](), failedAttempts: 0))

    private let onFailedAttempt: @Sendable (String) -> Void

    /// Begins with nothing.
    ///
    /// - Parameter onFailedAttempt: takes why something could not be done at first, in words.
    init(onFailedAttempt: @escaping @Sendable (String) -> Void) { self.onFailedAttempt = onFailedAttempt }

    /// The figures as they are now.
    var figures: RunFigures {
        state.withLock { state in state.underWay.values.reduce(state.done) { $0.adding($1) } }
    }

    /// How often something could not be done at first, and was tried again.
    var failedAttempts: Int { state.withLock { $0.failedAttempts } }

    /// Something could not be done and is tried again.
    func noteFailedAttempt(_ error: StorageError) {
        state.withLock { $0.failedAttempts += 1 }
        onFailedAttempt(error.description)
    }

    /// A file that is being written, by the number of its part, has come so far.
    func update(_ conversion: ConversionFigures, of part: Int) {
        state.withLock { $0.underWay[part] = conversion }
    }

    /// A file is whole in the storage.
    func finish(_ file: StoredRunFile) {
        state.withLock {
            $0.done.add(file)
            $0.underWay[file.part] = nil
        }
    }
}
