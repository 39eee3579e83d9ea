// Changing and removing accounts and destinations.
import ExportDomain

extension EmbeddedPlatform {
    public func connection(
        _ id: Identifier<BaseConnection>
    ) async throws(FlowServiceError) -> BaseConnection {
        throw .unavailable(doing: "show the account", reason: "it is being built")
    }

    public func updateConnection(
        _ id: Identifier<BaseConnection>, to draft: BaseConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> BaseConnection {
        throw .unavailable(doing: "change the account", reason: "it is being built")
    }

    public func deleteConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        throw .unavailable(doing: "remove the account", reason: "it is being built")
    }

    public func testConnection(_ id: Identifier<BaseConnection>) async throws(FlowServiceError) {
        throw .unavailable(doing: "test the account", reason: "it is being built")
    }

    public func updateTargetConnection(
        _ id: Identifier<TargetConnection>, to draft: TargetConnection.Draft, etag: String
    ) async throws(FlowServiceError) -> TargetConnection {
        throw .unavailable(doing: "change the destination", reason: "it is being built")
    }

    public func deleteTargetConnection(_ id: Identifier<TargetConnection>) async throws(FlowServiceError) {
        throw .unavailable(doing: "remove the destination", reason: "it is being built")
    }
}
