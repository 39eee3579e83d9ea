// What Prometheus and others that watch over servers ask for (`GET /metrics`).
import ExportDomain
import FlowServiceAPI
import FoundationEssentials
import HTTPTypes

enum Metrics {
    static let endpoints: [Endpoint] = [
        .server(.get, "/metrics", .token) { _, server in try await answer(server.sandboxes) }
    ]

    private static func answer(_ sandboxes: [Sandbox]) async throws -> APIAnswer {
        var figures: [(String, ExportFigures)] = []
        for sandbox in sandboxes {
            if let exports = sandbox.figures { figures.append((sandbox.name, try await exports.figures())) }
        }
        let families = ExportMetrics(figures: figures, now: Date()).families + ProcessMetrics.families
        return APIAnswer(
            200, body: Array(MetricFamily.text(families).utf8), fields: [.contentType: MetricFamily.mediaType]
        )
    }
}
