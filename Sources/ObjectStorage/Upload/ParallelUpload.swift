// Sends the parts of a body, several at the same time, as the plan's memory allows. What sending means, and
// what comes of it, is the caller's.

/// The parts of a body that have all arrived.
struct UploadedParts<Receipt: Sendable>: Sendable {
    /// What the service gave for each part, in their order.
    let receipts: [Receipt]
    /// The body's length in bytes.
    let size: Int64
}

extension PartCutter {
    /// Sends `first` and all parts that follow it, and returns when all have arrived.
    ///
    /// The first part that cannot be sent ends it all with its error; the others are cancelled. A part is
    /// sent by one call of `send`, which tries again by itself where that may help.
    mutating func uploadAll<Receipt: Sendable>(
        from first: BodyPart, send: @escaping @Sendable (BodyPart) async throws -> Receipt
    ) async throws -> UploadedParts<Receipt> {
        try await withThrowingTaskGroup(of: (Int, Receipt).self) { group in
            var receipts: [Int: Receipt] = [:]
            var inFlight = 0
            func wait(until most: Int) async throws {
                while inFlight > most, let (number, receipt) = try await group.next() {
                    receipts[number] = receipt
                    inFlight -= 1
                }
            }
            var part: BodyPart? = first
            while let current = part.take() {
                try await wait(until: PartPlan.mostInFlight - 1)
                group.addTask { (current.number, try await send(current)) }
                inFlight += 1
                if !current.isLast {
                    try await wait(until: PartPlan.inFlight(besideOneOf: nextSize))
                    part = try await next()
                }
            }
            try await wait(until: 0)
            return UploadedParts(receipts: receipts.sorted { $0.key < $1.key }.map(\.value), size: size)
        }
    }
}
