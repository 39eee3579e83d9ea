// Runs as entities, and back.
import ExportDomain
import FoundationEssentials

extension RunEntity {
    /// The prefix of a dataset's id where figures are given by entity.
    private static let datasetPrefix = "dataset:"

    /// A run as a platform answers it (`GET /runs/{id}`).
    ///
    /// - Parameters:
    ///   - run: the run.
    ///   - flow: its dataflow, of which the answer repeats connections and spec.
    ///   - origin: what the server writes into every entity.
    public init(_ run: FlowRun, of flow: Flow, origin: EntityOrigin) {
        self.init(id: run.id.rawValue, revision: run.revision, origin: origin)
        set(\.flowId, to: run.flowID.rawValue)
        set(\.flowSpec, to: SpecReference(id: flow.draft.flowSpecID.rawValue))
        set(\.metrics, to: RunMetrics(run, of: flow, entity: Self.datasetPrefix + run.datasetID.rawValue))
        set(\.activities, to: [])
    }

    /// The run.
    ///
    /// - Parameter dataset: the dataset, where the answer names none, as one that is under way may not.
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func run(dataset: Identifier<Dataset>? = nil) throws(WireError) -> FlowRun {
        let metrics = try self.metrics ?? RunMetrics()
        return FlowRun(
            id: Identifier(try require(\.id)), flowID: Identifier(try require(\.flowId)),
            datasetID: try datasetID() ?? dataset ?? Identifier(""),
            scheduledTime: try metrics.durationSummary?.extensions?.scheduledAtUTC?.date,
            status: FlowRunStatus(word: try metrics.statusSummary?.status),
            metrics: try metrics.figures(
                manifest: Manifest.fileName(
                    flow: Identifier(try require(\.flowId)), run: Identifier(try require(\.id)))),
            revision: try Revision(self))
    }

    /// The dataset that the figures name.
    private func datasetID() throws(WireError) -> Identifier<Dataset>? {
        let records = try self.metrics?.recordSummary
        let sources = try records?.sourceSummaries ?? []
        let targets = try records?.targetSummaries ?? []
        for summary in sources + targets {
            for entity in try summary.entitySummaries ?? [] {
                guard let id = entity["id"]?.text, id.hasPrefix(Self.datasetPrefix) else { continue }
                return Identifier(String(id.dropFirst(Self.datasetPrefix.count)))
            }
        }
        return nil
    }
}

extension RunMetrics {
    fileprivate init(_ run: FlowRun, of flow: Flow, entity: String) {
        self.init()
        let figures = run.metrics
        var duration = DurationSummary()
        duration.set(\.startedAtUTC, to: figures.startedAt.map(EpochMilliseconds.init))
        duration.set(\.completedAtUTC, to: figures.completedAt.map(EpochMilliseconds.init))
        if let time = run.scheduledTime {
            var extensions = RunExtensions()
            extensions.set(\.scheduledAtUTC, to: EpochMilliseconds(time))
            duration.set(\.extensions, to: extensions)
        }
        set(\.durationSummary, to: duration)
        var size = SizeSummary()
        size.set(\.inputBytes, to: figures.inputBytes)
        size.set(\.outputBytes, to: figures.outputBytes)
        if let planned = figures.plannedInputBytes {
            var extensions = RunExtensions()
            extensions.set(\.plannedInputBytes, to: planned)
            size.set(\.extensions, to: extensions)
        }
        set(\.sizeSummary, to: size)
        var records = RecordSummary()
        records.set(\.inputRecordCount, to: figures.inputRecords)
        records.set(\.createdRecordCount, to: figures.outputRecords)
        records.set(\.outputRecordCount, to: figures.outputRecords)
        records.set(\.skippedRecordCount, to: figures.skippedRecords)
        var source = ConnectionSummary(id: flow.draft.sourceConnectionID.rawValue, entity: entity)
        source.set(\.inputRecordCount, to: figures.inputRecords)
        var target = ConnectionSummary(id: flow.draft.targetConnectionID.rawValue, entity: entity)
        target.set(\.outputRecordCount, to: figures.outputRecords)
        records.set(\.sourceSummaries, to: [source])
        records.set(\.targetSummaries, to: [target])
        let messages = figures.errors.map { RunInfo(code: $0.code, message: $0.message) }
        if run.status == .failed {
            records.set(\.failedInfo, to: messages)
        } else if !messages.isEmpty {
            records.set(\.skippedInfo, to: messages)
        }
        set(\.recordSummary, to: records)
        var files = FileSummary()
        files.set(\.inputFileCount, to: figures.inputFiles)
        files.set(\.outputFileCount, to: figures.outputFiles)
        if let path = figures.manifestPath {
            files.set(
                \.manifest, to: JSONObject(["fileInfo": .array([.object(["pathPrefix": .string(path)])])]))
        }
        set(\.fileSummary, to: files)
        var status = StatusSummary()
        status.set(\.status, to: run.status.word)
        if run.status == .failed { status.set(\.errors, to: messages) }
        status.set(\.activityRefs, to: [])
        set(\.statusSummary, to: status)
    }

    /// The figures as values.
    /// - Parameter manifest: the name of the run's manifest.
    fileprivate func figures(manifest: String) throws(WireError) -> FlowRunMetrics {
        let duration = try self.durationSummary
        let size = try self.sizeSummary
        let records = try self.recordSummary
        let files = try self.fileSummary
        var written = try records?.outputRecordCount
        if written == nil { written = try records?.createdRecordCount }
        return FlowRunMetrics(
            startedAt: try duration?.startedAtUTC?.date, completedAt: try duration?.completedAtUTC?.date,
            inputBytes: try size?.inputBytes, plannedInputBytes: try size?.extensions?.plannedInputBytes,
            outputBytes: try size?.outputBytes, inputRecords: try records?.inputRecordCount,
            outputRecords: written,
            skippedRecords: try records?.skippedRecordCount, inputFiles: try files?.inputFileCount,
            outputFiles: try files?.outputFileCount, manifestPath: files?.path(ofFile: manifest),
            errors: try messages())
    }

    /// Why it failed, else what it left out; each message once, wherever it is repeated.
    private func messages() throws(WireError) -> [FlowRunError] {
        let records = try self.recordSummary
        var infos = try self.statusSummary?.errors ?? []
        infos += try records?.failedInfo ?? []
        infos += try records?.skippedInfo ?? []
        var messages: [FlowRunError] = []
        for info in infos {
            let message = FlowRunError(code: try info.code ?? "", message: try info.message ?? "")
            if !messages.contains(message) { messages.append(message) }
        }
        return messages
    }
}

extension FileSummary {
    /// The path of a file that the platform lists; nil where it lists none of that name, or something else there.
    ///
    /// Of a URL it is the path, without the signature that its query may be.
    fileprivate func path(ofFile name: String) -> String? {
        let lists = (try? self.manifest)?.members ?? [:]
        for (_, list) in lists.sorted(by: { $0.key < $1.key }) {
            guard case .array(let entries) = list else { continue }
            for case .object(let members) in entries {
                for key in ["pathPrefix", "path"] {
                    guard let text = members[key]?.text else { continue }
                    let path =
                        URL(string: text).flatMap { $0.scheme == nil ? nil : $0.path(percentEncoded: false) }
                        ?? text
                    if path.split(separator: "/").last.map(String.init) == name { return path }
                }
            }
        }
        return nil
    }
}

extension ConnectionSummary {
    fileprivate init(id: String, entity: String) {
        self.init()
        set(\.id, to: id)
        set(\.entitySummaries, to: [JSONObject(["id": .string(entity)])])
    }
}
