// What an export that is asked for now would meet: runs that somebody makes, runs that were left, and nothing new.
import ExportDomain
import FoundationEssentials
import GRDB
import Languages

extension EmbeddedPlatform {
    /// How it stands with the runs of a dataflow that are not over.
    public enum UnfinishedRuns: Sendable, Hashable {
        /// There are none, and nobody is about to make any.
        case none
        /// A process makes runs of the dataflow.
        case madeBy(RunMaker)
        /// Nobody makes them: they wait, or whoever made them has ended.
        case left([FlowRun])
    }

    /// The process that makes the runs of a dataflow.
    public struct RunMaker: Sendable, Hashable {
        /// The machine it is on.
        public var host: String
        /// Its id there.
        public var process: Int32
        /// For so long it has not been heard of.
        public var silence: Duration

        /// How often a process that lives is heard of.
        public static let heartbeat = Lease.heartbeat
        /// After so long a silence it counts as ended, where its end cannot be seen from here.
        public static let patience = Duration.milliseconds(Lease.patience)
    }

    /// How it stands with the runs of a dataflow that are not over.
    public func unfinishedRuns(of flow: Identifier<Flow>) async throws(FlowServiceError) -> UnfinishedRuns {
        let instant = clocks.instant
        return try await answering(Text("look for unfinished runs")) {
            try await store.read(Text("look for unfinished runs")) { db in
                _ = try Self.storedFlow(flow, db)
                if let lease = try StoredLease.filter(Column("flowID") == flow).fetchOne(db),
                    !lease.isFree(at: instant), let maker = lease.maker(at: instant)
                {
                    return .madeBy(maker)
                }
                let runs = try FlowQuery.unfinishedRuns(db, flow: flow)
                return runs.isEmpty ? .none : .left(runs.map(\.entity))
            }
        }
    }

    /// The datasets of a dataflow of which a run would export nothing: what has arrived is exported, and the dataflow
    /// is incremental.
    public func exhaustedDatasets(
        of flow: Identifier<Flow>
    ) async throws(FlowServiceError) -> Set<Identifier<Dataset>> {
        try await answering(Text("look for what is new")) {
            try await store.read(Text("look for what is new")) { db in
                let flow = try Self.storedFlow(flow, db).entity()
                guard flow.draft.schedule.mode == .incremental else { return [] }
                let datasets = try RunPlanning.datasets(db, of: flow).map(\.id)
                return Set(try datasets.filter { try RunPlanning.batches(db, of: $0, flow: flow).isEmpty })
            }
        }
    }
}

extension StoredLease {
    /// The holder, as it is told of; nil where its name says nothing.
    fileprivate func maker(at instant: Clocks.Instant) -> EmbeddedPlatform.RunMaker? {
        ProcessIdentity(text: holder).map {
            EmbeddedPlatform.RunMaker(
                host: $0.host, process: $0.id, silence: .milliseconds(max(0, silence(of: $0, at: instant))))
        }
    }
}
