// The filters that exports of datasets need.
import ExportDomain

extension PropertyFilter {
    /// The dataflows that export from one kind of source.
    public static func sourceSpec(_ id: Identifier<ConnectionSpec>) -> PropertyFilter {
        equal(["inheritedAttributes", "sourceConnections[]", "connectionSpec", "id"], id.rawValue)
    }

    /// The dataflows that lead to a destination.
    public static let isDestinationFlow = equal(
        ["inheritedAttributes", "properties", "isDestinationFlow"], "true")

    /// The runs of a dataflow.
    public static func flow(_ id: Identifier<Flow>) -> PropertyFilter { equal(["flowId"], id.rawValue) }

    /// The entities with one of these ids.
    public static func ids(_ ids: [String]) -> PropertyFilter { equal(["id"], ids) }

    /// The connections of one of these kinds.
    public static func connectionSpecs(_ ids: [Identifier<ConnectionSpec>]) -> PropertyFilter {
        equal(["connectionSpec", "id"], ids.map(\.rawValue))
    }

    /// The entities with a name.
    public static func name(_ name: String) -> PropertyFilter { equal(["name"], name) }

    /// The target connections of an account.
    public static func baseConnection(_ id: Identifier<BaseConnection>) -> PropertyFilter {
        equal(["baseConnectionId"], id.rawValue)
    }

    /// The dataflows of a target connection.
    public static func targetConnection(_ id: Identifier<TargetConnection>) -> PropertyFilter {
        equal(["targetConnectionIds[]"], id.rawValue)
    }

    /// The dataflows of a source connection.
    public static func sourceConnection(_ id: Identifier<SourceConnection>) -> PropertyFilter {
        equal(["sourceConnectionIds[]"], id.rawValue)
    }

    private static func equal(_ names: [String], _ value: String) -> PropertyFilter { equal(names, [value]) }

    private static func equal(_ names: [String], _ values: [String]) -> PropertyFilter {
        PropertyFilter(path: PropertyPath(names), .equal, values: values)
    }
}
