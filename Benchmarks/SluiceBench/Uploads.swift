// Files into a storage, as many at the same time as an export may have: for uploads.py, which runs it beside
// the clients that people have.

import FoundationEssentials
import Glibc
import ObjectStorage
import Secrets
import SecureShell
import Transfer

/// `put s3 ENDPOINT BUCKET PREFIX SOURCE`, the keys from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or
/// `put sftp USER@HOST:PORT KEY KNOWN-HOSTS FOLDER SOURCE`.
func put(_ arguments: [String]) async throws {
    switch arguments.first {
    case "s3" where arguments.count == 5:
        try await putAll(arguments[4], into: try bucket(arguments[2], at: arguments[1]), below: arguments[3])
    case "sftp" where arguments.count == 6:
        let storage = try server(
            arguments[1], key: arguments[2], knownHosts: arguments[3], root: arguments[4])
        try await putAll(arguments[5], into: storage, below: "")
    default: usage()
    }
}

private func bucket(_ name: String, at endpoint: String) throws -> S3Storage {
    let environment = ProcessInfo.processInfo.environment
    let parts = endpoint.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true).map(String.init)
    guard parts.count == 2, let key = environment["AWS_ACCESS_KEY_ID"],
        let secret = environment["AWS_SECRET_ACCESS_KEY"],
        let origin = HTTPOrigin(
            scheme: String(parts[0].dropLast()), authority: String(parts[1].drop { $0 == "/" }))
    else { usage() }
    return S3Storage(
        S3Configuration(
            bucket: name, region: "us-east-1",
            credentials: .accessKey(AccessKey(id: key, secret: Secret(secret))), endpoint: origin),
        http: try HTTPClient(HTTPClient.Configuration(environment: environment)))
}

private func server(_ name: String, key: String, knownHosts: String, root: String) throws -> SFTPStorage {
    guard let at = name.lastIndex(of: "@"), let colon = name.lastIndex(of: ":"), at < colon,
        let port = Int(name[name.index(after: colon)...])
    else { usage() }
    let privateKey = try String(decoding: Data(contentsOf: URL(filePath: key)), as: UTF8.self)
    return SFTPStorage(
        SFTPConfiguration(
            server: SSHConfiguration(
                host: String(name[name.index(after: at)..<colon]), port: port, username: String(name[..<at]),
                authentication: .privateKey(Secret(privateKey), passphrase: nil),
                knownHosts: KnownHosts(ownFile: knownHosts, otherFiles: [])),
            // OpenSSH's sftp and rclone do not wait for the disk either.
            rootFolder: root, synchronizes: false))
}

private func putAll(_ source: String, into storage: any Storage, below prefix: String) async throws {
    let filesAtOnce = 16
    var isFolder = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
        throw BenchmarkError.failed("put \(source)")
    }
    let folder = isFolder ? source : String(source[..<(source.lastIndex(of: "/") ?? source.startIndex)])
    let names =
        isFolder
        ? try FileManager.default.contentsOfDirectory(atPath: source).sorted()
        : [String(source.dropFirst(folder.count + 1))]
    try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, name) in names.enumerated() {
            if index >= filesAtOnce { try await group.next() }
            group.addTask {
                let file = try FileBody(path: folder + "/" + name)
                let key = try StorageKey(prefix.isEmpty ? name : prefix + "/" + name)
                try await storage.put(file, at: key, options: PutOptions(length: file.length))
            }
        }
        try await group.waitForAll()
    }
}

/// The bytes of a file, a megabyte at a time.
private struct FileBody: AsyncSequence, Sendable {
    let file: Descriptor
    let length: Int64

    init(path: String) throws {
        file = try Descriptor(path: path)
        length = Int64(fileSize(path))
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(file: file) }

    struct AsyncIterator: AsyncIteratorProtocol {
        let file: Descriptor
        var offset: off_t = 0

        mutating func next() async throws -> [UInt8]? {
            let chunk = Array<UInt8>(unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                count = Swift.max(0, pread(file.number, buffer.baseAddress, buffer.count, offset))
            }
            offset += off_t(chunk.count)
            return chunk.isEmpty ? nil : chunk
        }
    }
}

/// A file that is open for as long as this lives.
private final class Descriptor: Sendable {
    let number: Int32

    init(path: String) throws {
        number = open(path, O_RDONLY)
        if number < 0 { throw BenchmarkError.failed("open \(path)") }
    }

    deinit { close(number) }
}
