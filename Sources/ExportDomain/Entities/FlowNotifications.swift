// What a dataflow tells of itself, and the command that carries it.

/// Whom a dataflow tells what has come of it.
///
/// The embedded platform's own.
public struct FlowNotifications: Sendable, Hashable, Codable {
    /// What can be told.
    public enum Occasion: String, Sendable, Hashable, CaseIterable, Codable {
        /// A run has failed, and is not made again by itself.
        case failure
        /// A run has failed, and is made again by itself after a while.
        case retry
        /// A run has succeeded.
        case success
        /// The end date is near, or has come.
        case ending
        /// Nothing ran at a time of the schedule.
        case missed
    }

    /// What is told.
    public var occasions: Set<Occasion>
    /// The program by its absolute path, and its arguments; no shell reads them.
    public var command: [String]

    /// Takes what is told, and the command.
    public init(on occasions: Set<Occasion>, command: [String]) {
        self.occasions = occasions
        self.command = command
    }

    /// The occasions in the order in which they are always named.
    public var orderedOccasions: [Occasion] { Occasion.allCases.filter(occasions.contains) }
}

/// A platform on which dataflows tell what has come of them.
public protocol NotificationSettings: Sendable {
    /// Says what a dataflow tells from now on; nil for nothing.
    func setNotifications(
        _ settings: FlowNotifications?, of flow: Identifier<Flow>
    ) async throws(FlowServiceError)
}
