// Certificates for servers of tests, made by openssl.

import Foundation
import TestFiles

/// A certificate authority, and a certificate of `localhost` and `127.0.0.1` that it signed.
public final class TestCertificates: Sendable {
    private let folder: TemporaryFolder

    /// Makes them anew; nobody else trusts them.
    ///
    /// - Parameter names: more names that the server's certificate is for.
    public init(names: [String] = []) throws {
        folder = try TemporaryFolder()
        let authority = folder.file("authority")
        let server = folder.file("server")
        try openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-keyout", authority + ".key", "-out", authority + ".pem", "-subj", "/CN=Test authority",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
        try openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            server + ".key",
            "-out", server + ".csr", "-subj", "/CN=localhost")
        let all = ["DNS:localhost", "IP:127.0.0.1"] + names.map { "DNS:\($0)" }
        try folder.write("subjectAltName=\(all.joined(separator: ","))\n", to: "extensions")
        try openssl(
            "x509", "-req", "-in", server + ".csr", "-CA", authority + ".pem", "-CAkey", authority + ".key",
            "-CAcreateserial", "-days", "2", "-out", server + ".pem", "-extfile", folder.file("extensions"))
    }

    /// The authority's certificate, in PEM.
    public var authority: String { folder.file("authority.pem") }
    /// The server's certificate, in PEM.
    public var certificate: String { folder.file("server.pem") }
    /// The server's key, in PEM.
    public var key: String { folder.file("server.key") }

    private func openssl(_ arguments: String...) throws {
        let program = try Program.run("openssl", arguments)
        guard program.status == 0 else { throw ServerProcess.NotStarted(description: program.errors) }
    }
}
