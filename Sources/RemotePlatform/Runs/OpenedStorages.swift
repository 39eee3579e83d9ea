// Storages that were made, so that their connections are used again.
import DestinationStorages
import ExportDomain
import ObjectStorage

/// The storages of destinations; each is made anew when its answers have changed.
actor OpenedStorages {
    private var opened:
        [Identifier<TargetConnection>: (settings: DestinationSettings, storage: any Storage)] = [:]

    /// The storage that answers describe.
    func storage(
        _ settings: DestinationSettings, for id: Identifier<TargetConnection>,
        make: @Sendable (DestinationSettings) throws -> any Storage
    ) throws -> any Storage {
        if let (known, storage) = opened[id], known == settings { return storage }
        let storage = try make(settings)
        opened[id] = (settings, storage)
        return storage
    }
}
