// Columns in the names of folders.
import Testing

@testable import EmbeddedPlatform

@Suite("Columns in the names of folders")
struct PartitionTests {
    @Test(
        "Each folder called name=value gives a column, the outermost first",
        arguments: [
            ("part-0.parquet", []),
            ("2024/part-0.parquet", []),
            ("day=2024-05-01/part-0.parquet", [("day", "2024-05-01")]),
            ("country=FR/raw/year=2024/x.json", [("country", "FR"), ("year", "2024")]),
            ("a=b=c/x.json", [("a", "b=c")]),
            ("a=/x.json", [("a", "")]),
            ("=a/x.json", []),
            ("city=S%C3%A3o%20Paulo/x.json", [("city", "São Paulo")]),
            ("share=100%/x.json", [("share", "100%")]),
            ("day=1/name=2.json", [("day", "1")]),
        ] as [(String, [(String, String)])])
    func columns(_ path: String, _ expected: [(String, String)]) {
        let columns = Partition(path: path)?.columns ?? []
        #expect(columns.map(\.name) == expected.map(\.0))
        #expect(columns.map(\.value) == expected.map(\.1))
    }

    @Test("Hive's word for a missing value is no value")
    func missing() {
        #expect(
            Partition(path: "day=__HIVE_DEFAULT_PARTITION__/x.json")?.columns
                == [Partition.Column(name: "day", value: nil)])
    }
}
