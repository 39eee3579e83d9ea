// What a plan would do, without doing it.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// What `sluice export --dry-run` says.
struct PlanPreview: Encodable {
    var name: String
    var destination: String
    var makesDestination: Bool
    var mode: String
    var frequency: String
    var next: [String]
    var datasets: [DatasetPreview]
    private var schedule: Schedule

    private enum CodingKeys: String, CodingKey {
        case name, destination, makesDestination, mode, frequency, next, datasets
    }

    struct DatasetPreview: Encodable {
        var id: String
        var name: String
        var records: Int?
        var folder: String
    }

    /// Works out what a plan would do.
    init(_ plan: ExportPlan, on platform: any FlowService) async throws {
        let found = try await platform.resolve(plan)
        let schedule = plan.schedule
        self.schedule = schedule
        name = plan.name
        destination = plan.destination.name
        makesDestination = found.destination == nil
        mode = schedule.mode.description
        frequency = schedule.frequency.description
        next = schedule.occurrences(from: schedule.start, limit: 3).map(\.rfc3339)
        datasets = found.datasets.map { dataset in
            let context = FolderContext(
                dataset: dataset.reference, destination: found.spec.name, instanceName: plan.destination.name,
                instanceID: found.destination?.id, place: platform.place, exportTime: schedule.start)
            let layout = ExportLayout(
                connectionFolder: found.folder(of: plan), template: plan.folderTemplate, context: context)
            return DatasetPreview(
                id: dataset.id.rawValue, name: dataset.name, records: dataset.records,
                folder: found.writtenPath(layout.folder, of: plan))
        }
    }

    func printText() {
        PlainTable.print(
            line: makesDestination
                ? Text("Would export “\(name)” to “\(destination)”, which would be made").said
                : Text("Would export “\(name)” to “\(destination)”").said)
        PlainTable.print(line: Text("\(schedule.mode), \(schedule.frequency): \(Text.list(next))").said)
        PlainTable.print(
            [Text("DATASET"), Text("NAME"), Text("RECORDS"), Text("FOLDER OF THE FIRST RUN")],
            datasets.map {
                [
                    $0.id, $0.name, $0.records.map { Formatting.count($0) } ?? Text("unknown").said,
                    $0.folder + "/",
                ]
            })
    }
}
