// Exportable datasets as entities, and back.
import ExportDomain
import Languages

extension DatasetEntity {
    /// A dataset as a platform answers it.
    public init(_ dataset: Dataset) {
        self.init(JSONObject(at: JSONPlace(DatasetShape.noun, id: dataset.id.rawValue)))
        set(\.id, to: dataset.id.rawValue)
        set(\.name, to: dataset.name)
        set(\.summary, to: dataset.description.nonEmpty)
        if let format = dataset.format {
            var files = FileDescription()
            files.set(\.persisted, to: true)
            files.set(\.containerFormat, to: format)
            files.set(\.format, to: format)
            set(\.fileDescription, to: files)
        }
        var extensions = DatasetExtensions()
        extensions.set(\.recordCount, to: dataset.records)
        extensions.set(\.byteCount, to: dataset.bytes)
        extensions.set(\.lastBatchAt, to: dataset.lastBatchAt.map(EpochMilliseconds.init))
        if !extensions.object.members.isEmpty { set(\.extensions, to: extensions) }
    }

    /// The dataset.
    ///
    /// - Throws: `WireError` where it has no id, or something cannot be read.
    public func dataset() throws(WireError) -> Dataset {
        let id = try require(\.id)
        let further = try self.extensions
        return Dataset(
            id: Identifier(id), name: try self.name ?? id, description: try self.summary ?? "",
            format: try self.fileDescription?.format, records: try further?.recordCount,
            bytes: try further?.byteCount, lastBatchAt: try further?.lastBatchAt?.date)
    }
}

extension DatasetsAnswer {
    /// A page as a platform answers it.
    public init(_ page: DatasetPage) {
        self.init()
        set(\.items, to: page.items.map { DatasetEntity($0) })
        var info = PageInfo()
        info.set(\.start, to: page.start)
        info.set(\.end, to: max(page.start, page.start + page.items.count - 1))
        info.set(\.total, to: page.total)
        info.set(\.hasNext, to: page.hasNext)
        set(\.pageInfo, to: info)
    }

    /// The page.
    ///
    /// - Parameter start: the index that was asked for, where the answer does not say one.
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func page(from start: Int) throws(WireError) -> DatasetPage {
        var datasets: [Dataset] = []
        for item in try require(\.items) { datasets.append(try item.dataset()) }
        let info = try self.pageInfo
        let first = try info?.start ?? start
        let seen = first.addingReportingOverflow(datasets.count)
        guard first >= 0, !seen.overflow else {
            throw invalid(\.pageInfo, Text("no list begins at \(first)"))
        }
        // Without a total, there is at least one more where the page says so.
        let hasNext = try info?.hasNext ?? false
        let total = try info?.total ?? (seen.partialValue + (hasNext ? 1 : 0))
        return DatasetPage(items: datasets, start: first, total: max(total, seen.partialValue))
    }
}
