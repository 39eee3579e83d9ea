// Whose certificates are trusted.

/// The certificate authorities that may vouch for a server.
public struct CertificateTrust: Hashable, Sendable {
    /// A file of certificates in PEM; nil for the system's own.
    public var file: String?
    /// A folder of certificates, as `openssl rehash` leaves it; nil for the system's own.
    public var directory: String?

    /// Those that the system trusts.
    public static let system = CertificateTrust()

    /// Names the authorities; what is nil is the system's.
    public init(file: String? = nil, directory: String? = nil) {
        self.file = file
        self.directory = directory
    }

    /// Reads `SSL_CERT_FILE` and `SSL_CERT_DIR`, as OpenSSL does.
    ///
    /// - Parameters:
    ///   - environment: the variables.
    ///   - file: goes before `SSL_CERT_FILE`.
    public init(environment: [String: String], file: String? = nil) {
        let value = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        self.init(file: file ?? value("SSL_CERT_FILE"), directory: value("SSL_CERT_DIR"))
    }
}
