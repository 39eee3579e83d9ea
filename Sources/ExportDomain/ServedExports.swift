// What a platform that is served to others tells them beyond Flow Service.
import Secrets

/// What lets those whom a platform is served to look at its exports themselves.
public protocol ServedExports: Sendable {
    /// What the platform has recorded of a run's files.
    func record(of run: Identifier<FlowRun>) async throws(FlowServiceError) -> RunRecord

    /// The URL of the landing zone's container, with the shared access signature that opens it.
    ///
    /// - Parameter account: the account that has it; nil for the newest that has one.
    /// - Returns: nil where the landing zone is none that can be opened from elsewhere.
    func landingZone(of account: Identifier<BaseConnection>?) async throws(FlowServiceError) -> Secret?
}
