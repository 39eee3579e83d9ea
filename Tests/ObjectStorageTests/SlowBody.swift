// A body that takes its time, as one that is converted while it is sent.

/// Some parts of 8 MB, and a rest before each.
struct SlowBody: AsyncSequence, Sendable {
    let parts: Int
    var rest: Duration = .zero
    /// Called before each part with the number of those before it.
    var onPart: @Sendable (Int) async throws -> Void = { _ in }

    static let partSize = 8 << 20
    private static let block: [UInt8] = (0..<partSize).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }

    struct AsyncIterator: AsyncIteratorProtocol {
        let body: SlowBody
        var number = 0

        mutating func next() async throws -> [UInt8]? {
            guard number < body.parts else { return nil }
            try await Task.sleep(for: body.rest)
            try await body.onPart(number)
            defer { number += 1 }
            return SlowBody.part(number)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }

    private static func part(_ number: Int) -> [UInt8] {
        var part = block
        part[0] = UInt8(truncatingIfNeeded: number)
        return part
    }

    /// All that it yields.
    var content: [UInt8] { (0..<parts).flatMap(Self.part) }
}
