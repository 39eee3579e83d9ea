// What storages share: one HTTP client, made with the first storage that needs it, and what the machine offers.
import ObjectStorage
import Synchronization
import Transfer

/// What storages reach their servers by.
public final class StorageNetwork: Sendable {
    /// The folder that stands for the Data Landing Zone; nil where the landing zone is not on this machine.
    let landingZone: String?
    /// The file of the host keys that a person has confirmed here.
    let knownHosts: String
    /// The variables of the environment.
    public let environment: [String: String]
    /// How fast all storages may be together.
    let bandwidth: Bandwidth
    /// What requests say who sends them.
    let userAgent: String

    private let client = Mutex<HTTPClient?>(nil)

    /// Says what the machine offers; nothing is connected yet.
    /// - Parameters:
    ///   - landingZone: the folder that stands for the Data Landing Zone; nil where that is not on this machine.
    ///   - knownHosts: the file of the host keys that a person has confirmed here.
    ///   - environment: the variables that say how the network is reached, and what keys there are.
    ///   - bandwidth: how fast all storages may be together.
    ///   - userAgent: what requests say who sends them: product and version (RFC 9110, section 10.1.5).
    public init(
        landingZone: String?, knownHosts: String, environment: [String: String], bandwidth: Bandwidth,
        userAgent: String
    ) {
        self.landingZone = landingZone
        self.knownHosts = knownHosts
        self.environment = environment
        self.bandwidth = bandwidth
        self.userAgent = userAgent
    }

    /// The client of all storages, so that connections are shared and limits hold for all of them.
    func httpClient() throws -> HTTPClient {
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
