// Runs of ten thousand files: what verification takes of memory.
import Foundation
import TestFiles
import Testing

@Suite("A run of ten thousand files")
struct ManyFilesTests {
    @Test("is verified whole, and takes hardly more memory than one of a thousand")
    func verified() throws {
        let program = try Sluice()
        let inputs = try TemporaryFolder()
        let file = try inputs.write("a.json", "{\"n\":1}\n")
        #expect(try program("datasets", "add", "Orders", file).status == 0)
        let plan = try inputs.wholePlan(named: "Large")
        try #require(try program("export", plan).status == 0)
        let ran = try Python.run(
            "many_files.py", [try Sluice.path, program.home.path, "Large", "1000", "10000"])
        try #require(ran.status == 0, Comment(rawValue: ran.errors))
        let lines = ran.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        // Files, exit status, findings.
        #expect(lines.map { $0.prefix(3) } == [["1000", "0", "0"], ["10000", "0", "0"]])
        let peaks = lines.compactMap { $0.last.flatMap(Double.init) }
        try #require(peaks.count == 2)
        // Four megabytes for each thousand.
        #expect(peaks[1] - peaks[0] < 9 * 4, Comment(rawValue: ran.text))
    }
}
