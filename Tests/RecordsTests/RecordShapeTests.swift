// Shapes of parts of the data, merged.

import Foundation
import Testing

@testable import Records

@Suite struct RecordShapeTests {
    private func shape(seed: UInt64, records: Int) -> RecordShape {
        var dice = Dice(seed)
        let scanner = ShapeScanner(maximumFields: 1_000)
        for line in 0..<records {
            let text = Array(JSONSample.randomObject(&dice).text.utf8) + [0x0A]
            (text + [UInt8](repeating: 0, count: JSONLineScanner.padding)).withUnsafeBufferPointer {
                if let base = $0.baseAddress { scanner.add(base, line: line) }
            }
        }
        return scanner.shape(file: "file \(seed)")
    }

    private func merged(_ shapes: RecordShape...) -> RecordShape {
        shapes.dropFirst().reduce(into: shapes[0]) { $0.merge($1) }
    }

    @Test("It does not matter what is merged first", arguments: 1...20 as ClosedRange<UInt64>)
    func associative(seed: UInt64) {
        let (a, b, c) = (
            shape(seed: seed, records: 3), shape(seed: seed + 100, records: 5),
            shape(seed: seed + 200, records: 2)
        )
        #expect(merged(merged(a, b), c) == merged(a, merged(b, c)))
        #expect(merged(a, RecordShape()) == a)
        #expect(merged(RecordShape(), a) == a)
    }

    @Test("The order changes only the order of fields", arguments: 1...20 as ClosedRange<UInt64>)
    func commutative(seed: UInt64) {
        let (a, b) = (shape(seed: seed, records: 4), shape(seed: seed + 100, records: 4))
        #expect(merged(a, b).sorted == merged(b, a).sorted)
        #expect(merged(a, b).sorted != a.sorted)
    }

    @Test("A shape is stored as JSON and is the same afterwards")
    func codable() throws {
        let shape = shape(seed: 5, records: 50)
        let stored = try JSONEncoder().encode(shape)
        #expect(try JSONDecoder().decode(RecordShape.self, from: stored) == shape)
    }
}

extension RecordShape {
    fileprivate var sorted: String { fields.map(\.sorted).sorted().joined(separator: ",") + " \(records)" }
}

extension FieldShape {
    fileprivate var sorted: String { name.debugDescription + ":" + value.sorted }
}

extension ValueShape {
    fileprivate var sorted: String {
        let elements = elements.map { "[\($0.sorted)]" } ?? ""
        return "\(count) \(objects) \(kinds.rawValue) \(places)" + elements
            + "{" + fields.map(\.sorted).sorted().joined(separator: ",") + "}"
    }
}
