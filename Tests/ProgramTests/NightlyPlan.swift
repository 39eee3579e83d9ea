// An export of two datasets every day to the landing zone, which several suites begin with.
import TestFiles
import Testing

extension Sluice {
    /// Adds two datasets, “Orders” and “Events”, and writes the plan “Nightly” of both; gives its path.
    ///
    /// - Parameters:
    ///   - records: how many each dataset has.
    ///   - start: the first occurrence, as RFC 3339 has it.
    ///   - end: the last.
    func nightlyPlan(
        in inputs: TemporaryFolder, records: Int = 1, start: String = "2026-01-15T00:00:00Z", end: String
    ) throws -> String {
        let lines = (1...records).map { "{\"n\":\($0)}\n" }.joined()
        for name in ["Orders", "Events"] {
            let file = try inputs.write("\(name).json", lines)
            #expect(try self("datasets", "add", name, file).status == 0)
        }
        return try inputs.write(
            "plan.toml",
            """
            name = "Nightly"
            datasets = ["Orders", "Events"]

            [destination]
            name = "Backups"
            spec = "Data Landing Zone"
            path = "backups"
            datasetFileType = "JSON"
            compression = "GZIP"

            [schedule]
            frequency = "daily"
            start = \(start)
            end = \(end)
            """)
    }
}

extension TemporaryFolder {
    /// Writes a plan that exports a dataset whole to `out` in the landing zone; gives its path.
    ///
    /// - Parameter start: when, as RFC 3339 has it; now where nothing is said.
    func wholePlan(
        named name: String, of dataset: String = "Orders", to destination: String = "Zone",
        start: String? = nil
    ) throws -> String {
        try write(
            "plan.toml",
            """
            name = "\(name)"
            datasets = ["\(dataset)"]
            [destination]
            name = "\(destination)"
            spec = "Data Landing Zone"
            path = "out"
            datasetFileType = "JSON"
            compression = "GZIP"
            [schedule]
            mode = "full"

            """ + (start.map { "start = \($0)\n" } ?? ""))
    }
}
