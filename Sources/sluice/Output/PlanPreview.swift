// What a plan would do, without doing it.
import ExportDomain
import FoundationEssentials
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
        print("Would export “\(name)” to “\(destination)”\(makesDestination ? ", which would be made" : "")")
        print("\(mode), \(frequency): \(next.joined(separator: ", "))")
        PlainTable.print(
            ["DATASET", "NAME", "RECORDS", "FOLDER OF THE FIRST RUN"],
            datasets.map {
                [$0.id, $0.name, $0.records.map { Formatting.count($0) } ?? "unknown", $0.folder + "/"]
            })
    }
}
