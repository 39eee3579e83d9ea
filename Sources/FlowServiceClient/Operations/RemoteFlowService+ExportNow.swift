// Exports outside of the schedule.
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension RemoteFlowService {
    /// Asks for a run of some datasets of a dataflow now.
    ///
    /// Where the answer was lost, runs of these datasets that were not there before are taken for the answer.
    public func exportNow(
        _ datasets: [Identifier<Dataset>], of flow: Identifier<Flow>
    ) async throws(FlowServiceError) -> [Identifier<FlowRun>] {
        let doing = Text("export now")
        let known = Set(try await runs(of: flow, PageRequest()).items.map(\.id))
        let request = AdHocRequest(flowID: flow, datasetIDs: datasets)
        var call = PlatformCall(doing, .post, "/adhocrun")
        call.service = .activation
        call.accept = AdHocRequest.mediaType
        call.subject = PlatformCall.Subject(what: FlowShape.noun, id: flow.rawValue)
        call.permissions = [.viewDestinations, .exportDatasets]
        call.body = try reading(doing) { try request.json.body(of: RunShape.noun) }
        do {
            return try await gateway.once(
                call,
                { (answer) throws(FlowServiceError) in
                    try reading(doing) { try AdHocRun.runs(reading: answer.body) }.runIDs(of: datasets)
                },
                wasDone: { () async throws(FlowServiceError) in
                    let found = try await runs(of: flow, PageRequest()).items.filter {
                        !known.contains($0.id)
                    }
                    let ids = datasets.compactMap { dataset in found.first { $0.datasetID == dataset }?.id }
                    return ids.isEmpty ? nil : ids
                })
        } catch .notFound {
            // The dataflow was there a moment ago.
            throw .notOffered(what: "exports outside of the schedule")
        } catch .invalid(_, let reason, _) where reason.english.contains(Self.notReady) {
            throw .unavailable(
                doing: doing,
                reason: Text(
                    "the dataflow was made so lately that Experience Platform is not ready for it. Try again in ten minutes."
                )
            )
        }
    }

    /// What Experience Platform says of a dataflow that was made some minutes ago.
    private static let notReady = "not ready for dataset export"
}

extension [AdHocRun] {
    /// The ids of the runs, in the order of the datasets.
    fileprivate func runIDs(
        of datasets: [Identifier<Dataset>]
    ) throws(FlowServiceError) -> [Identifier<FlowRun>] {
        let ids = datasets.compactMap { dataset in first { $0.datasetID == dataset }?.runID }
        if ids.count < datasets.count {
            throw .unavailable(
                doing: Text("export now"),
                reason: Text(
                    "the platform has begun runs for \(ids.count) of \(datasets.count) datasets. Look at its runs."
                )
            )
        }
        return ids
    }
}
