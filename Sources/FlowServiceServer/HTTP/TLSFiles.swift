// The certificate and the key of a server, from files in PEM.
import NIOSSL

extension FlowServiceServer.TLSFiles {
    /// Reads both.
    ///
    /// - Throws: `ServerError.certificateUnusable`.
    func configuration() throws(ServerError) -> TLSConfiguration {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
        } catch {
            throw .certificateUnusable(path: certificate, reason: "it has no certificate that can be read")
        }
        if chain.isEmpty { throw .certificateUnusable(path: certificate, reason: "it has no certificate") }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw .certificateUnusable(
                path: key, reason: "it has no private key that can be read, which must not have a passphrase")
        }
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        do {
            // Whether the two belong together is only seen here.
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .certificateUnusable(path: key, reason: "it is not the key of \(certificate)")
        }
        return configuration
    }
}
