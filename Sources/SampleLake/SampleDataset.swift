// What the sample lake holds.

/// A dataset of the sample lake.
public struct SampleDataset: Sendable {
    /// Its name, as shown to people.
    public let name: String
    /// What it holds, in a sentence.
    public let description: String
    /// Its records, at a scale of 1.
    public let rows: Int
    /// Its part files, at a scale of 1.
    public let parts: Int

    let rowWriter: @Sendable (Part) -> any RowWriter
}

/// A part file that is to be written.
struct Part: Sendable {
    /// The people and products that all datasets speak of.
    let world: World
    /// Randomness of this part's own, so that parts can be written in any order.
    let random: SeededGenerator
    /// The number of the part's first row in the dataset.
    let firstRow: Int
}

/// Writes the rows of a part, one after the other.
protocol RowWriter {
    mutating func writeRow(to row: inout RowBuffer)
}

extension SampleLake {
    /// The datasets that can be made; about 200,000 records together.
    public static let datasets = [
        SampleDataset(
            name: "Web events", description: "Visits to a shop: page views, searches, carts and purchases.",
            rows: 120_000, parts: 8, rowWriter: { WebEvents(part: $0) }),
        SampleDataset(
            name: "Profiles", description: "Customers with address, identities, consents and audiences.",
            rows: 30_000, parts: 4, rowWriter: { Profiles(part: $0) }),
        SampleDataset(
            name: "Order history", description: "Orders with their items, payments and shipping.",
            rows: 40_000, parts: 4, rowWriter: { Orders(part: $0) }),
        SampleDataset(
            name: "Loyalty members", description: "Members of the loyalty programme: tier, points, history.",
            rows: 10_000, parts: 2, rowWriter: { LoyaltyMembers(part: $0) }),
        SampleDataset(
            name: "Product lookup 商品マスタ", description: "The products, named in five languages, with emoji.",
            rows: World.productCount, parts: 1, rowWriter: { Products(part: $0) }),
    ]
}
