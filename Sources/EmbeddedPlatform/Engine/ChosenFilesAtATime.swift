// How many files runs write at a time, where a person has said so; it may change while they go on.
import ExportDomain
import Synchronization

/// What a person has said about how many files a run writes at a time.
final class ChosenFilesAtATime: Sendable {
    private let chosen: Mutex<FilesAtATime?>
    private let change = WakeUp()

    /// What it is at first; nil where nobody said anything.
    init(_ files: FilesAtATime?) { chosen = Mutex(files) }

    /// What it is now, and which of its values that is.
    var current: (files: FilesAtATime?, version: Int) {
        // The version first: a change between the two is then seen as one that came after.
        let version = change.count
        return (chosen.withLock(\.self), version)
    }

    /// Changes it for all runs, those under way too.
    func change(to files: FilesAtATime?) {
        chosen.withLock { $0 = files }
        change.call()
    }

    /// Returns when it has changed since a version, or when the task is cancelled.
    func awaitChange(since version: Int) async {
        while !Task.isCancelled, change.count == version {
            await change.sleep(upTo: .seconds(3_600), since: version)
        }
    }
}
