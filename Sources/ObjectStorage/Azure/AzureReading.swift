// Reading an object's bytes: a request for a range, and another from where the first was cut. Every one of them
// is for the object as it was at the first, so that a reader never gets a mixture.

import FoundationEssentials
import HTTPTypes
import Languages
import Transfer

/// An object that is being read. For one reader.
actor AzureReading {
    private let container: AzureContainer
    private let purpose: AzureContainer.Purpose
    private var request: AzureRequest
    private let rangeField: HTTPField.Name
    private var position: Int64
    private let end: Int64
    private var body: HTTPReplyBody
    private var cuts = 0

    private init(
        _ container: AzureContainer, _ purpose: AzureContainer.Purpose, _ request: AzureRequest,
        _ rangeField: HTTPField.Name, _ range: Range<Int64>, _ body: HTTPReplyBody
    ) {
        self.container = container
        self.purpose = purpose
        self.request = request
        self.rangeField = rangeField
        position = range.lowerBound
        end = range.upperBound
        self.body = body
    }

    /// The next bytes; nil at the end of the range.
    func next() async throws -> [UInt8]? {
        while position < end {
            try Task.checkCancellation()
            do {
                var chunks = body.makeAsyncIterator()
                if let chunk = try await chunks.next() {
                    position += Int64(chunk.count)
                    cuts = 0
                    return chunk
                }
                try Task.checkCancellation()
                // An answer without a length just ends where it is cut.
                throw TransferError(
                    host: container.endpoint.origin.authority, phase: .receive, kind: .interrupted,
                    reason: Text("the answer ended before the object did"), wasAnswered: true)
            } catch let error as TransferError {
                try await resume(after: error)
            }
        }
        return nil
    }

    private func resume(after error: TransferError) async throws {
        cuts += 1
        guard error.isRetryable, cuts < container.policy.attempts else {
            throw StorageError(
                error, action: purpose.action, location: container.location, key: purpose.key)
        }
        request.fields.setRange(position..<end, in: rangeField)
        let reply = try await container.send(request, for: purpose)
        guard reply.response.status == .partialContent else {
            throw StorageError.transient(container.failure(purpose, .changedMeanwhile))
        }
        body = reply.body
    }
}

extension AzureReading {
    /// Begins to read the object `key`; throws `StorageError.notFound` if there is none.
    ///
    /// - Parameter rangeField: the field that the service reads a range from.
    static func begin(
        _ key: StorageKey, range: Range<Int64>?, in container: AzureContainer, rangeField: HTTPField.Name
    ) async throws -> StoredBytes {
        let purpose = AzureContainer.Purpose(.read, key)
        var request = AzureRequest(method: .get, name: container.name(of: key.text))
        if range?.isEmpty == true {
            _ = try await container.stat(key, for: .read)
            return StoredBytes { nil }
        }
        if let range { request.fields.setRange(range, in: rangeField) }
        let reply: HTTPReply
        do {
            reply = try await container.send(request, for: purpose)
        } catch StorageError.permanent(let failure) where failure.answer?.hasPrefix("416") == true {
            // The object ends before the range begins; or it is a directory, which has no bytes at all.
            _ = try await container.stat(key, for: .read)
            return StoredBytes { nil }
        }
        try container.checkIsFile(reply.response, purpose)
        request.fields[.ifMatch] = reply.response.headerFields[.eTag]
        let start = reply.response.status == .partialContent ? range?.lowerBound ?? 0 : 0
        guard let length = reply.response.headerFields[.contentLength].flatMap({ Int64($0) }) else {
            throw StorageError.transient(
                container.failure(purpose, .other(Text("the answer does not say how long it is"))))
        }
        let reading = AzureReading(
            container, purpose, request, rangeField, start..<(start + length), reply.body)
        return StoredBytes { try await reading.next() }
    }
}

extension AzureContainer {
    /// Directories of a data lake answer like objects, but are none.
    func checkIsFile(_ response: HTTPResponse, _ purpose: Purpose) throws {
        let isFolder =
            response.headerFields[.azureResourceType] == "directory"
            || response.headerFields[.azureIsFolder] == "true"
        if isFolder { throw StorageError.notFound(failure(purpose, .noSuchObject)) }
    }

    /// An object as the fields of an answer describe it.
    func object(_ key: StorageKey, size: Int64?, _ response: HTTPResponse) throws -> StoredObject {
        let fields = response.headerFields
        let length = size ?? fields[.contentLength].flatMap { Int64($0) }
        let modified =
            fields[.lastModified].flatMap { HTTPDate.parse($0) }
            ?? fields[.date].flatMap { HTTPDate.parse($0) }
        guard let length, let modified else {
            throw StorageError.transient(
                failure(
                    Purpose(.stat, key),
                    .other(Text("the answer does not say how long the object is, or from when"))))
        }
        return StoredObject(key: key, size: length, modified: modified)
    }

    /// Size and time of an object, by a HEAD request.
    func stat(
        _ key: StorageKey, for action: StorageFailure.Action
    ) async throws -> (StoredObject, HTTPResponse) {
        let purpose = Purpose(action, key)
        let request = AzureRequest(method: .head, name: name(of: key.text))
        let response = try await perform(request, for: purpose)
        try checkIsFile(response, purpose)
        return (try object(key, size: nil, response), response)
    }
}
