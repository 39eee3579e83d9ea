// Exports outside of the schedule as a person asks for them, and followed to their end, whoever the platform is.
import Languages

extension FlowDetails {
    /// The dataset of the dataflow with that id or name.
    ///
    /// - Throws: `FlowServiceError.notFound` where it exports none such, naming what it exports, `.invalid` for a
    ///   name that several of its datasets have.
    public func dataset(named name: String) throws(FlowServiceError) -> DatasetReference {
        let byID = datasets.filter { $0.id.rawValue == name }
        let matches = byID.isEmpty ? datasets.filter { $0.name == name } : byID
        guard let match = matches.first else {
            let there = Text.quotedList(datasets.map(\.name))
            throw .invalid(
                field: "datasets",
                reason: Text("The flow “\(flow.draft.name)” does not export “\(name)”; it exports \(there)"))
        }
        if matches.count > 1 {
            throw .invalid(
                field: "datasets",
                reason: Text(
                    "The flow “\(flow.draft.name)” exports several datasets called “\(name)”: name one by its id"
                )
            )
        }
        return match
    }

    /// Why an export that was asked for now is not begun, in the words of whoever asked.
    public func refusalToExportNow(_ error: FlowServiceError) -> Text {
        let name = flow.draft.name
        switch error {
        case .wrongState(_, _, FlowState.disabled.rawValue, let request):
            return Text("The flow “\(name)” is paused\(request), and nothing was begun: resume it first.")
        case .wrongState(_, _, FlowState.exporting.rawValue, let request):
            return
                Text(
                    "The flow “\(name)” exports already\(request), and nothing was begun: try again when that is over."
                )
        case .wrongState(_, _, let state, let request):
            return
                Text(
                    "The flow “\(name)” is \(Text.state(state))\(request), and nothing was begun: try again when that is over."
                )
        case .notOffered:
            return
                Text("\(error) Nothing was begun: the flow “\(name)” exports by its schedule alone.")
        default: return error.text
        }
    }
}

extension FlowRun {
    /// Whether it is over, also by a word that this version does not know.
    fileprivate var hasEnded: Bool { status.isOver || metrics.completedAt != nil && status != .processing }
}

extension FlowService {
    /// Looks at runs again and again until all of them are over.
    ///
    /// A run that a platform does not show yet is waited for.
    ///
    /// - Parameters:
    ///   - ids: the runs.
    ///   - pause: between two looks.
    ///   - onProgress: takes the runs as they are at each look, those that are shown.
    /// - Returns: the runs in the order of the ids.
    public func finishedRuns(
        _ ids: [Identifier<FlowRun>], pause: Duration,
        onProgress: @Sendable ([FlowRun]) -> Void = { _ in }
    ) async throws(FlowServiceError) -> [FlowRun] {
        while true {
            var runs: [FlowRun] = []
            for id in ids {
                do throws(FlowServiceError) { runs.append(try await run(id)) } catch .notFound { continue }
            }
            if runs.count == ids.count, runs.allSatisfy(\.hasEnded) { return runs }
            onProgress(runs)
            do { try await Task.sleep(for: pause) } catch {
                throw FlowServiceError(error, doing: Text("follow the runs"))
            }
        }
    }
}
