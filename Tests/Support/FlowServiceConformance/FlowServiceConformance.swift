// The contract of `FlowService`, as checks that every conformer passes. A new conformer brings a fixture, not
// tests of its own:
//
//     @Test("The embedded platform keeps the contract of Flow Service", arguments: FlowServiceConformance.all)
//     func conforms(to rule: FlowServiceConformance) async throws {
//         try await rule.check(NewPlatform())
//     }

import ExportDomain
import FoundationEssentials
import Testing

/// One rule of the contract of `FlowService`.
public struct FlowServiceConformance: Sendable, CustomTestStringConvertible {
    /// What a user of the service can rely on.
    public let name: String
    private let body: @Sendable (any PlatformFixture) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (any PlatformFixture) async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// The rule, as the name of a test.
    public var testDescription: String { name }

    /// Checks the rule on a platform, which must be new and is not afterwards.
    public func check(_ platform: any PlatformFixture) async throws {
        try await body(platform)
    }

    /// All rules.
    public static let all =
        datasets + accounts + destinations + sourceConnections + flows + flowChanges + removals + runs + pages
        + unknownIDs
}

/// A platform with nothing in it but the Data Landing Zone, Amazon S3 and a lake, and the little that the checks
/// need of it besides its service.
public protocol PlatformFixture: Sendable {
    /// The service that is checked.
    var service: any FlowService { get }

    /// The platform's time, which stands still but for `wait`.
    var now: Date { get }

    /// Lets the platform's time go by, without running anything.
    func wait(_ seconds: TimeInterval)

    /// Puts a dataset of a few records into the lake.
    func addDataset(_ name: String) async throws -> Dataset

    /// Runs what is due, and returns when that is over.
    func runDue() async throws
}

extension PlatformFixture {
    /// The kind of destination that needs no credentials.
    func landingZone() async throws -> ConnectionSpec { try await kind("Data Landing Zone") }

    /// A kind of destination.
    func kind(_ name: String) async throws -> ConnectionSpec {
        try #require(try await service.connectionSpecs().first { $0.name == name })
    }

    /// Makes an account of the landing zone.
    func addAccount(_ name: String = "Zone") async throws -> BaseConnection {
        try await service.createConnection(BaseConnection.Draft(name: name), spec: landingZone().id)
    }

    /// Describes a destination of the landing zone.
    func destinationDraft(
        _ name: String = "Out", account: BaseConnection, with parameters: [String: JSONValue?] = [:]
    ) async throws -> TargetConnection.Draft {
        let usual: [String: JSONValue] = ["path": "out", "datasetFileType": "JSON", "compression": "GZIP"]
        var chosen = usual
        for (key, value) in parameters { chosen[key] = value }
        return TargetConnection.Draft(
            name: name, description: "For all", connectionSpecID: try await landingZone().id,
            baseConnectionID: account.id, parameters: chosen)
    }

    /// Makes a destination of the landing zone, with an account.
    func addDestination(_ name: String = "Out") async throws -> TargetConnection {
        try await service.createTargetConnection(
            destinationDraft(name, account: try await addAccount("Account of \(name)")))
    }

    /// Makes a source connection.
    func addSource(_ datasets: [Dataset], name: String = "Source") async throws -> SourceConnection {
        try await service.createSourceConnection(
            SourceConnection.Draft(name: name, datasets: datasets.map(\.reference)))
    }

    /// A daily schedule of thirty days that starts now.
    var daily: Schedule {
        Schedule(
            mode: .incremental, frequency: .daily, start: now, end: now.addingTimeInterval(30 * 86_400))
    }

    /// Describes a flow of datasets to a destination that is made for it.
    func flowDraft(
        _ name: String = "Nightly", of datasets: [Dataset], schedule: Schedule? = nil
    ) async throws -> Flow.Draft {
        let target = try await addDestination("Destination of \(name)")
        return Flow.Draft(
            name: name, description: "All of it", flowSpecID: try await landingZone().flowSpecID,
            sourceConnectionID: try await addSource(datasets, name: "Source of \(name)").id,
            targetConnectionID: target.id, schedule: schedule ?? daily)
    }

    /// Makes a flow of a dataset.
    func addFlow(
        _ name: String = "Nightly", of datasets: [Dataset]? = nil, schedule: Schedule? = nil
    ) async throws -> Flow {
        let datasets = if let datasets { datasets } else { [try await addDataset("Dataset of \(name)")] }
        return try await service.createFlow(flowDraft(name, of: datasets, schedule: schedule))
    }
}
