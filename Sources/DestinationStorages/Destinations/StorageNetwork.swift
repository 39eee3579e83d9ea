// What storages share: one HTTP client, made with the first storage that needs it, and what the machine offers.
import FoundationEssentials
import Languages
import ObjectStorage
import Synchronization
import Transfer

/// What storages reach their servers by.
public final class StorageNetwork: Sendable {
    /// What stands for the Data Landing Zone; nil where the landing zone is not on this machine.
    let landingZone: (any Storage)?
    /// The file of the host keys that a person has confirmed here; nil for that of OpenSSH.
    let knownHosts: String?
    /// The variables of the environment.
    public let environment: [String: String]
    /// How fast all storages may be together.
    let bandwidth: Bandwidth
    /// What requests say who sends them.
    let userAgent: String

    private let client = Mutex<HTTPClient?>(nil)

    /// Says what the machine offers; nothing is connected yet.
    /// - Parameters:
    ///   - landingZone: what stands for the Data Landing Zone; nil where that is not on this machine.
    ///   - knownHosts: the file of the host keys that a person has confirmed here; nil for that of OpenSSH.
    ///   - environment: the variables that say how the network is reached, and what keys there are.
    ///   - bandwidth: how fast all storages may be together.
    ///   - userAgent: what requests say who sends them: product and version (RFC 9110, section 10.1.5).
    public init(
        landingZone: (any Storage)?, knownHosts: String?, environment: [String: String],
        bandwidth: Bandwidth, userAgent: String
    ) {
        self.landingZone = landingZone
        self.knownHosts = knownHosts
        self.environment = environment
        self.bandwidth = bandwidth
        self.userAgent = userAgent
    }

    /// The client of all storages, so that connections are shared and limits hold for all of them.
    ///
    /// - Throws: `TransferError` where the environment's settings cannot be used.
    public func httpClient() throws -> HTTPClient {
        try client.withLock { client in
            if let client { return client }
            var configuration = HTTPClient.Configuration(environment: environment)
            configuration.bandwidth = bandwidth
            configuration.userAgent = userAgent
            let made = try HTTPClient(configuration)
            client = made
            return made
        }
    }
}

extension StorageNetwork {
    /// The server that stands for Amazon S3 where nobody else names one, by the variables that Amazon's own programs
    /// read; nil where there are none.
    /// - Throws: `DestinationError` for a variable that is no URL.
    public func endpointOfAWS() throws -> HTTPOrigin? {
        guard
            let variable = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"].first(where: {
                environment.given($0) != nil
            }),
            let url = environment.given(variable)
        else { return nil }
        guard let origin = HTTPOrigin(endpoint: url) else {
            throw DestinationError(
                field: nil, reason: Text("\(variable) is “\(url)”, which is no URL of a server."))
        }
        return origin
    }
}

extension HTTPOrigin {
    /// Reads the URL of a server like `https://minio.example.com:9000`; nil where it is none.
    init?(endpoint text: String) {
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty,
            let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http"
        else { return nil }
        self.init(scheme: scheme, host: host, port: url.port)
    }
}
