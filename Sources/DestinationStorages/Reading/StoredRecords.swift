// The records of a file in a storage, page by page, whatever its format, with as few reads as they need.
import ExportDomain
import Languages
import ObjectStorage
import Parquet
import Records

/// The records of a file in a storage.
///
/// Pages that follow each other are read on from where the last one ended. A page before that costs a new beginning:
/// of Parquet in the row group where it is, of gzip and plain text at the first record.
public actor StoredRecords: RecordPages {
    private let path: String
    private let file: JoinedReads
    private var isParquet: Bool?
    private var parquet: ParquetFile?
    private var rows: ParquetRecordReader?
    private var lines: RecordStream?
    /// How much of the file the stream of lines has.
    private var offset: Int64 = 0
    /// The record that is read next.
    private var position = 0
    /// What is being read; one page is read after the other.
    private var running: Task<ExportedRecords, any Error>?

    /// Names a file; nothing is read yet.
    public init(_ path: String, in storage: any Storage) throws {
        self.path = path
        file = JoinedReads(StoredFile(storage: storage, key: try StorageKey(path)))
    }

    /// Reads records, as the protocol says.
    public func page(from first: Int, limit: Int) async throws(FlowServiceError) -> ExportedRecords {
        do {
            return try await next(from: first, limit: limit)
        } catch {
            throw FlowServiceError(error, doing: Text("show \(path)"))
        }
    }

    private func next(from first: Int, limit: Int) async throws -> ExportedRecords {
        let before = running
        let task = Task {
            _ = await before?.result
            try Task.checkCancellation()
            return try await read(from: first, limit: limit)
        }
        running = task
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func read(from first: Int, limit: Int) async throws -> ExportedRecords {
        do {
            let isParquet: Bool
            if let known = self.isParquet {
                isParquet = known
            } else {
                isParquet = try await ParquetFile.isParquet(file)
            }
            self.isParquet = isParquet
            return isParquet
                ? try await rows(from: first, limit: limit) : try await lines(from: first, limit: limit)
        } catch let error as ParquetError {
            return ExportedRecords(first: first, records: [], isLast: true, problem: error.text)
        }
    }

    // MARK: Parquet

    private func rows(from first: Int, limit: Int) async throws -> ExportedRecords {
        let opened: ParquetFile
        if let parquet { opened = parquet } else { opened = try await ParquetFile(file) }
        parquet = opened
        let reader: ParquetRecordReader
        if let rows, position == first {
            reader = rows
        } else {
            reader = try ParquetRecordReader(opened, from: first)
        }
        // What throws has lost its place.
        rows = nil
        let page = try await reader.next(limit: limit)
        (rows, position) = (reader, first + page.records.count)
        let total = opened.metadata.rowGroups.reduce(0) { $0 + Int($1.rowCount) }
        return ExportedRecords(
            first: first, records: page.records, isLast: page.isLast || position >= total, total: total,
            problem: page.error.map { .of($0) })
    }

    // MARK: Lines

    private func lines(from first: Int, limit: Int) async throws -> ExportedRecords {
        if lines == nil || position > first {
            (lines, position, offset) = (RecordStream(name: file.name), 0, 0)
        }
        guard let stream = lines else { return ExportedRecords(records: []) }
        var page = ExportedRecords(first: first, records: [])
        do {
            while position < first {
                let passed = try await next(of: stream, limit: min(first - position, 1_000))
                if passed.isEmpty { break }
                position += passed.count
            }
            page.records = try await next(of: stream, limit: limit)
            position += page.records.count
            page.isLast = stream.isAtEnd
        } catch let error as RecordsError {
            page.isLast = true
            page.problem = error.text
            lines = nil
        }
        return page
    }

    /// The next records of a stream, for which the file is read on; none after the last.
    private func next(of stream: RecordStream, limit: Int) async throws -> [String] {
        var records: [String] = []
        let size = try await file.size()
        while records.count < limit {
            records += try stream.next(limit: limit - records.count)
            if records.count >= limit { break }
            guard offset < size else {
                stream.end()
                records += try stream.next(limit: limit - records.count)
                break
            }
            let end = min(size, offset + JoinedReads.window)
            stream.add(try await file.read(offset..<end))
            offset = end
        }
        return records
    }
}
