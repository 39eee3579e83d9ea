// Exports outside of the schedule (`POST /data/core/activation/disflowprovider/adhocrun`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

enum AdHocRuns {
    static let endpoints: [Endpoint] = [
        .sandbox(.post, "/data/core/activation/disflowprovider/adhocrun", body: .json) { try await begin($0) }
    ]

    private static func begin(_ call: SandboxCall) async throws -> APIAnswer {
        let requests = try AdHocRequest.requests(reading: call.request.body)
        if requests.isEmpty {
            throw FlowServiceError.invalid(field: "activationInfo", reason: .verbatim("No flow is named"))
        }
        var begun: [AdHocRun] = []
        for request in requests {
            let runs = try await making {
                try await call.service.exportNow(request.datasetIDs, of: request.flowID)
            }
            for (dataset, run) in zip(request.datasetIDs, runs) {
                begun.append(
                    AdHocRun(
                        datasetID: dataset, flowID: request.flowID,
                        statusURL: "\(call.request.base)\(Endpoints.flowService)/runs/\(run)"))
            }
        }
        return try APIAnswer(AdHocRun.json(of: begun))
    }
}
