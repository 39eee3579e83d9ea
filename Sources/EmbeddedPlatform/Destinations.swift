// Which destinations the embedded platform can export to today. The catalogue widens here and nowhere else.
import ExportDomain

enum Destinations {
    /// The Data Landing Zone, which the platform provides itself: a folder.
    static let landingZone: Identifier<ConnectionSpec> = "10440537-2a7b-4583-ac39-ed38d4b848e8"

    private static let usable: Set<Identifier<ConnectionSpec>> = [landingZone]

    /// The connection specs of the destinations that can be used.
    static func specs() throws(FlowServiceError) -> [ConnectionSpec] {
        do {
            return try ConnectionSpecCatalog.embedded().destinations
                .filter { usable.contains($0.id) }
        } catch {
            throw .unavailable(doing: "read the destinations", reason: "\(error)")
        }
    }
}
