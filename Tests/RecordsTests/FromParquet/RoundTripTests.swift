// Records that go through a Parquet file and come back.

import Foundation
import Parquet
import Records
import TestFiles
import Testing

@Suite struct RoundTripTests {
    /// A kind of value, the same wherever a field occurs.
    private indirect enum Kind {
        case boolean, integer, double, text
        case list(Kind)
        case object([(name: String, kind: Kind)])

        static func random(depth: Int, _ numbers: inout SeededNumbers) -> Kind {
            switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &numbers) {
            case 0: .boolean
            case 1: .integer
            case 2: .double
            case 3: .text
            case 4: .list(random(depth: depth - 1, &numbers))
            default: object(depth: depth - 1, &numbers)
            }
        }

        static func object(depth: Int, _ numbers: inout SeededNumbers) -> Kind {
            .object(
                (0..<Int.random(in: 1...5, using: &numbers)).map {
                    ("f\($0) \"é\"", random(depth: depth, &numbers))
                })
        }

        /// A value as it is given, and as it comes back: fields that are null are left out.
        ///
        /// - Parameter isWhole: whether all fields are there, and lists have an element, so that all kinds are seen.
        func value(isWhole: Bool, _ numbers: inout SeededNumbers) -> (given: String, expected: String) {
            switch self {
            case .boolean:
                let value = "\(Bool.random(using: &numbers))"
                return (value, value)
            case .integer:
                let value =
                    "\(Int64.random(in: .min ... .max, using: &numbers) >> Int64.random(in: 0..<64, using: &numbers))"
                return (value, value)
            case .double:
                let value = isWhole ? 0.5 : Double(Int.random(in: -9999...9999, using: &numbers)) / 64
                return ("\(value)", "\(value)")
            case .text:
                let value = ["\"\"", #""a\"\\b""#, #""日本\n""#, #""𝄞""#].randomElement(using: &numbers) ?? ""
                return (value, value)
            case .list(let kind):
                var given: [String] = []
                var expected: [String] = []
                for _ in 0..<(isWhole ? 1 : Int.random(in: 0...3, using: &numbers)) {
                    let isNull = !isWhole && Int.random(in: 0..<4, using: &numbers) == 0
                    let value = isNull ? ("null", "null") : kind.value(isWhole: isWhole, &numbers)
                    given.append(value.0)
                    expected.append(value.1)
                }
                return ("[\(given.joined(separator: " , "))]", "[\(expected.joined(separator: ","))]")
            case .object(let fields):
                var given: [String] = []
                var expected: [String] = []
                for field in fields {
                    let name = field.name.replacing("\"", with: "\\\"")
                    switch isWhole ? 2 : Int.random(in: 0..<6, using: &numbers) {
                    case 0: continue
                    case 1: given.append("\"\(name)\": null")
                    default:
                        let value = field.kind.value(isWhole: isWhole, &numbers)
                        given.append("\"\(name)\": \(value.given)")
                        expected.append("\"\(name)\":\(value.expected)")
                    }
                }
                return ("{\(given.joined(separator: ", "))}", "{\(expected.joined(separator: ","))}")
            }
        }
    }

    @Test(arguments: 0..<60)
    func recordsComeBackFromParquetAsTheyWereWithoutTheirNulls(seed: Int) async throws {
        var numbers = SeededNumbers(seed: UInt64(seed))
        let kind = Kind.object(depth: 3, &numbers)
        let records = (0..<40).map { kind.value(isWhole: $0 == 0, &numbers) }
        let folder = try TemporaryFolder()
        let source = try folder.write(records.map { $0.given + "\n" }.joined(), to: "in.json")
        let schema = try await SchemaInference.run(files: [source]).shape.schema()
        #expect(schema.mixedFields.isEmpty)
        let codec: CompressionCodec = [.uncompressed, .gzip, .zstd][seed % 3]
        let written = try ParquetRecords(
            files: [source], schema: schema.schema, options: WriterOptions(codec: codec),
            malformedLines: .fail)
        try await Self.write(written, to: folder.path + "/rows.parquet")
        let back = GzippedParquetRecords(
            files: [ParquetInput(try LocalFile(path: folder.path + "/rows.parquet"))])
        try await Self.write(back, to: folder.path + "/out.json.gz")
        let text = try Program.run("gzip", ["-dc", folder.path + "/out.json.gz"]).text
        #expect(text == records.map { $0.expected + "\n" }.joined())
        #expect(back.summary.count.records == records.count)
    }

    private static func write(_ chunks: some AsyncSequence<[UInt8], any Error>, to path: String) async throws
    {
        var bytes: [UInt8] = []
        for try await chunk in chunks { bytes += chunk }
        try Data(bytes).write(to: URL(filePath: path))
    }
}
