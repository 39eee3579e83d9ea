// Records of a block made columns, guided by a schema (Dremel encoding), without making a value of anything that
// lies between.

import Parquet

/// What is done with a field that the schema has not.
public enum UnknownFieldPolicy: Hashable, Sendable {
    /// Stop, with `RecordsError.misfit`.
    case fail
    /// Leave it out.
    case ignore
}

/// Makes records columns.
struct ColumnShredder: Sendable {
    /// What became of a block.
    struct ShreddedBlock: Sendable {
        /// What was counted; without the numbers of lines in the file, which only their order gives.
        var figures: CheckedLines.Figures
        /// One for each leaf of the schema.
        var columns: [ColumnValues] = []
        /// The first value that does not fit, its line counted in the block from 0; then the columns are empty.
        var misfit: (line: Int, path: [String], reason: RecordMisfit.Reason)?
    }

    /// How many nulls a block may come to beyond its own: a bound for lists of objects that lack their fields.
    static let maximumNulls = 16 << 20

    private let plan: ShredPlan
    private let unknownFields: UnknownFieldPolicy

    /// For records that are to be written with `schema`.
    init(_ schema: Schema, unknownFields: UnknownFieldPolicy) {
        plan = ShredPlan(schema)
        self.unknownFields = unknownFields
    }

    /// The records of `block`; malformed lines are counted and leave nothing behind.
    func shred(_ block: LineBlock) -> ShreddedBlock {
        var figures = CheckedLines.Figures(file: block.file, bytesRead: block.bytesRead)
        var shredding = Shredding(plan, unknownFields, text: block.range.count)
        var line = 0
        block.forEachRecord(counting: &figures) { place, number in
            line = number
            return shredding.take(place)
        }
        if let (node, name, reason) = shredding.misfit {
            let path = plan.paths[node] + (name.map { [String(decoding: $0, as: UTF8.self)] } ?? [])
            return ShreddedBlock(figures: figures, misfit: (line, path, reason))
        }
        return ShreddedBlock(figures: figures, columns: shredding.columns(of: plan.schema))
    }
}
