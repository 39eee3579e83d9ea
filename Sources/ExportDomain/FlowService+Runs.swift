// The runs that matter now, of platforms that may have many more.
import FoundationEssentials

extension FlowService {
    /// The newest runs of a dataflow, page by page, at most so many.
    public func newestRuns(
        of flow: Identifier<Flow>, limit: Int
    ) async throws(FlowServiceError) -> [FlowRun] {
        var runs: [FlowRun] = []
        var request = PageRequest(limit: min(limit, 100))
        repeat {
            let page = try await self.runs(of: flow, request)
            runs += page.items
            request.continuationToken = page.continuationToken
        } while request.continuationToken != nil && runs.count < limit
        return Array(runs.prefix(limit))
    }

    /// The newest runs of several dataflows together, newest first; the dataflows that are removed meanwhile are left out.
    ///
    /// - Parameters:
    ///   - flows: the dataflows.
    ///   - limit: at most so many; nil for all.
    public func newestRuns(of flows: [Flow], limit: Int?) async throws(FlowServiceError) -> [FlowRun] {
        let answers = await flows.mapConcurrently { flow -> Result<[FlowRun], FlowServiceError> in
            do throws(FlowServiceError) {
                if let limit { return .success(try await newestRuns(of: flow.id, limit: limit)) }
                return .success(try await allRuns(of: flow.id))
            } catch {
                return .failure(error)
            }
        }
        var runs: [FlowRun] = []
        for answer in answers {
            switch answer {
            case .success(let found): runs += found
            case .failure(.notFound) where flows.count > 1: continue
            case .failure(let error): throw error
            }
        }
        // Those of one dataflow are in order already, whatever a platform says of their times.
        if flows.count > 1 { runs.sort { $0.revision.createdAt > $1.revision.createdAt } }
        return Array(runs.prefix(limit ?? runs.count))
    }

    /// The runs of a dataflow that were made at a time or later, newest first; no older ones are asked for than has to be.
    public func runs(
        of flow: Identifier<Flow>, since time: Date
    ) async throws(FlowServiceError) -> [FlowRun] {
        var runs: [FlowRun] = []
        var request = PageRequest()
        repeat {
            let page = try await self.runs(of: flow, request)
            let recent = page.items.filter { !$0.wasMade(before: time) }
            runs += recent
            request.continuationToken = recent.count < page.items.count ? nil : page.continuationToken
        } while request.continuationToken != nil
        return runs
    }
}

extension FlowRun {
    /// Whether it was made before a time, as far as the platform says when.
    fileprivate func wasMade(before time: Date) -> Bool {
        revision.createdAt < time && revision.createdAt.timeIntervalSince1970 > 0
    }
}
