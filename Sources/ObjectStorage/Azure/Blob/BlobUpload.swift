// Writing blobs: a small one by one request, a larger one in blocks that become the blob when their list is
// committed. Nothing is to be seen before.

import FoundationEssentials
import HTTPTypes
import Languages
import Transfer

extension AzureBlobStorage {
    /// Sends the body in blocks, at most four at a time, and commits them; one that fits into a single block
    /// is sent whole.
    ///
    /// Another put of the same blob that ends meanwhile makes the service forget these blocks: the put then
    /// throws `StorageError.transient` with the reason `.changedMeanwhile`. Blocks of a put that failed are
    /// not to be seen, and are dropped by the service after a week; `abortUnfinished` is earlier.
    @discardableResult
    public func put<Body: AsyncSequence<[UInt8], any Error> & Sendable>(
        _ body: Body, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        let plan = PartPlan.fitting(length: options.length, mostParts: BlobUpload.mostBlocks)
        var cutter = PartCutter(body, plan: plan, length: options.length)
        do {
            guard let first = try await cutter.next() else { throw CancellationError() }
            // A blob in blocks can be told from another with the same bytes: see `BlobUpload.commit`.
            if first.isLast && !options.ifAbsent { return try await putWhole(first.bytes, at: key) }
            let upload = BlobUpload(container: container, key: key)
            // A block has at least one byte.
            if first.bytes.isEmpty { return try await upload.commit([], size: 0, ifAbsent: true).object }
            let uploaded = try await cutter.uploadAll(from: first) { try await upload.send($0) }
            return try await upload.commit(
                uploaded.receipts, size: uploaded.size, ifAbsent: options.ifAbsent
            ).object
        } catch {
            throw container.uploadError(error, of: Body.self, at: key)
        }
    }

    private func putWhole(_ bytes: [UInt8], at key: StorageKey) async throws -> StoredObject {
        var request = AzureRequest(method: .put, name: container.name(of: key.text), body: bytes)
        request.fields[.azureBlobType] = "BlockBlob"
        request.addChecksum()
        let response = try await container.perform(request, for: AzureContainer.Purpose(.put, key))
        return try container.object(key, size: Int64(bytes.count), response)
    }
}

/// One put of a blob in blocks.
struct BlobUpload: Sendable {
    /// The most blocks that a blob may have (Azure Storage, *Scalability targets for Blob Storage*).
    static let mostBlocks = 50_000

    private let container: AzureContainer
    private let key: StorageKey
    private let blocks = BlockIDs()

    init(container: AzureContainer, key: StorageKey) {
        self.container = container
        self.key = key
    }

    /// Sends a block; returns its id.
    func send(_ part: BodyPart) async throws -> String {
        let id = blocks.id(of: part.number)
        var request = AzureRequest(
            method: .put, name: container.name(of: key.text), query: [("comp", "block"), ("blockid", id)],
            body: part.bytes)
        request.addChecksum()
        try await container.perform(request, for: AzureContainer.Purpose(.put, key))
        return id
    }

    /// Makes the blob of its blocks; returns it with its entity tag.
    ///
    /// When an answer is lost, the list is sent again: its blocks are then found among the committed ones. A
    /// put for an absent blob is refused the second time, and looks whether the blob is its own: no other
    /// put has blocks of these ids.
    func commit(
        _ ids: [String], size: Int64, ifAbsent: Bool
    ) async throws -> (object: StoredObject, tag: String?) {
        let purpose = AzureContainer.Purpose(.put, key)
        let list = ids.map { "<Latest>\($0)</Latest>" }.joined()
        var request = AzureRequest(
            method: .put, name: container.name(of: key.text), query: [("comp", "blocklist")],
            body: Array("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>\(list)</BlockList>".utf8))
        request.fields[.contentType] = "application/xml"
        if ifAbsent { request.fields[.ifNoneMatch] = "*" }
        request.addChecksum()
        do {
            let response = try await container.perform(request, for: purpose)
            return (try container.object(key, size: size, response), response.headerFields[.eTag])
        } catch let error as StorageError where error.failure.reason == .alreadyExists {
            let found = try? await container.blocks("committed", of: key, for: purpose)
            guard let found, !ids.isEmpty, found.ids == ids else { throw error }
            return (try await container.stat(key, for: .put).0, found.tag)
        }
    }
}

/// The ids of the blocks of one put: recognisable, all of one length, and no other put's.
struct BlockIDs: Sendable {
    private static let mark = "sluice."
    private let put = UUID().uuidString

    /// The id of a block, in base64 as it is sent.
    func id(of number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return Data("\(Self.mark)\(put).\(padded)".utf8).base64EncodedString()
    }

    /// Whether a block was sent by a put of ours.
    static func matches(_ id: String) -> Bool {
        Data(base64Encoded: id)?.starts(with: Data(mark.utf8)) ?? false
    }
}

extension AzureContainer {
    /// The ids of the blocks of a blob, `committed` or `uncommitted`, in their order, and the blob's entity tag.
    func blocks(
        _ kind: String, of key: StorageKey, for purpose: Purpose
    ) async throws -> (ids: [String], tag: String?) {
        let request = AzureRequest(
            method: .get, name: name(of: key.text),
            query: [("comp", "blocklist"), ("blocklisttype", kind)])
        let reply = try await send(request, for: purpose)
        return try await parsing(purpose) {
            var ids: [String] = []
            _ = try await XMLReader.root(of: reply.body, delivering: ["Block"]) { block in
                if let id = block.text("Name") { ids.append(id) }
            }
            return (ids, reply.response.headerFields[.eTag])
        }
    }

    /// Tells what is wrong with an answer in XML as an error of the storage.
    func parsing<Result>(_ purpose: Purpose, _ work: () async throws -> Result) async throws -> Result {
        try await translating(purpose) {
            do {
                return try await work()
            } catch let error as XMLError {
                throw StorageError.permanent(failure(purpose, .other(error.text)))
            }
        }
    }
}
