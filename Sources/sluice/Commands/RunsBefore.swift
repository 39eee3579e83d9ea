// What an export that is asked for now meets on the platform that sluice carries: runs that were left, a process that
// exports already, datasets of which nothing is new. Another platform keeps all that to itself.
import EmbeddedPlatform
import ExportDomain
import Languages
import TerminalKit

extension Platform {
    private var embedded: EmbeddedPlatform? {
        if case .embedded(let platform) = kind { platform } else { nil }
    }

    /// The runs of a flow that nobody makes, although they are not over; says so.
    func leftRuns(of details: FlowDetails, _ progress: ProgressOptions) async throws -> [FlowRun] {
        guard details.flow.state == .enabled,
            case .left(let runs)? = try await embedded?.unfinishedRuns(of: details.id)
        else { return [] }
        let name = TextWidth.standard.sanitized(details.flow.draft.name)
        progress.tell(
            runs.count == 1
                ? Text("1 run of the flow “\(name)” was not finished, and nobody makes it: gone on with now.")
                : Text(
                    "\(Formatting.count(runs.count)) runs of the flow “\(name)” were not finished, and nobody makes them: gone on with now."
                ))
        return runs
    }

    /// The datasets of which a run would export something; says which the others are.
    func withSomethingNew(
        _ datasets: [DatasetReference], of details: FlowDetails, _ progress: ProgressOptions
    ) async throws -> [DatasetReference] {
        guard let exhausted = try await embedded?.exhaustedDatasets(of: details.id), !exhausted.isEmpty else {
            return datasets
        }
        let old = datasets.filter { exhausted.contains($0.id) }
        if !old.isEmpty {
            let names = Text.quotedList(old.map { TextWidth.standard.sanitized($0.name) })
            progress.tell(
                Text("Nothing has arrived since the last export of \(names): no run is made of that."))
        }
        return datasets.filter { !exhausted.contains($0.id) }
    }

    /// Who exports a flow, where that is why no export was begun; nil for every other reason.
    func whoExports(_ details: FlowDetails, insteadOf error: FlowServiceError) async throws -> Text? {
        guard case .wrongState(_, _, FlowState.exporting.rawValue, _) = error,
            let unfinished = try await embedded?.unfinishedRuns(of: details.id)
        else { return nil }
        let name = details.flow.draft.name
        switch unfinished {
        case .none: return nil
        case .left(let runs):
            return runs.count == 1
                ? Text(
                    "1 run of the flow “\(name)” is not finished, and nothing was begun: without --no-wait sluice runs start goes on with what was left."
                )
                : Text(
                    "\(Formatting.count(runs.count)) runs of the flow “\(name)” are not finished, and nothing was begun: without --no-wait sluice runs start goes on with what was left."
                )
        case .madeBy(let maker):
            let exports = Text(
                "The flow “\(name)” exports already, by process \(maker.process) on \(maker.host), and nothing was begun: try again when that is over."
            )
            guard maker.silence > .seconds(2 * Self.heartbeatSeconds) else { return exports }
            let silence = Text(
                "It has not been heard of for \(maker.silence.components.seconds) seconds; after \(EmbeddedPlatform.RunMaker.patience.components.seconds) it counts as ended."
            )
            return .sentences([exports, silence])
        }
    }

    private static var heartbeatSeconds: Int64 { EmbeddedPlatform.RunMaker.heartbeat.components.seconds }
}
