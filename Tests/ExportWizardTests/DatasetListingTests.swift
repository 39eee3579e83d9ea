// The datasets of a platform, kept in little memory.
import ExportDomain
import FoundationEssentials
import FuzzySearch
import Languages
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Listed datasets")
struct DatasetListingTests {
    private static func dataset(_ number: Int) -> Dataset {
        Dataset(
            id: Identifier(rawValue: "id \(number)"), name: number % 3 == 0 ? "" : "東京 \(number) 👩‍👩‍👧\u{0}",
            description: String(repeating: "x", count: number % 50), format: number % 2 == 0 ? nil : "json",
            records: number % 5 == 0 ? nil : number, bytes: number % 7 == 0 ? nil : number,
            lastBatchAt: number % 11 == 0 ? nil : Date(timeIntervalSince1970: Double(number)))
    }

    @Test("are those that came, in whatever pages they came", arguments: [100, 1_023, 1_024, 1_025, 5_000])
    func pages(size: Int) {
        let all = (0..<5_000).map(Self.dataset)
        var listing = DatasetListing()
        for start in stride(from: 0, to: all.count, by: size) {
            #expect(!listing.isWhole)
            let items = Array(all[start..<min(start + size, all.count)])
            listing.append(DatasetPage(items: items, start: start, total: all.count))
        }
        #expect(listing.isWhole)
        let isAll = Array(listing.datasets) == all
        #expect(isAll)
        #expect((0..<all.count).allSatisfy { listing.datasets.id(at: $0) == all[$0].id })
        let whole = DatasetListing(all, of: all.count)
        let isSame = listing.datasets == whole.datasets
        #expect(isSame)
    }

    @Test("are there once, also where one is made between two pages")
    func moved() {
        let all = (0..<6).map(Self.dataset)
        var listing = DatasetListing(Array(all[..<3]), of: 5)
        listing.append(DatasetPage(items: Array(all[2...]), start: 3, total: 6))
        #expect(Array(listing.datasets) == all)
    }
}
