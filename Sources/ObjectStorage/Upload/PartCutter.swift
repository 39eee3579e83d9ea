// Cuts a body of chunks into parts of planned sizes. It looks one chunk ahead, so that the last part knows
// that it is the last: a body of exactly one part is one part.

/// What is wrong with a body's length.
enum BodyFault {
    /// The body is not as long as was announced, in bytes.
    struct WrongLength: Error, Equatable {
        let expected: Int64
        let found: Int64
    }

    /// The body is longer than all parts of the plan.
    struct TooLong: Error, Equatable {}
}

/// A body, cut into parts.
struct PartCutter<Body: AsyncSequence> where Body.Element == [UInt8] {
    typealias WrongLength = BodyFault.WrongLength
    typealias TooLong = BodyFault.TooLong

    private let plan: PartPlan
    private let length: Int64?
    private var chunks: Body.AsyncIterator
    private var ahead: ArraySlice<UInt8> = []
    private var isAtEnd = false
    /// How many parts were cut.
    private(set) var count = 0
    /// The bytes of the parts that were cut.
    private(set) var size: Int64 = 0

    /// Cuts `body`, whose length is `length` bytes if that is known.
    init(_ body: Body, plan: PartPlan, length: Int64?) {
        self.plan = plan
        self.length = length
        chunks = body.makeAsyncIterator()
    }

    /// The size in bytes that the next part may have.
    var nextSize: Int { plan.size(ofPart: count + 1) }

    /// The next part; nil after the last.
    ///
    /// A body without bytes is one part without bytes.
    ///
    /// Throws what the body throws, `CancellationError`, `TooLong`, and `WrongLength` as soon as the body
    /// is longer than announced, or when it is shorter: its last part does not come then.
    mutating func next() async throws -> BodyPart? {
        if isAtEnd && count > 0 { return nil }
        if count == plan.mostParts { throw TooLong() }
        let part = try await fill()
        count += 1
        size += Int64(part.count)
        return BodyPart(
            number: count, offset: size - Int64(part.count), bytes: part, isLast: isAtEnd)
    }

    private mutating func fill() async throws -> [UInt8] {
        if ahead.isEmpty { try await fetch() }
        let wanted = nextSize
        var part: [UInt8] = []
        // What is known to fit into fewer bytes takes no room for more.
        let rest = length.map { Int(clamping: max(0, $0 - size)) } ?? (isAtEnd ? ahead.count : wanted)
        part.reserveCapacity(min(wanted, rest))
        while part.count < wanted, !isAtEnd {
            let taken = ahead.prefix(wanted - part.count)
            part.append(contentsOf: taken)
            ahead = ahead.dropFirst(taken.count)
            if ahead.isEmpty { try await fetch() }
        }
        return part
    }

    /// Gets the next bytes, or learns that there are none.
    private mutating func fetch() async throws {
        while ahead.isEmpty {
            try Task.checkCancellation()
            guard let chunk = try await chunks.next() else {
                // A stream that is cancelled may simply end: half of it must not be taken for the whole.
                try Task.checkCancellation()
                try check(found, isWhole: true)
                isAtEnd = true
                return
            }
            found += Int64(chunk.count)
            try check(found, isWhole: false)
            ahead = chunk[...]
        }
    }

    /// The bytes that came.
    private var found: Int64 = 0

    private func check(_ found: Int64, isWhole: Bool) throws {
        guard let length, found > length || (isWhole && found != length) else { return }
        throw WrongLength(expected: length, found: found)
    }
}
