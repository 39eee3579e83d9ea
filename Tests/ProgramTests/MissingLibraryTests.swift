// Libraries that the program loads when it needs them, where they cannot be loaded.
import Foundation
import TestFiles
import TestServers
import Testing

@Suite("Without libcurl and libssh, sluice")
struct MissingLibraryTests {
    private let program: Sluice
    private let libraries: TemporaryFolder

    init() throws {
        program = try Sluice()
        libraries = try TemporaryFolder()
        for name in ["libcurl.so.4", "libssh.so.4"] { _ = try libraries.write(name, "no library\n") }
    }

    private func add(_ kind: String, _ fields: String...) throws -> Sluice.Outcome {
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        environment["LD_LIBRARY_PATH"] = libraries.path
        environment["KEY"] = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY"
        return try Sluice.run(
            try Sluice.path, ["destinations", "add", kind, "--name", "New"] + fields, environment: environment
        )
    }

    @Test("says which one a destination needs, and what to install")
    func destinations() throws {
        let s3 = try add(
            "s3", "s3AccessKey=AKIAIOSFODNN7EXAMPLE", "s3SecretKey=env:KEY", "bucketName=acme-exports",
            "path=nightly", "datasetFileType=JSON", "compression=GZIP", "region=eu-central-1")
        #expect(s3.status == 1)
        #expect(
            s3.errors.contains("libcurl cannot be loaded (") && s3.errors.contains("apt install libcurl4"))
        let server = try OpenSSHServer()
        let sftp = try add(
            "sftp", "--auth", "SFTP with Password", "domain=127.0.0.1", "port=\(server.port)", "username=me",
            "password=env:KEY", "remotePath=/out", "datasetFileType=JSON", "compression=GZIP")
        #expect(sftp.status == 1)
        #expect(sftp.errors.contains("libssh cannot be loaded (") && sftp.errors.contains("libssh-4"))
    }

    @Test("keeps destinations that need neither")
    func landingZone() throws {
        let added = try add("Data Landing Zone", "path=out", "datasetFileType=JSON", "compression=GZIP")
        #expect(added.status == 0, Comment(rawValue: added.errors))
    }
}
