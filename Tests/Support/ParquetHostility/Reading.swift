// Reading all that there is in a file.

import Parquet

/// What came of reading a file.
public enum ReadingOutcome: Sendable {
    /// It was read to the end.
    case read(rows: Int)
    /// It was refused, with a reason.
    case refused(ParquetError)
    /// Something was thrown that says nothing of the file, or what was read contradicts itself.
    case wrong(String)
}

/// Reads every row, and every page index, of `file`.
public func readEverything(of file: MemoryFile) async -> ReadingOutcome {
    do {
        let parquet = try await ParquetFile(file)
        var rows = 0
        for try await batch in parquet.batches(maximumRows: 5_000, targetBytes: 1 << 20) {
            for (leaf, column) in zip(parquet.schema.leaves, batch.columns) {
                if let fault = fault(of: column, of: leaf, rowCount: batch.rowCount) {
                    return .wrong("\(leaf.name): \(fault)")
                }
            }
            rows += batch.rowCount
        }
        for rowGroup in parquet.metadata.rowGroups.indices {
            for column in parquet.schema.leaves.indices {
                _ = try await parquet.columnIndex(rowGroup: rowGroup, column: column)
                _ = try await parquet.offsetIndex(rowGroup: rowGroup, column: column)
            }
        }
        return .read(rows: rows)
    } catch let error as ParquetError {
        return error.file == file.name ? .refused(error) : .wrong("an error does not name the file: \(error)")
    } catch {
        return .wrong("an error of another kind: \(error)")
    }
}

/// What contradicts itself in `column`.
private func fault(of column: ColumnValues, of leaf: LeafColumn, rowCount: Int) -> String? {
    let definition = UInt8(leaf.maximumDefinitionLevel)
    let repetition = UInt8(leaf.maximumRepetitionLevel)
    guard column.definitionLevels.count == (definition > 0 ? column.entryCount : 0),
        column.repetitionLevels.count == (repetition > 0 ? column.entryCount : 0)
    else { return "levels are missing" }
    guard column.definitionLevels.allSatisfy({ $0 <= definition }),
        column.repetitionLevels.allSatisfy({ $0 <= repetition })
    else { return "levels are too high" }
    let rows =
        repetition > 0 ? column.repetitionLevels.reduce(0) { $0 + ($1 == 0 ? 1 : 0) } : column.entryCount
    guard rows == rowCount else { return "\(rows) rows instead of \(rowCount)" }
    guard repetition == 0 || column.repetitionLevels.first == 0 else { return "begins within a row" }
    let values =
        definition > 0
        ? column.definitionLevels.reduce(0) { $0 + ($1 == definition ? 1 : 0) } : column.entryCount
    guard values == column.content.count else { return "\(column.content.count) values instead of \(values)" }
    if case .dictionary(let indices, let dictionary) = column.content {
        guard indices.allSatisfy({ (0..<dictionary.count).contains(Int($0)) }) else {
            return "a place is not in the dictionary"
        }
    }
    return nil
}
