// The contract of `Storage`, as checks that every conformer passes. A new conformer brings an empty storage,
// not tests of its own:
//
//     @Test("A folder keeps the contract of Storage", arguments: StorageConformance.all)
//     func conforms(to rule: StorageConformance) async throws {
//         try await rule.check(FolderStorage(path: emptyFolder))
//     }

import ObjectStorage
import Testing

/// One rule of the contract of `Storage`.
public struct StorageConformance: Sendable, CustomTestStringConvertible {
    /// What a user of the storage can rely on.
    public let name: String
    private let body: @Sendable (any Storage) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (any Storage) async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// The rule, as the name of a test.
    public var testDescription: String { name }

    /// Checks the rule on `storage`, which must be empty and is not empty afterwards.
    public func check(_ storage: any Storage) async throws {
        try await body(storage)
    }

    /// All rules.
    public static let all = puts + failingPuts + reads + listings
}

/// `count` bytes in which a piece that is missing, doubled or moved shows; another seed, other bytes.
func pattern(_ count: Int, seed: Int = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    bytes += patternPeriod.dropFirst(seed * 7 % patternPeriod.count).prefix(count)
    while bytes.count < count { bytes += patternPeriod.prefix(count - bytes.count) }
    return bytes
}

/// As many bytes as a prime number, so that no chunk size is a multiple of it.
private let patternPeriod: [UInt8] = (0..<65_521).map {
    UInt8(truncatingIfNeeded: (UInt64($0) &* 0x9E37_79B9_7F4A_7C15) >> 40)
}

/// Checks that `storage` holds `bytes` under `key`, by every way to see them.
func expectContent(
    _ bytes: [UInt8], at key: StorageKey, in storage: any Storage,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let size = Int64(bytes.count)
    #expect(try await storage.bytes(of: key) == bytes, "read \(key)", sourceLocation: sourceLocation)
    #expect(try await storage.stat(key).size == size, "stat \(key)", sourceLocation: sourceLocation)
    let page = try await storage.list(prefix: key.text, after: nil, limit: 1)
    #expect(page.objects.first?.key == key, "list \(key)", sourceLocation: sourceLocation)
    #expect(page.objects.first?.size == size, "list \(key)", sourceLocation: sourceLocation)
}

/// Checks that nothing is to be seen of `key`.
func expectNothing(
    at key: StorageKey, in storage: any Storage, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    await expectNotFound(key, sourceLocation) { _ = try await storage.stat(key) }
    await expectNotFound(key, sourceLocation) { _ = try await storage.read(key, range: nil) }
    let page = try await storage.list(prefix: key.text, after: nil, limit: 10)
    #expect(page.objects.isEmpty, "list \(key)", sourceLocation: sourceLocation)
}

private func expectNotFound(
    _ key: StorageKey, _ sourceLocation: SourceLocation, _ call: () async throws -> Void
) async {
    let error = await #expect(throws: StorageError.self, sourceLocation: sourceLocation) { try await call() }
    guard case .notFound(let failure) = error else {
        Issue.record("\(String(describing: error)) is not “not found”", sourceLocation: sourceLocation)
        return
    }
    #expect(failure.key == key.text, sourceLocation: sourceLocation)
}
