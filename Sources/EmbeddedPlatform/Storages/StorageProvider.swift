// From a destination in the database to the storage that it stands for, made when it is first needed and again
// when it or its account has changed.
import DestinationStorages
import ExportDomain
import GRDB
import Languages
import ObjectStorage
import Synchronization

/// The storage of a destination, and how it is best used.
struct TargetStorage: Sendable {
    let storage: any Storage
    /// So many files are written to it at the same time.
    let filesInFlight: Int
}

/// Gives each destination its storage.
struct StorageProvider: Sendable {
    let store: Store
    let vault: Vault
    let makeStorage: StorageMaking

    private let made = MadeStorages()

    init(
        store: Store, vault: Vault, makeStorage: @escaping StorageMaking
    ) {
        self.store = store
        self.vault = vault
        self.makeStorage = makeStorage
    }

    /// The storage of a destination.
    /// - Throws: `FlowServiceError.notFound`, `VaultError`, `DestinationError`, `PlatformError`.
    func storage(of id: Identifier<TargetConnection>) async throws -> TargetStorage {
        let (target, account) = try await store.read(Text("look up the destination")) { db in
            let target = try EmbeddedPlatform.target(id, db)
            return (target, try EmbeddedPlatform.account(target.baseConnectionID, db))
        }
        let revision = target.etag + account.etag
        if let storage = made.storage(of: id, revision: revision) { return storage }
        let destination = try Destinations.destination(target.connectionSpecID)
        let settings = DestinationSettings(
            account: KnownAccount(
                name: account.name, credentials: try await credentials(of: account)),
            parameters: try target.entity().draft.parameters)
        let storage = TargetStorage(
            storage: try await makeStorage(destination, settings),
            filesInFlight: destination.filesInFlight(settings))
        made.keep(storage, of: id, revision: revision)
        return storage
    }

    /// The credentials of an account, with their secrets.
    func credentials(of account: StoredBaseConnection) async throws -> AccountCredentials {
        AccountCredentials(
            specName: account.authSpec, parameters: try JSONValue.object(from: account.parameters),
            secrets: try await vault.secrets(of: account.id, named: account.name))
    }
}

/// The storages that were made.
private final class MadeStorages: Sendable {
    private let storages = Mutex<[Identifier<TargetConnection>: (revision: String, storage: TargetStorage)]>(
        [:]
    )

    func storage(of id: Identifier<TargetConnection>, revision: String) -> TargetStorage? {
        storages.withLock { storages in
            storages[id].flatMap { $0.revision == revision ? $0.storage : nil }
        }
    }

    func keep(_ storage: TargetStorage, of id: Identifier<TargetConnection>, revision: String) {
        storages.withLock { $0[id] = (revision, storage) }
    }
}
