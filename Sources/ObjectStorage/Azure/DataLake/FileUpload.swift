// Writing files of a data lake: create under a temporary name, append, flush, rename (Azure Storage, *Path -
// Create*, *Path - Update*). Nothing is to be seen under the final name before the rename.

import FoundationEssentials
import HTTPTypes
import Transfer

extension ADLSStorage {
    /// Writes the body to a temporary file, at most four pieces at a time, and renames it.
    @discardableResult
    public func put<Body: AsyncSequence<[UInt8], any Error> & Sendable>(
        _ body: Body, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject {
        try checkNames(of: key)
        var cutter = PartCutter(body, plan: FileUpload.plan, length: options.length)
        let upload = FileUpload(container: container, key: key)
        var isCreated = false
        do {
            // What a body fails with at once leaves no trace.
            guard let first = try await cutter.next() else { throw CancellationError() }
            isCreated = true
            try await upload.create()
            var size: Int64 = 0
            if !first.bytes.isEmpty {
                size = try await cutter.uploadAll(from: first) { try await upload.append($0) }.size
            }
            let tag = try await upload.flush(size)
            return try await upload.publish(size: size, tag: tag, ifAbsent: options.ifAbsent)
        } catch {
            if isCreated { await upload.discard() }
            throw container.uploadError(error, of: Body.self, at: key)
        }
    }

    private func checkNames(of key: StorageKey) throws {
        let purpose = AzureContainer.Purpose(.put, key)
        if key.components.contains(where: { $0.utf8.count > 255 }) {
            throw StorageError.permanent(container.failure(purpose, .nameTooLong))
        }
        if TemporaryName.matches(key.name) {
            throw StorageError.permanent(container.failure(purpose, .reservedName))
        }
    }
}

/// One put of a file.
struct FileUpload: Sendable {
    /// A piece may have 100 MB at most; their number is not limited.
    static let plan = PartPlan(
        tiers: [
            .init(count: 500, size: 8 << 20), .init(count: 500, size: 16 << 20),
            .init(count: 1, size: 64 << 20),
        ],
        mostParts: .max)

    private let container: AzureContainer
    private let key: StorageKey
    private let purpose: AzureContainer.Purpose
    private let name: String
    private let temporaryName: String

    init(container: AzureContainer, key: StorageKey) {
        self.container = container
        self.key = key
        purpose = AzureContainer.Purpose(.put, key)
        let name = container.name(of: key.text)
        let folder = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[...$0] } ?? ""
        self.name = name
        temporaryName = folder + TemporaryName.make(for: key.name)
    }

    /// Makes the temporary file, and the folders it is in.
    func create() async throws {
        try await container.perform(
            AzureRequest(method: .put, name: temporaryName, query: [("resource", "file")]), for: purpose)
    }

    /// Sends a piece; pieces may arrive in any order, and twice.
    func append(_ part: BodyPart) async throws {
        var request = AzureRequest(
            method: .patch, name: temporaryName,
            query: [("action", "append"), ("position", "\(part.offset)")],
            body: part.bytes)
        request.addChecksum()
        try await container.perform(request, for: purpose)
    }

    /// Makes the pieces, which have `size` bytes together, the content of the file; returns its entity tag.
    func flush(_ size: Int64) async throws -> String? {
        let request = AzureRequest(
            method: .patch, name: temporaryName,
            query: [("action", "flush"), ("position", "\(size)"), ("close", "true")])
        return try await container.perform(request, for: purpose).headerFields[.eTag]
    }

    /// Gives the file its name.
    ///
    /// When an answer is lost, the rename is sent again and finds no source, or a file that is there. A rename
    /// keeps the entity tag: so the file is known to be this put's.
    func publish(size: Int64, tag: String?, ifAbsent: Bool) async throws -> StoredObject {
        var request = AzureRequest(method: .put, name: name)
        request.fields[.azureRenameSource] = "/" + PercentEncoding.path("\(container.name)/\(temporaryName)")
        if ifAbsent { request.fields[.ifNoneMatch] = "*" }
        do {
            let response = try await container.perform(request, for: purpose)
            return try container.object(key, size: size, response)
        } catch let error as StorageError {
            switch error.failure.reason {
            case .noSuchObject, .alreadyExists, .notAFolder: break
            default: throw error
            }
            let head = try? await container.perform(AzureRequest(method: .head, name: name), for: purpose)
            guard let head else {
                throw StorageError.transient(container.failure(purpose, .changedMeanwhile))
            }
            if head.headerFields[.azureResourceType] == "directory" {
                throw StorageError.permanent(container.failure(purpose, .isAFolder))
            }
            if let tag, head.headerFields[.eTag] == tag { return try container.object(key, size: size, head) }
            if case .notFound = error {
                throw StorageError.transient(container.failure(purpose, .changedMeanwhile))
            }
            throw error
        }
    }

    /// Deletes the temporary file, also when the put was cancelled.
    ///
    /// What cannot be deleted now is left to `abortUnfinished`.
    func discard() async {
        let once = container.tryingOnce
        await endUpload { try await once.deleteFile(temporaryName, for: purpose) }
    }
}
