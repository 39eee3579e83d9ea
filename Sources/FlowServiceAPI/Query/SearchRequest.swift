// The bodies of searches (`POST /flows/search`, `/connections/search`).
import ExportDomain

/// A search, with the filters of a list in its body.
public typealias SearchRequest = WireObject<SearchShape>

/// The fields of a search.
public struct SearchShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "search"
    /// The one value of this type.
    public static let shape = Self()

    /// The filters, as a query writes them.
    public let queryString = Field<String>("queryString")
    /// At most so many items a page, up to 1000.
    public let limit = Field<Int>("limit")
    /// In which order.
    public let orderby = Field<String>("orderby")
    /// Whether only the number of the items is asked for.
    public let count = Field<Bool>("count")
    /// Which fields of dataflows are wanted.
    public let projectionFields = Field<String>("projectionFields")
}
