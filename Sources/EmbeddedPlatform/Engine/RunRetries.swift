// Which failures are tried again by themselves, how often and when: those that pass. What a person has to mend is not.
import FoundationEssentials
import ObjectStorage

/// When a run that has failed is made again by itself.
enum RunRetries {
    /// The waits after the first attempt, the second and so on, in seconds; after the last of them there is none.
    ///
    /// Within an attempt a storage has been tried for a quarter of an hour already.
    static let waits: [TimeInterval] = [300, 900, 3_600, 3 * 3_600]

    /// The wait until the next attempt; nil where there is none.
    /// - Parameters:
    ///   - error: why the attempt failed.
    ///   - attempt: its number, from 1.
    static func wait(after error: any Error, attempt: Int) -> TimeInterval? {
        guard (error as? StorageError)?.isRetryable == true, waits.indices.contains(attempt - 1) else {
            return nil
        }
        return waits[attempt - 1]
    }
}
