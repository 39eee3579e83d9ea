// How entities name the spec that they follow.
import ExportDomain

/// `{"id": …, "version": "1.0"}`: the spec of a connection or of a dataflow.
public typealias SpecReference = WireObject<SpecReferenceShape>

/// The fields of a spec.
public struct SpecReferenceShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "spec"
    /// The one value of this type.
    public static let shape = Self()

    /// The spec's id, the same everywhere.
    public let id = Field<String>("id")
    /// `1.0`; without it a create is refused.
    public let version = Field<String>("version")
}

extension SpecReference {
    /// Names a spec.
    public init(id: String, version: String = "1.0") {
        self.init()
        set(\.id, to: id)
        set(\.version, to: version)
    }
}
