// What is found, in which order, and which letters are shown for it.
import Testing

@testable import FuzzySearch

@Suite("A search")
struct RankingTests {
    static let names = [
        "Web events", "Web Events (raw)", "webhook_events", "Orders", "orders_2024", "Reorders",
        "border crossings", "CustomerOrders", "customer-orders-daily", "order_items", "Loyalty members",
        "Profile snapshot", "ProfileSnapshotExport", "profile_export", "AdobeExperienceEvents",
        "experience events / mobile", "Mobile app events", "Email sends", "emailOpens", "Daily weather",
        "weekly_evaluations",
    ]

    private static func index(_ names: [String]) -> SearchIndex {
        var index = SearchIndex()
        index.append(names.map { ($0, "") })
        return index
    }

    private func found(_ text: String, in names: [String] = names) -> [String] {
        Self.index(names).searchNow(SearchQuery(text)).items.map { names[Int($0)] }
    }

    /// The orders are those of fzf 0.38 on the same names.
    @Test(
        "puts first what users of fzf expect first",
        arguments: [
            ("web", ["Web events", "webhook_events", "Web Events (raw)"]),
            (
                "ord",
                [
                    "Orders", "orders_2024", "order_items", "customer-orders-daily", "CustomerOrders",
                    "Reorders",
                    "border crossings",
                ]
            ),
            (
                "orders",
                [
                    "Orders", "orders_2024", "customer-orders-daily", "order_items", "CustomerOrders",
                    "Reorders",
                    "border crossings",
                ]
            ),
            ("wev", ["Web events", "Web Events (raw)", "weekly_evaluations", "webhook_events"]),
            ("web ev", ["Web events", "Web Events (raw)", "webhook_events"]),
            ("pse", ["ProfileSnapshotExport", "experience events / mobile"]),
            (
                "exp",
                [
                    "experience events / mobile", "profile_export", "ProfileSnapshotExport",
                    "AdobeExperienceEvents",
                ]
            ),
            (
                "'order",
                [
                    "Orders", "orders_2024", "order_items", "customer-orders-daily", "CustomerOrders",
                    "Reorders",
                    "border crossings",
                ]
            ),
            ("^order", ["Orders", "orders_2024", "order_items"]),
            ("orders$", ["Orders", "CustomerOrders", "Reorders"]),
            (
                "we",
                ["Web events", "Daily weather", "webhook_events", "Web Events (raw)", "weekly_evaluations"]
            ),
            ("evm", ["experience events / mobile"]), ("DE", []), ("Ord", ["Orders", "CustomerOrders"]),
        ] as [(String, [String])])
    func order(query: String, names: [String]) {
        #expect(found(query) == names)
    }

    @Test("passes over what has letters that are unwanted")
    func negated() {
        #expect(
            Set(found("!web ev")) == [
                "Mobile app events", "experience events / mobile", "weekly_evaluations",
                "AdobeExperienceEvents",
            ])
        #expect(found("!o !e !a") == [])
        #expect(found("^orders$") == ["Orders"])
        #expect(found("!").isEmpty)
    }

    @Test("finds letters with and without marks, in every script, and no half of a letter")
    func scripts() {
        let names = ["Café naïve", "顧客プロファイル", "Заказы", "ŁÓDŹ", "🚀 rocket", "客顧"]
        #expect(found("naive", in: names) == ["Café naïve"])
        #expect(found("naïve", in: names) == ["Café naïve"])
        #expect(found("顧プ", in: names) == ["顧客プロファイル"])
        #expect(found("顧", in: names) == ["顧客プロファイル", "客顧"])
        #expect(found("заказ", in: names) == ["Заказы"])
        #expect(found("ЗАКАЗ", in: names) == [])
        #expect(found("lodz", in: names) == ["ŁÓDŹ"])
        #expect(found("🚀", in: names) == ["🚀 rocket"])
        #expect(found("", in: names) == names)
    }

    @Test(
        "shows the letters that it found",
        arguments: [
            ("web", "Web events", [0, 1, 2]), ("wev", "Web events", [0, 4, 5]),
            ("pse", "ProfileSnapshotExport", [0, 7, 15]), ("ord", "Reorders", [2, 3, 4]),
            ("ord", "border orders", [7, 8, 9]), ("naive", "Café naïve", [5, 6, 7, 8, 9]),
            ("web ev", "Web events", [0, 1, 2, 4, 5]), ("s$", "Orders", [5]), ("!x or", "Orders", [0, 1]),
            ("x", "Orders", []), ("'der", "orders der", [7, 8, 9]), ("aaa", "a a aa aaa", [7, 8, 9]),
        ] as [(String, String, [Int])])
    func positions(query: String, text: String, places: [Int]) {
        #expect(SearchQuery(query).positions(in: text) == places)
    }

    @Test("finds details in one piece only, and after every name")
    func details() {
        var index = SearchIndex()
        index.append([
            ("Orders", "65a0f0c2 all that was bought"), ("Clicks", "65a0f0c3"), ("Bought together", "77"),
        ])
        #expect(index.searchNow(SearchQuery("bought")).items == [2, 0])
        #expect(index.searchNow(SearchQuery("65a0")).items.sorted() == [0, 1])
        #expect(index.searchNow(SearchQuery("6a0")).items == [])
        #expect(index.searchNow(SearchQuery("!65a0")).items == [2])
        #expect(index.searchNow(SearchQuery("orders 65a0f0c2")).items == [0])
    }

    @Test(
        "knows which queries find no more than an earlier one",
        arguments: [
            ("or", "o", true), ("o", "or", false), ("or x", "or", true), ("oR", "o", true), ("o", "O", false),
            ("!or", "!o", false), ("!o x", "!o", true), ("'or", "or", true), ("or", "'or", false),
            ("ab$", "ab", true), ("ab$c", "ab$", false), ("^ab", "^a", true), ("^a$", "^a", true),
            ("x", "", true), ("or", "o x", false),
        ])
    func narrowing(query: String, earlier: String, narrows: Bool) {
        #expect(SearchQuery(query).narrows(SearchQuery(earlier)) == narrows)
    }
}
