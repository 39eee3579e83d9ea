// The page of exportable datasets, which alone pages by index.
import ExportDomain

/// A page of exportable datasets.
public typealias DatasetsAnswer = WireObject<DatasetsAnswerShape>

/// The fields of a page of datasets.
public struct DatasetsAnswerShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "list of datasets"
    /// The one value of this type.
    public static let shape = Self()

    /// The datasets.
    public let items = Field<[DatasetEntity]>("items")
    /// Which part of the list this is.
    public let pageInfo = Field<PageInfo>("pageInfo")
}

/// Which part of a list a page is.
public typealias PageInfo = WireObject<PageInfoShape>

/// The fields of a position in a list.
public struct PageInfoShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "page"
    /// The one value of this type.
    public static let shape = Self()

    /// Index of the first item, from 0.
    public let start = Field<Int>("start")
    /// Index of the last item on the page.
    public let end = Field<Int>("end")
    /// How many items there are in all.
    public let total = Field<Int>("total")
    /// Whether another page follows.
    public let hasNext = Field<Bool>("hasNext")
}
