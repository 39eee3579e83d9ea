// What a platform says of its Data Landing Zone
// (`GET /data/foundation/connectors/landingzone?type=dlz_destination`).
import ExportDomain

/// A description of the landing zone.
public typealias LandingZoneDescription = WireObject<LandingZoneDescriptionShape>

/// The fields of a description.
public struct LandingZoneDescriptionShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "description of the landing zone"
    /// The one value of this type.
    public static let shape = Self()

    /// The container, of a landing zone in Azure.
    public let containerName = Field<String>("containerName")
    /// After how many days files are deleted, of a landing zone in Azure.
    public let containerTTL = Field<Int>("containerTTL")
    /// After what time files are deleted, of a landing zone in AWS.
    public let dataTTL = Field<JSONObject>("dataTTL")
}

extension LandingZoneDescription {
    /// After so many days files are deleted, where nothing else is said.
    public static var usualDays: Int { 7 }

    /// After how many days files are deleted; nil where the description does not say.
    ///
    /// - Throws: `WireError` for what is no number.
    public var days: Int? {
        get throws(WireError) {
            if let days = try self.containerTTL { return days }
            return try self.dataTTL?.value(["timeQuantity"], as: Int.self)
        }
    }
}
