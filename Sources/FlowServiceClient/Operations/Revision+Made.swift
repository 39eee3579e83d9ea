// The history of what was just made, where the platform could not be asked for it.
import ExportDomain
import FoundationEssentials

extension Revision {
    /// Made now.
    static func made(_ etag: String) -> Revision {
        let now = Date()
        return Revision(createdAt: now, updatedAt: now, etag: etag)
    }
}
