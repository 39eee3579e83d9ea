// Damaged files: every one is read to the end or refused with a reason. `make fuzz` does the same by the thousand.

import Foundation
import Parquet
import ParquetHostility
import Testing

@Suite struct DamagedFileTests {
    @Test func noDamageDoesMoreThanHaveAFileRefused() async throws {
        let folder = CorpusTests.folder
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".parquet") }.sorted()
        let files = try paths.map { Array(try Data(contentsOf: folder.appending(path: $0))) }
        #expect(files.count > 50)
        var refused = 0
        for seed in 0..<UInt64(400) {
            let number = Int(seed) % files.count
            var mutation = Mutation(seed: seed)
            let bytes = mutation.apply(to: files[number], with: files[(number + 1) % files.count])
            switch await readEverything(of: MemoryFile(bytes, name: paths[number])) {
            case .read: break
            case .refused: refused += 1
            case .wrong(let how): Issue.record("\(paths[number]), seed \(seed): \(how)")
            }
        }
        #expect((100..<400).contains(refused))
    }

    @Test func everyBeginningOfAFileIsRefused() async throws {
        let bytes = Array(
            try Data(contentsOf: CorpusTests.folder.appending(path: "data/nulls.snappy.parquet")))
        for length in 0..<bytes.count {
            guard case .refused = await readEverything(of: MemoryFile(Array(bytes[..<length]))) else {
                Issue.record("\(length) bytes")
                return
            }
        }
    }
}
