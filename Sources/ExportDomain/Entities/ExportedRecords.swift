// What is shown of a file that a run has written.
import Languages

/// Some records of an exported file.
public struct ExportedRecords: Sendable, Hashable {
    /// The place of the first of them in the file, from 0.
    public var first: Int
    /// The records as JSON, one text each.
    public var records: [String]
    /// Whether no others follow.
    public var isLast: Bool
    /// How many there are in the file, where it says so itself.
    public var total: Int?
    /// Why there are not more, where the file is damaged.
    public var problem: Text?

    /// Takes records.
    public init(
        first: Int = 0, records: [String], isLast: Bool = false, total: Int? = nil, problem: Text? = nil
    ) {
        self.first = first
        self.records = records
        self.isLast = isLast
        self.total = total
        self.problem = problem
    }
}

/// The records of an exported file, read page by page.
public protocol RecordPages: Sendable {
    /// Reads records.
    ///
    /// - Parameters:
    ///   - first: the first of them, from 0.
    ///   - limit: at most so many.
    /// - Returns: at least one, unless there are none from there on. What is wrong with the file is told by `problem`.
    /// - Throws: `FlowServiceError.unavailable` where the storage does not let it be read.
    func page(from first: Int, limit: Int) async throws(FlowServiceError) -> ExportedRecords
}
