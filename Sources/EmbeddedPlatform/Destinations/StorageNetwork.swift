// What storages share: one HTTP client, made with the first storage that needs it, and what the machine offers.
import ObjectStorage
import Synchronization
import Transfer

/// What storages reach their servers by.
final class StorageNetwork: Sendable {
    /// The folder that stands for the Data Landing Zone.
    let landingZone: String
    /// The home folder.
    let home: Home
    /// The variables of the environment.
    let environment: [String: String]
    /// How fast all storages may be together.
    let bandwidth: Bandwidth
    /// What requests say who sends them.
    let userAgent: String

    /// The file of the host keys that a person has confirmed here.
    var knownHosts: String { home.path + "/known_hosts" }

    private let client = Mutex<HTTPClient?>(nil)

    init(
        landingZone: String, home: Home, environment: [String: String], bandwidth: Bandwidth,
        userAgent: String
    ) {
        self.landingZone = landingZone
        self.home = home
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
