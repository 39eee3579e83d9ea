// The file whose records are looked at: kept open, so that its next page goes on where the last one ended.
import ExportDomain
import ExportWizard
import Languages

/// The file that was opened last.
actor OpenedRecords {
    private let exports: any StoredExports
    private var last: (path: String, run: Identifier<FlowRun>, pages: any RecordPages)?

    init(_ exports: any StoredExports) { self.exports = exports }

    /// Some records of a file.
    func page(
        of path: String, in run: Identifier<FlowRun>, from first: Int, limit: Int
    ) async throws -> FilePreview {
        let pages: any RecordPages
        // Whoever begins anew sees the file as it is now.
        if first > 0, let last, last.path == path, last.run == run {
            pages = last.pages
        } else {
            pages = try await exports.records(of: path, in: run)
            last = (path, run, pages)
        }
        let page = try await pages.page(from: first, limit: limit)
        return FilePreview(
            path: path, records: page.records, problem: page.problem, first: page.first,
            isLast: page.isLast,
            total: page.total)
    }
}
