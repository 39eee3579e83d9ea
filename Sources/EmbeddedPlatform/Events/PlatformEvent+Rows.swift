// Events from the rows that they are about.
import ExportDomain
import FoundationEssentials
import GRDB

extension PlatformEvent.FlowName {
    /// Names a flow.
    init(_ flow: Flow) {
        self.init(id: flow.id, name: flow.draft.name)
    }
}

extension PlatformEvent.Run {
    /// A run with the names that its flow gives.
    init(_ run: StoredRun, _ db: Database) throws {
        let flow = try EmbeddedPlatform.storedFlow(run.flowID, db)
        let name = try String.fetchOne(
            db,
            sql: "SELECT name FROM sourceConnectionDataset WHERE sourceConnectionID = ? AND datasetID = ?",
            arguments: [flow.sourceConnectionID, run.datasetID])
        self.init(
            run: run.entity, flow: PlatformEvent.FlowName(id: flow.id, name: flow.name),
            dataset: DatasetReference(id: run.datasetID, name: name ?? run.datasetID.rawValue),
            folder: run.folder, retryTime: run.retryAt.map(Date.init(milliseconds:)),
            attempt: run.attempt)
    }
}
