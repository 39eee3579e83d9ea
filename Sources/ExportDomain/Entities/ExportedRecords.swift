// What is shown of a file that a run has written.

/// The first records of an exported file.
public struct ExportedRecords: Sendable, Hashable {
    /// The records as JSON, one text each.
    public var records: [String]
    /// Why there are not more, where the file is damaged.
    public var problem: String?

    /// Takes records.
    public init(records: [String], problem: String? = nil) {
        self.records = records
        self.problem = problem
    }
}
