// Exports from and to Parquet, checked by pyarrow and DuckDB.
import Foundation
import TestFiles
import Testing

@Suite("Parquet in and out of the program")
struct ParquetExportTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    /// Exports a dataset, and gives the paths of the data files.
    private func export(_ dataset: String, fileType: String, compression: String) throws -> [String] {
        let plan = try inputs.write(
            "\(fileType)-\(compression).toml",
            """
            name = "\(dataset) as \(fileType) \(compression)"
            datasets = ["\(dataset)"]

            [destination]
            name = "\(dataset) \(fileType) \(compression)"
            spec = "Data Landing Zone"
            path = "\(fileType)-\(compression)"
            datasetFileType = "\(fileType)"
            compression = "\(compression)"
            includeFileManifest = true

            [schedule]
            mode = "full"
            start = 2026-01-15T06:00:00Z
            """)
        let exported = try program("export", plan, "--json")
        #expect(exported.status == 0, Comment(rawValue: exported.errors))
        let zone = program.home.path + "/landing-zone/\(fileType)-\(compression)/"
        return tree(zone).filter { $0.contains("/part-") }.map { zone + $0 }
    }

    @Test(
        "Folders of pyarrow, DuckDB and Spark are taken as they are, and every format has all their rows",
        arguments: ["pyarrow", "duckdb", "spark"])
    func folders(_ writer: String) throws {
        let made = try Python.run("lake_folders.py", ["make", inputs.path])
        try #require(made.status == 0, Comment(rawValue: made.errors))
        let added = try program("datasets", "add", "Lake", "\(inputs.path)/\(writer)", "--json")
        try #require(added.status == 0, Comment(rawValue: added.errors))
        #expect(added.output.contains(#""records" : 3000"#))
        #expect(added.output.contains(#""format" : "parquet""#))
        for (type, compression, end) in [
            ("JSON", "GZIP", ".json.gz"), ("PARQUET", "NONE", ".parquet"), ("PARQUET", "GZIP", ".gz.parquet"),
        ] {
            let files = try export("Lake", fileType: type, compression: compression)
            #expect(!files.isEmpty && files.allSatisfy { $0.hasSuffix(end) })
            let checked = try Python.run("lake_folders.py", ["check", writer] + files)
            #expect(checked.status == 0, Comment(rawValue: "\(type) \(compression): \(checked.errors)"))
            #expect(checked.text.contains("3000 rows equal"))
        }
    }

    @Test("JSON becomes Parquet with one schema for all files, and JSON again without loss")
    func roundTrip() throws {
        let first = try inputs.write(
            "a.json", "{\"id\":1,\"v\":2,\"o\":{\"x\":[1,2]}}\n{\"id\":2,\"v\":null}\n")
        let second = try inputs.write("b.json", "{\"id\":3,\"v\":2.5,\"more\":\"é\\u0000\"}\n")
        #expect(try program("datasets", "add", "Mixed", first, second).status == 0)
        let files = try export("Mixed", fileType: "PARQUET", compression: "GZIP")
        #expect(files.count == 2)
        for file in files {
            let seen = try program("inspect", file, "--json")
            #expect(seen.status == 0, Comment(rawValue: seen.errors))
            #expect(seen.output.contains(#""DOUBLE""#) && seen.output.contains(#""more""#))
        }
        #expect(try program("datasets", "add", "Again", files[0], files[1]).status == 0)
        let again = try export("Again", fileType: "JSON", compression: "GZIP")
        let lines = try again.map { try Sluice.run("gzip", ["-dc", $0]).output }.joined()
        #expect(
            lines == """
                {"id":1,"v":2.0,"o":{"x":[1,2]}}
                {"id":2}
                {"id":3,"v":2.5,"more":"é\\u0000"}

                """)
    }

    @Test("A Parquet file is inspected: schema, row groups, codecs, encodings, first rows")
    func inspect() throws {
        let made = try Python.run("lake_folders.py", ["make", inputs.path])
        try #require(made.status == 0, Comment(rawValue: made.errors))
        let name = tree(inputs.path + "/spark").first { $0.hasPrefix("part-00000") } ?? ""
        let seen = try program("inspect", "\(inputs.path)/spark/\(name)", "--rows", "2")
        #expect(seen.status == 0, Comment(rawValue: seen.errors))
        for fact in [
            "Records     1,500", "Row groups  3, of 700, 700, 100 records", "parquet-cpp-arrow",
            "DECIMAL(12, 2)", "tags.list.element", "GZIP", "RLE_DICTIONARY",
            #"{"id":0,"price":0.00,"at":"2024-05-01T00:00:00.000000000Z""#,
        ] {
            #expect(seen.output.contains(fact), Comment(rawValue: "\(fact) in\n\(seen.output)"))
        }
    }

    @Test("A damaged Parquet file is refused with its name and what is wrong, and nothing is kept of it")
    func damaged() throws {
        let file = try inputs.write("cut.parquet", "PAR1 and no more")
        let added = try program("datasets", "add", "Cut", file)
        #expect(added.status == 1 && added.errors.contains("cut.parquet"))
        #expect(try program("datasets", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
        let inspected = try program("inspect", file)
        #expect(inspected.status == 1 && inspected.errors.contains("cut.parquet"))
    }
}
