// `sluice datasets` and `sluice inspect`.
import Foundation
import TestFiles
import Testing

@Suite("sluice datasets")
struct DatasetsCommandTests {
    private let program: Sluice
    private let inputs: TemporaryFolder

    init() throws {
        program = try Sluice()
        inputs = try TemporaryFolder()
    }

    @Test("adds a folder of files, plain and gzip, and counts its records")
    func addFolder() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("one.json", "{}\n{}\n")
        _ = try folder.write("_SUCCESS", "")
        _ = try folder.write(".hidden.json", "{}\n")
        let two = try folder.write("two.jsonl", "{\"a\":1}\n")
        #expect(try Sluice.run("gzip", [two]).status == 0)
        let added = try program("datasets", "add", "Mixed", folder.path, "--description", "of all sorts")
        #expect(added.status == 0, Comment(rawValue: added.errors))
        let list = try program("datasets", "list", "--json")
        let facts = try Sluice.python(
            "import json,sys; d=json.loads(sys.argv[1])[0]; print(d['name'], d['records'], d['description'], len(d['id']))",
            list.output)
        #expect(facts == "Mixed 3 of all sorts 24")
    }

    @Test(
        "refuses a second dataset of the same name, a missing file and a Parquet file, each with a sentence")
    func refusals() throws {
        let file = try inputs.write("a.json", "{}\n")
        #expect(try program("datasets", "add", "A", file).status == 0)
        let again = try program("datasets", "add", "A", file)
        #expect(again.status == 1 && again.errors.contains("--into"))
        let missing = try program("datasets", "add", "B", inputs.path + "/nope.json")
        #expect(missing.status == 1 && missing.errors.contains("nope.json"))
        let parquet = try inputs.write("c.parquet", "PAR1")
        let refused = try program("datasets", "add", "C", parquet)
        #expect(refused.status == 1 && refused.errors.contains("c.parquet"))
        #expect(try program("datasets", "list", "--json").output.contains("\"A\""))
    }

    @Test("removes a dataset and its files")
    func remove() throws {
        let file = try inputs.write("a.json", "{}\n")
        _ = try program("datasets", "add", "A", file)
        #expect(try program("datasets", "remove", "A").status == 0)
        #expect(try program("datasets", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
        #expect(tree(program.home.path + "/lake").filter { !$0.hasSuffix("/") }.isEmpty)
        #expect(FileManager.default.fileExists(atPath: file))
    }

    @Test("shows names with escape sequences harmlessly")
    func hostileNames() throws {
        let file = try inputs.write("a.json", "{\"x\":\"\\u001b[2J\"}\n")
        #expect(try program("datasets", "add", "a\u{202E}b", file).status == 0)
        #expect(!(try program("datasets", "list").output.contains("\u{202E}")))
    }

    @Test("inspects a file: records, first rows, and the first malformed line with exit status 1")
    func inspect() throws {
        let good = try inputs.write("good.json", "{\"a\":1}\n\n{\"a\":2}\n")
        let seen = try program("inspect", good, "--rows", "1", "--json")
        #expect(seen.status == 0)
        let facts = try Sluice.python(
            "import json,sys; d=json.loads(sys.argv[1]); print(d['records'], d['rows'])", seen.output)
        #expect(facts == "2 ['{\"a\":1}']")
        let bad = try inputs.write("bad.json", "{\"a\":1}\nnull\n")
        let refused = try program("inspect", bad)
        #expect(refused.status == 1)
        #expect(refused.output.contains("line 2"))
    }
}
