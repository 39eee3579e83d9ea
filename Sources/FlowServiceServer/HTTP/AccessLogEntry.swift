// One line a request, with nothing in it that is secret: no header, no query, no body.
import FoundationEssentials

/// What is noted of a request that was answered.
public struct AccessLogEntry: Sendable, CustomStringConvertible {
    /// When it came.
    public var time: Date
    /// The address of the caller.
    public var peer: String
    /// What was to be done.
    public var method: String
    /// The path, without its query.
    public var path: String
    /// The status of the answer.
    public var status: Int
    /// Bytes of the answer's body.
    public var bytes: Int
    /// How long it took.
    public var duration: Duration

    /// How long it took in whole milliseconds.
    public var milliseconds: Int {
        Int(duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000)
    }

    /// The entry in words, without its time.
    public var words: String { "\(peer) \(method) \(path) \(status) \(bytes) \(milliseconds)ms" }

    /// The entry as a line, its time in UTC.
    public var description: String { "\(time.formatted(.iso8601)) \(words)" }
}
