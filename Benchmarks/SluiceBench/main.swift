import Foundation
import Records
let clock = ContinuousClock()
let files = Array(CommandLine.arguments.dropFirst(2))
let n = CommandLine.arguments[1]
if n == "c" {
  for _ in 0..<3 { var c = RecordCount(); let t = try await clock.measure { c = try await RecordCounter.count(files: files) }
  print(c.records, Double(c.recordBytes) / (t / .seconds(1)) / 1e9, "GB/s") }
} else {
  let g = GzippedRecords(files: files, malformedLines: .fail)
  let out = FileManager.default.createFile(atPath: "/tmp/out.gz", contents: nil); _ = out
  let h = FileHandle(forWritingAtPath: "/tmp/out.gz")!
  let t = try await clock.measure { for try await c in g { try h.write(contentsOf: c) } }
  let s = g.summary
  print(s.count.records, s.bytesWritten, Double(s.count.recordBytes) / (t / .seconds(1)) / 1e6, "MB/s")
}
