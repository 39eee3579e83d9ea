// Which datasets a plan means.
import ExportDomain
import Foundation
import Testing

@Suite("Datasets of a plan")
struct PlanDatasetsTests {
    static let available = [
        Dataset(id: "65a0f0c2b1d2e3f405162738", name: "Web events"),
        Dataset(id: "65a0f0c2b1d2e3f405162739", name: "Profiles"),
        Dataset(id: "65a0f0c2b1d2e3f40516273a", name: "Profiles"),
        Dataset(id: "65a0f0c2b1d2e3f40516273b", name: "65a0f0c2b1d2e3f405162738"),
    ]

    static func plan(_ datasets: [String]) -> ExportPlan {
        ExportPlan(
            name: "Nightly", datasets: datasets, destination: ExportPlan.Destination(name: "Backups"),
            schedule: Schedule(mode: .full, frequency: .once, start: instant("2026-01-15T06:00:00Z")))
    }

    @Test(
        "A dataset is meant by its name or its id, in the order of the plan, each once",
        arguments: [
            (["Web events"], ["65a0f0c2b1d2e3f405162738"]),
            (["65a0f0c2b1d2e3f405162739"], ["65a0f0c2b1d2e3f405162739"]),
            (
                ["65a0f0c2b1d2e3f40516273a", "Web events"],
                ["65a0f0c2b1d2e3f40516273a", "65a0f0c2b1d2e3f405162738"]
            ),
            (["Web events", "65a0f0c2b1d2e3f405162738", "Web events"], ["65a0f0c2b1d2e3f405162738"]),
        ])
    func resolved(datasets: [String], ids: [String]) throws {
        let resolved = try Self.plan(datasets).resolveDatasets(among: Self.available)
        #expect(resolved.map(\.id.rawValue) == ids)
    }

    @Test("An id goes before a name that looks like it")
    func idBeforeName() throws {
        let resolved = try Self.plan(["65a0f0c2b1d2e3f405162738"]).resolveDatasets(among: Self.available)
        #expect(resolved.map(\.name) == ["Web events"])
    }

    @Test(
        "A plan whose datasets cannot be told says which and why",
        arguments: [
            (["Nothing"], "There is no dataset “Nothing”."),
            (["Web events", "web events"], "There is no dataset “web events”."),
            ([""], "There is no dataset “”."),
            (
                ["Profiles"],
                "2 datasets are called “Profiles”: name the one that is meant by its id."
            ),
            ([], "An export needs at least one dataset."),
        ])
    func unresolved(datasets: [String], sentence: String) {
        let error = #expect(throws: FlowServiceError.self) {
            try Self.plan(datasets).resolveDatasets(among: Self.available)
        }
        #expect(error?.description == sentence)
    }
}
