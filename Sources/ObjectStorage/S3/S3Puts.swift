// Putting: a small body in one request, a longer one by a multipart upload, all or nothing.

import FoundationEssentials
import HTTPTypes
import Transfer

extension S3Storage {
    /// Puts a body that fits into one request.
    func putWhole(_ payload: S3Payload, at key: StorageKey, ifAbsent: Bool) async throws -> StoredObject {
        let configuration = client.configuration
        var request = S3Request(method: .put, key: key.text, payload: payload)
        request.fields = [("content-type", "application/octet-stream")] + configuration.encryption.fields
        request.fields.append(configuration.dialect.checksum.field(of: payload))
        if ifAbsent { request.fields.append(configuration.dialect.ifAbsent) }
        let size = Int64(payload.bytes.count)
        do {
            let reply = try await client.send(request, retrying: client.retryingPuts)
            await reply.body.discard()
            return StoredObject(key: key, size: size, modified: reply.response.date ?? client.now)
        } catch let answer as S3ErrorAnswer where answer.status == 412 && answer.wasRepeated {
            // The first attempt may have succeeded, and only its answer been lost.
            let found = try await client.look(at: key, retrying: client.retryingPuts)
            guard found.holds(payload) else { throw answer }
            return StoredObject(key: key, size: size, modified: found.modified)
        }
    }

    /// Puts a body by a multipart upload, which is ended when it fails, unless it is to be continued.
    func putParts<Body: AsyncSequence>(
        from first: BodyPart, of cutter: inout PartCutter<Body>, at key: StorageKey, options: PutOptions
    ) async throws -> StoredObject where Body.Element == [UInt8] {
        let left = options.continuesUnfinished ? try await client.leftUploads(of: key) : []
        let upload: S3LeftUpload
        if let found = try await client.upload(among: left, beginningWith: first) {
            upload = found
        } else {
            upload = S3LeftUpload(try await client.beginUpload(of: key))
        }
        do {
            let parts = try await cutter.uploadAll(from: first) { [client] part in
                try await client.see(to: part, of: upload)
            }
            try Task.checkCancellation()
            let object = try await finish(upload.upload, parts, at: key, ifAbsent: options.ifAbsent)
            await end(left.filter { $0 != upload.upload })
            return object
        } catch {
            if !(options.continuesUnfinished && mayContinue(after: error)) { await end([upload.upload]) }
            throw upload.isContinued ? asRetryable(error, at: key) : error
        }
    }

    /// An upload that was begun in another way than it is completed may be refused for that.
    ///
    /// It has been ended, so that the next put begins anew.
    private func asRetryable(_ error: any Error, at key: StorageKey) -> any Error {
        guard let answer = error as? S3ErrorAnswer, answer.status == 400,
            case StorageError.permanent(let failure) = translated(answer, .put, key.text)
        else { return error }
        return StorageError.transient(failure)
    }

    /// Ends uploads, as far as the store can be told.
    private func end(_ uploads: [S3Upload]) async {
        await endUpload { [client] in
            for upload in uploads { _ = try? await client.abort(upload, retrying: .ending) }
        }
    }

    /// Whether another put of the same may succeed.
    private func mayContinue(after error: any Error) -> Bool {
        if Task.isCancelled || error is CancellationError { return true }
        return (translated(error, .put, nil) as? StorageError)?.isRetryable ?? false
    }

    private func finish(
        _ upload: S3Upload, _ parts: UploadedParts<S3Upload.Part>, at key: StorageKey, ifAbsent: Bool
    ) async throws -> StoredObject {
        let dialect = client.configuration.dialect
        if ifAbsent && !dialect.completesIfAbsent { try await refuseIfPresent(key) }
        do {
            let condition = ifAbsent && dialect.completesIfAbsent ? dialect.ifAbsent : nil
            let date = try await client.complete(upload, parts.receipts, condition: condition)
            return StoredObject(key: key, size: parts.size, modified: date)
        } catch {
            guard Self.leavesDoubt(error),
                let found = try? await client.look(at: key, retrying: client.retryingPuts),
                found.modified >= upload.begun,
                found.holds(parts.receipts, size: parts.size)
            else { throw error }
            return StoredObject(key: key, size: parts.size, modified: found.modified)
        }
    }

    /// Whether an upload may have been completed though this was the answer: when an attempt succeeded, and
    /// only its answer was lost, the next one finds no such upload, or an object that is there already.
    private static func leavesDoubt(_ error: any Error) -> Bool {
        switch error {
        case let answer as S3ErrorAnswer:
            answer.code == "NoSuchUpload" || answer.status == 404
                || answer.status == 412 || answer.status >= 500
        case is TransferError: true
        default: false
        }
    }

    private func refuseIfPresent(_ key: StorageKey) async throws {
        do {
            _ = try await client.look(at: key, retrying: client.retryingPuts)
        } catch let answer as S3ErrorAnswer where answer.status == 404 {
            return
        }
        throw permanent(.put, key, .alreadyExists)
    }
}

extension RetryPolicy {
    /// What an upload is ended with when it has failed: whoever waits for the failure waits for this too.
    fileprivate static let ending = RetryPolicy(
        attempts: 3, longestDelay: .seconds(1), timeLimit: .seconds(5))
}

extension S3Configuration.Encryption {
    /// The fields that ask for it.
    var fields: [(name: String, value: String)] {
        switch self {
        case .bucketDefault: []
        case .aes256: [("x-amz-server-side-encryption", "AES256")]
        case .kms(let keyID):
            [("x-amz-server-side-encryption", "aws:kms")]
                + (keyID.map { [("x-amz-server-side-encryption-aws-kms-key-id", $0)] } ?? [])
        }
    }
}

extension S3Dialect.Checksum {
    /// The field by which the store checks what arrives.
    func field(of payload: S3Payload) -> (name: String, value: String) {
        switch self {
        case .sha256: ("x-amz-checksum-sha256", payload.checksum)
        case .md5: ("content-md5", payload.md5)
        }
    }
}
