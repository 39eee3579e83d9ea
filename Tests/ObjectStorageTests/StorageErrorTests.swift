// What each error of the system means, and how it is told.

import Foundation
import Languages
import Testing

@testable import ObjectStorage

@Suite struct StorageErrorTests {
    @Test(
        "Each of the system's errors becomes one kind, with a sentence that says what to do",
        arguments: [
            (
                EACCES,
                "Cannot write “a/b” to /lake: permission denied. Grant this user the right to read and write there, or choose another folder."
            ),
            (
                EPERM,
                "Cannot write “a/b” to /lake: permission denied. Grant this user the right to read and write there, or choose another folder."
            ),
            (
                EROFS,
                "Cannot write “a/b” to /lake: the file system is read-only. Mount it for writing, or choose another folder."
            ),
            (
                ENOSPC,
                "Cannot write “a/b” to /lake: no space is left, or the quota is used up. Free some space, or choose another location."
            ),
            (
                EDQUOT,
                "Cannot write “a/b” to /lake: no space is left, or the quota is used up. Free some space, or choose another location."
            ),
            (
                EFBIG,
                "Cannot write “a/b” to /lake: the object is larger than the storage or the process's file size limit allows. Raise the limit (ulimit -f), or choose another location."
            ),
            (
                ENAMETOOLONG,
                "Cannot write “a/b” to /lake: a name in it is too long. Shorten the folder path; a name may have at most 255 bytes."
            ),
            (
                ENOTDIR,
                "Cannot write “a/b” to /lake: part of the path is a file, where a folder has to be. Choose another folder path, or move that file away."
            ),
            (
                EISDIR,
                "Cannot write “a/b” to /lake: a folder has this name. Choose another name, or move that folder away."
            ),
            (
                ELOOP,
                "Cannot write “a/b” to /lake: part of the path is a symbolic link, and those are not followed. Choose the link's target as the location, or another folder path."
            ),
            (
                EEXIST,
                "Cannot write “a/b” to /lake: it exists already. Choose another name, or delete it first."
            ),
            (
                ENOENT,
                "Cannot write “a/b” to /lake: files or folders were moved or removed meanwhile. Try again."
            ),
            (EMFILE, "Cannot write “a/b” to /lake: Too many open files. Try again."),
            (EIO, "Cannot write “a/b” to /lake: Input/output error."),
        ])
    func systemErrors(code: Int32, sentence: String) {
        let error = FolderStorage(path: "/lake").storageError(SystemError(code: code), .put, "a/b")
        #expect("\(error)" == sentence)
        #expect(error.isRetryable == sentence.hasSuffix("Try again."))
    }

    @Test("A missing object and missing rights are kinds of their own")
    func kinds() {
        let storage = FolderStorage(path: "/lake")
        guard case .notFound = storage.storageError(SystemError(code: ENOENT), .read, "a") else {
            Issue.record("ENOENT")
            return
        }
        guard case .denied = storage.storageError(SystemError(code: EACCES), .list, "") else {
            Issue.record("EACCES")
            return
        }
    }

    @Test("Errors of a busy storage say when to try again")
    func throttled() {
        let failure = StorageFailure(
            action: .list, location: "s3://acme", key: "", reason: .other(Text("slow down")))
        #expect(
            "\(StorageError.throttled(failure, after: .seconds(30)))"
                == "Cannot list in s3://acme: too many requests. Try again in 30 seconds.")
        #expect(
            "\(StorageError.throttled(failure, after: nil))"
                == "Cannot list in s3://acme: too many requests. Try again later.")
    }

    @Test("Every action on an object names the object and the place")
    func actions() {
        let sentences = [StorageFailure.Action.put, .list, .read, .stat, .delete, .abort].map {
            "\(StorageError.permanent(StorageFailure(action: $0, location: "/lake", key: "a", reason: .noSuchLocation)))"
        }
        #expect(Set(sentences).count == 6)
        #expect(sentences.allSatisfy { $0.contains("“a”") && $0.contains("/lake") })
    }
}
