// The Data Landing Zone of a distant platform: opened with the credentials that the platform hands out, and with others
// when they run out.
import DestinationStorages
import ExportDomain
import FlowServiceAPI
import FlowServiceClient
import FoundationEssentials
import Languages
import ObjectStorage
import Secrets
import Transfer

/// The way to the landing zone.
actor LandingZoneAccess {
    private let service: RemoteFlowService
    /// By the account that has a landing zone of its own; under nil the one of the sandbox.
    private var storages: [Identifier<BaseConnection>?: any Storage] = [:]
    private var knownDays: Int?

    init(service: RemoteFlowService) { self.service = service }

    /// The landing zone as a storage.
    /// - Parameter owner: the account that has a landing zone of its own; nil for that of the sandbox.
    func storage(
        of owner: Identifier<BaseConnection>?, over network: StorageNetwork
    ) async throws -> any Storage {
        if let storage = storages[owner] { return storage }
        let credentials = HandedOutCredentials(
            try await service.landingZoneCredentials(of: owner), of: owner, service: service)
        let storage: any Storage =
            switch await credentials.present {
            case .azure(let zone):
                try AzureBlobStorage(
                    containerURL: zone.uri, refresh: { try await credentials.nextURL() },
                    client: try network.httpClient())
            case .aws(let zone):
                SubfolderStorage(
                    zone.folder,
                    of: S3Storage(
                        S3Configuration(
                            bucket: zone.bucketName, region: "",
                            credentials: .temporaryKeys(
                                zone.keys, renew: { try await credentials.nextKeys() }),
                            endpoint: try network.endpointOfAWS(), folder: zone.folder),
                        http: try network.httpClient()))
            }
        storages[owner] = storage
        return storage
    }

    /// After how many days files are deleted: as many as the platform says, else the seven of Adobe's documentation.
    func days() async -> Int {
        if let knownDays { return knownDays }
        let days = (try? await service.landingZoneDays()) ?? LandingZoneDescription.usualDays
        knownDays = days
        return days
    }
}

/// Credentials of a landing zone, as the platform has handed them out last.
private actor HandedOutCredentials {
    private(set) var present: LandingZoneCredentials
    private let owner: Identifier<BaseConnection>?
    private let service: RemoteFlowService

    init(
        _ present: LandingZoneCredentials, of owner: Identifier<BaseConnection>?, service: RemoteFlowService
    ) {
        self.present = present
        self.owner = owner
        self.service = service
    }

    /// The container's URL with another signature, the present one having run out or been refused.
    func nextURL() async throws -> Secret {
        try await renew()
        guard case .azure(let zone) = present else { throw LandingZoneMoved() }
        return zone.uri
    }

    /// Other keys, the present ones having run out or been refused.
    func nextKeys() async throws -> TemporaryKeys {
        try await renew()
        guard case .aws(let zone) = present else { throw LandingZoneMoved() }
        return zone.keys
    }

    /// Takes those that somebody else has renewed meanwhile, else has them renewed.
    private func renew() async throws {
        let current = try await service.landingZoneCredentials(of: owner)
        present =
            current != present
            ? current : try await service.landingZoneCredentials(of: owner, renewing: true)
    }
}

/// The landing zone was in one cloud and is in another.
private struct LandingZoneMoved: Error, Localized {
    let text = Text("The landing zone has moved to another cloud: start the program again.")
}

extension AWSLandingZone {
    /// The keys, and for how long they hold.
    fileprivate var keys: TemporaryKeys {
        TemporaryKeys(
            accessKey: AccessKey(id: accessKeyID, secret: secretAccessKey, sessionToken: sessionToken),
            expires: expiry)
    }
}
