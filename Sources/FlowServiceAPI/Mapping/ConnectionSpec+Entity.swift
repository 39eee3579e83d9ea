// Kinds of destination as entities, and back.
import ExportDomain
import FoundationEssentials
import Languages

extension ConnectionSpecEntity {
    /// A kind of destination as a platform answers it (`GET /connectionSpecs/{id}`).
    public init(_ spec: ConnectionSpec) {
        self.init(JSONObject(at: JSONPlace(ConnectionSpecShape.noun, id: spec.id.rawValue)))
        set(\.id, to: spec.id.rawValue)
        set(\.name, to: spec.name)
        set(\.version, to: spec.version)
        set(\.providerId, to: Self.cloudStorageProvider)
        set(\.authSpec, to: spec.authSpecs.map { FormEntity($0, type: "KeyBased") })
        set(\.targetSpec, to: FormEntity(spec.targetSpec, type: "UserNamespace"))
        var attributes = ConnectionSpecAttributes()
        attributes.set(\.flowSpecId, to: spec.flowSpecID.rawValue)
        if spec.isAuthenticationOptional { attributes.set(\.isAuthenticationOptional, to: true) }
        set(\.attributes, to: attributes)
    }

    /// The provider of all destinations that take files.
    static let cloudStorageProvider = "14e34fac-d307-11e9-bb65-2a2ae2dbcce4"

    /// The kind of destination.
    ///
    /// - Parameter flowSpecID: the recipe that exports datasets with it, where the answer does not say.
    /// - Throws: `WireError` where something is missing or a form cannot be read.
    public func spec(flowSpecID: Identifier<FlowSpec>?) throws(WireError) -> ConnectionSpec {
        let attributes = try self.attributes
        guard let recipe = try attributes?.flowSpecId.map(Identifier<FlowSpec>.init(_:)) ?? flowSpecID else {
            throw WireError(
                object.place.appending("attributes").appending("flowSpecId"), .missing)
        }
        var forms: [ConnectionSpec.FormSpec] = []
        for form in try self.authSpec ?? [] { forms.append(try form.form()) }
        var spec = ConnectionSpec(
            id: Identifier(try require(\.id)), name: try require(\.name), version: try self.version ?? "1.0",
            flowSpecID: recipe, authSpecs: forms, targetSpec: try require(\.targetSpec).form())
        spec.isAuthenticationOptional = try attributes?.isAuthenticationOptional ?? false
        return spec
    }
}

extension FlowSpecEntity {
    /// The recipe that exports datasets to a kind of destination, as a platform answers it.
    public init(exportingTo spec: ConnectionSpec) {
        self.init(JSONObject(at: JSONPlace(FlowSpecShape.noun, id: spec.flowSpecID.rawValue)))
        set(\.id, to: spec.flowSpecID.rawValue)
        set(\.name, to: "\(spec.name) dataset export")
        set(\.version, to: spec.version)
        set(\.providerId, to: ConnectionSpecEntity.cloudStorageProvider)
        set(\.sourceConnectionSpecIds, to: [DataLakeSource.specID])
        set(\.targetConnectionSpecIds, to: [spec.id.rawValue])
        var attributes = FlowSpecAttributes()
        attributes.set(\.workflow, to: .array(["DATASETS"]))
        set(\.attributes, to: attributes)
    }
}

extension FormEntity {
    init(_ form: ConnectionSpec.FormSpec, type: String) {
        self.init()
        set(\.name, to: form.name)
        set(\.type, to: type)
        set(\.spec, to: JSONObject(form.spec.members))
    }

    /// The form.
    fileprivate func form() throws(WireError) -> ConnectionSpec.FormSpec {
        let object = try require(\.spec)
        let bytes = try object.json.body(of: FormShape.noun)
        guard var schema = try? JSONDecoder().decode(JSONSchema.self, from: Data(bytes)) else {
            throw invalid(\.spec, Text("it is not the JSON Schema of a form"))
        }
        try schema.takeAdditions(of: object)
        return ConnectionSpec.FormSpec(name: try self.name ?? "", spec: schema)
    }
}
