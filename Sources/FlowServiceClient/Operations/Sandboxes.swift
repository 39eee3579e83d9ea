// The sandboxes that a credential may use.
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

/// A sandbox.
public struct Sandbox: Sendable, Hashable {
    /// Its name, all lowercase, as settings have it.
    public var name: String
    /// Its name for people.
    public var title: String
    /// Whether it is for production.
    public var isProduction: Bool
    /// Whether it can be used now.
    public var isActive: Bool
    /// Whether it is used where none is named.
    public var isDefault: Bool

    /// Describes a sandbox.
    public init(name: String, title: String, isProduction: Bool, isActive: Bool, isDefault: Bool) {
        self.name = name
        self.title = title
        self.isProduction = isProduction
        self.isActive = isActive
        self.isDefault = isDefault
    }
}

extension Sandbox {
    /// Whether a sandbox has the name of the production sandbox that every organisation has from the start.
    public static func isNamedAsProduction(_ name: String) -> Bool { name == "prod" }
}

extension RemoteFlowService {
    /// All sandboxes that this credential may use; the sandbox of the settings does not matter.
    public func sandboxes() async throws(FlowServiceError) -> [Sandbox] {
        let doing = Text("list the sandboxes")
        let limit = 50
        var sandboxes: [Sandbox] = []
        var found = limit
        // A list that never ends is none.
        while found == limit, sandboxes.count < 10_000 {
            var call = PlatformCall(doing, .get, "/?limit=\(limit)&offset=\(sandboxes.count)")
            call.service = .sandboxes
            let answer = try await gateway.ask(call)
            let page = try reading(doing) {
                try SandboxList(reading: answer.body).require(\.sandboxes).map { try Sandbox($0) }
            }
            sandboxes += page
            found = page.count
        }
        return sandboxes
    }
}

extension Sandbox {
    fileprivate init(_ entity: SandboxEntity) throws(WireError) {
        let name = try entity.require(\.name)
        self.init(
            name: name, title: try entity.title ?? name,
            isProduction: try entity.type.map { $0.lowercased() == "production" }
                ?? Self.isNamedAsProduction(name),
            isActive: try (entity.state ?? "active").lowercased() == "active",
            isDefault: try entity.isDefault ?? false)
    }
}
