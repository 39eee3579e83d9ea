// What the system's error numbers mean for a storage.

import Glibc
import Languages

extension FolderStorage {
    func failure(
        _ action: StorageFailure.Action, _ key: String?, _ reason: StorageFailure.Reason
    ) -> StorageFailure {
        StorageFailure(action: action, location: location, key: key, reason: reason)
    }

    /// The system's `error` while `action` was done on `key`.
    func storageError(_ error: SystemError, _ action: StorageFailure.Action, _ key: String?) -> StorageError {
        func failure(_ reason: StorageFailure.Reason) -> StorageFailure {
            self.failure(action, key, reason)
        }
        let words = StorageFailure.Reason.other(.verbatim(String(cString: strerror(error.code))))
        return switch error.code {
        case ENOENT where action == .put: .transient(failure(.changedMeanwhile))
        case ENOENT: .notFound(failure(.noSuchObject))
        case EACCES, EPERM: .denied(failure(.noPermission))
        case EROFS: .permanent(failure(.readOnly))
        case ENOSPC, EDQUOT: .permanent(failure(.noSpace))
        case EFBIG: .permanent(failure(.tooLarge))
        case ENAMETOOLONG: .permanent(failure(.nameTooLong))
        case ENOTDIR: .permanent(failure(.notAFolder))
        case EISDIR: .permanent(failure(.isAFolder))
        case ELOOP: .permanent(failure(.symbolicLink))
        case EEXIST: .permanent(failure(.alreadyExists))
        case EAGAIN, EMFILE, ENFILE, ENOMEM, ENOBUFS, ESTALE, ETIMEDOUT: .transient(failure(words))
        default: .permanent(failure(words))
        }
    }

    /// Does `work`, with the system's errors told as the storage's.
    func translating<Result>(
        _ action: StorageFailure.Action, _ key: String?, _ work: () throws -> Result
    ) throws -> Result {
        do {
            return try work()
        } catch let error as SystemError {
            throw storageError(error, action, key)
        }
    }

    /// As `translating`, for what waits for the disk.
    func translating<Result>(
        _ action: StorageFailure.Action, _ key: String?, _ work: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await work()
        } catch let error as SystemError {
            throw storageError(error, action, key)
        }
    }
}
