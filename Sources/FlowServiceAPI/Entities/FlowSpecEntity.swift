// A recipe for dataflows (`/flowSpecs`).
import ExportDomain

/// A flow spec: which sources it joins to which targets, and for what.
public typealias FlowSpecEntity = WireObject<FlowSpecShape>

/// The fields of a flow spec.
public struct FlowSpecShape: EntityShape {
    /// What a person calls it.
    public static let noun = "flow spec"
    /// The one value of this type.
    public static let shape = Self()

    /// Who provides it.
    public let providerId = Field<String>("providerId")
    /// The connection specs of its sources.
    public let sourceConnectionSpecIds = Field<[String]>("sourceConnectionSpecIds")
    /// The connection specs of its targets.
    public let targetConnectionSpecIds = Field<[String]>("targetConnectionSpecIds")
    /// What a schedule may be.
    public let scheduleSpec = Field<JSONObject>("scheduleSpec")
    /// What else is to be known of it.
    public let attributes = Field<FlowSpecAttributes>("attributes")
}

/// What else is to be known of a flow spec.
public typealias FlowSpecAttributes = WireObject<FlowSpecAttributesShape>

/// The fields of the attributes of a flow spec.
public struct FlowSpecAttributesShape: ObjectShape {
    /// What a person calls them.
    public static let noun = "attributes"
    /// The one value of this type.
    public static let shape = Self()

    /// What it is for: a word or a list of them, with `DATASETS` where it exports datasets.
    public let workflow = Field<JSONValue>("_workflow")
}

extension FlowSpecEntity {
    /// Whether it exports datasets.
    public var exportsDatasets: Bool {
        get throws(WireError) {
            switch try self.attributes?.workflow {
            case .string(let word)?: word == "DATASETS"
            case .array(let words)?: words.contains("DATASETS")
            default: false
            }
        }
    }
}
