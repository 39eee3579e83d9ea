// A storage that is a bucket of Amazon S3, of Google Cloud Storage, or of a compatible store. This file says
// which requests each method makes; how they are signed, sent and judged is beside it.

import FoundationEssentials
import HTTPTypes
import Transfer

/// A storage whose objects are those of a bucket.
///
/// Requests are repeated where that is safe and may help, as often as the policy says: an error that comes
/// out of a method has outlived that.
public struct S3Storage: Storage {
    let client: S3Client

    /// The storage in a bucket.
    ///
    /// - Parameters:
    ///   - configuration: which bucket, and how it is reached.
    ///   - http: sends the requests; one client may serve many storages.
    ///   - retrying: how often, and for how long, a request is tried; its patience is only for those of puts, whose
    ///     failure costs all that was sent before.
    ///   - clock: tells the time that requests are signed with.
    public init(
        _ configuration: S3Configuration, http: HTTPClient, retrying: RetryPolicy = .standard,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        client = S3Client(configuration, http: http, retrying: retrying, clock: clock)
    }

    private var dialect: S3Dialect { client.configuration.dialect }

    /// The bucket, as in `s3://bucket`.
    public var location: String { "\(dialect.scheme)://\(client.configuration.bucket)" }

    /// The region that the bucket was found to lie in, if it is another than the configured one.
    ///
    /// Requests go there by themselves; a person may want to set it right.
    public var discoveredRegion: String? { client.discoveredRegion }

    /// What a bucket can do.
    public var capabilities: StorageCapabilities {
        StorageCapabilities(
            replacesAtomically: true, putsIfAbsentAtomically: dialect.completesIfAbsent,
            continuesUnfinished: true, maximumKeyBytes: StorageKey.maximumBytes, maximumObjectBytes: 5 << 40)
    }

    /// Puts a body of up to 8 MB in one request, a longer one in parts, of which several are sent at once.
    @discardableResult
    public func put(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        try await translating(.put, key.text) {
            let plan = PartPlan.fitting(length: options.length, mostParts: S3Upload.mostParts)
            var cutter = PartCutter(body, plan: plan, length: options.length)
            do {
                guard let first = try await cutter.next() else { throw CancellationError() }
                return first.isLast
                    ? try await putWhole(S3Payload(first.bytes), at: key, ifAbsent: options.ifAbsent)
                    : try await putParts(from: first, of: &cutter, at: key, options: options)
            } catch let error as BodyFault.WrongLength {
                throw permanent(.put, key, .wrongLength(expected: error.expected, found: error.found))
            } catch is BodyFault.TooLong {
                throw permanent(.put, key, .tooLarge)
            }
        }
    }

    /// The bytes of the object in `range`; where the connection breaks, the rest is asked for, as long as the
    /// object is still the same.
    public func read(_ key: StorageKey, range: Range<Int64>?) async throws -> StoredBytes {
        if let range, range.isEmpty {
            _ = try await stat(key)
            return StoredBytes { nil }
        }
        let reading = S3Reading(storage: self, key: key, range: range ?? 0..<Int64.max)
        try await translating(.read, key.text) { try await reading.open() }
        return StoredBytes { try await translating(.read, key.text) { try await reading.next() } }
    }

    /// Size and time of the object.
    public func stat(_ key: StorageKey) async throws -> StoredObject {
        try await translating(.stat, key.text) {
            let found = try await client.look(at: key)
            return StoredObject(key: key, size: found.size, modified: found.modified)
        }
    }

    /// Removes the object.
    public func delete(_ key: StorageKey) async throws {
        try await translating(.delete, key.text) {
            do {
                try await client.send(S3Request(method: .delete, key: key.text)).body.discard()
            } catch let answer as S3ErrorAnswer where answer.status == 404 && answer.code != "NoSuchBucket" {
                // It may have been deleted before.
            }
        }
    }

    /// Takes one step towards the bucket.
    ///
    /// To see whether the keys are accepted, one name below the folder is listed: that needs no right on the
    /// whole bucket. A refusal of just that, or a bucket that is not there, still proves the keys: a service
    /// looks at the signature first.
    public func reach(_ step: ReachStep) async throws {
        try await translating(.reach, nil) {
            switch step {
            case .resolve: try await client.resolve()
            case .connect: try await client.connect(securing: false)
            case .identify: try await client.connect(securing: true)
            case .authenticate:
                let folder = client.configuration.folder
                do {
                    _ = try await client.list(prefix: folder.isEmpty ? "" : folder + "/", limit: 1)
                } catch let answer as S3ErrorAnswer
                    where answer.right?.hasPrefix("sts:") != true
                    && ["AccessDenied", "NoSuchBucket"].contains(answer.code)
                {}
            }
        }
    }

    /// An error that no answer tells.
    func permanent(
        _ action: StorageFailure.Action, _ key: StorageKey, _ reason: StorageFailure.Reason
    ) -> StorageError {
        .permanent(StorageFailure(action: action, location: location, key: key.text, reason: reason))
    }

    /// Does `work`, with the errors of requests told as the storage's.
    func translating<Result>(
        _ action: StorageFailure.Action, _ key: String?, _ work: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await work()
        } catch {
            throw translated(error, action, key)
        }
    }

    /// The storage's error for that of a request.
    func translated(_ error: any Error, _ action: StorageFailure.Action, _ key: String?) -> any Error {
        let attempt = S3Attempt(
            action: action, key: key, location: location,
            configuredRegion: client.configuration.region, accessKeyID: client.accessKeyID,
            rights: dialect.rights)
        return attempt.error(for: error)
    }
}
