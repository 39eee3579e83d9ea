// What the endpoints of all connections and dataflows have in common when they make and change something.
import ExportDomain
import FlowServiceAPI
import Languages

/// Makes or changes something of what a body says: that what it names does not exist is a mistake of the body, and not
/// of the path.
func making<Made: Sendable>(_ make: () async throws -> Made) async throws -> Made {
    do {
        return try await make()
    } catch let error as FlowServiceError {
        guard case .notFound = error else { throw error }
        throw Refusal(400, ErrorBody(error))
    }
}

extension SpecReference {
    /// There is no spec of this id.
    static let unknown = Refusal(ErrorBody(code: .unknownSpec, message: "There is no spec of this id here."))

    /// Checks that the version of the spec is named, without which nothing is made.
    func checkVersion() throws {
        guard try self.version != nil else {
            throw Refusal(422, ErrorBody(.short, message: "'version' is required for spec info"))
        }
    }
}

extension FlowService {
    /// The kind of destination that a body names.
    func spec(_ reference: SpecReference) async throws -> ConnectionSpec {
        let id = try reference.require(\.id)
        guard let spec = try await connectionSpecs().first(where: { $0.id.rawValue == id }) else {
            throw SpecReference.unknown
        }
        return spec
    }
}

extension Revision {
    /// Checks that a change was made from this version.
    func check(_ supplied: String, of what: String, id: String) throws(Refusal) {
        if supplied != etag { throw .stale(what, id: id, supplied: supplied, current: etag) }
    }
}

extension Page {
    /// The page with its items as entities.
    func json(_ entity: (Item) throws -> some WireValue) rethrows -> Page<JSONValue> {
        Page<JSONValue>(items: try items.map { try entity($0).json }, continuationToken: continuationToken)
    }
}

extension JSONPatch {
    /// Checks that only members are changed which can be.
    ///
    /// - Throws: `Refusal`, with a code of its own for the spec of a connection.
    func check(allows members: Set<String>) throws(Refusal) {
        for operation in operations {
            let member = operation.path.steps.first ?? ""
            if members.contains(member) { continue }
            if member == "connectionSpec" {
                throw Refusal(
                    ErrorBody(
                        code: .specIsFixed, message: "The spec of a connection cannot change: make another."))
            }
            throw Refusal(
                ErrorBody(
                    FlowServiceError.invalid(
                        field: member,
                        reason: .verbatim("Only \(members.sorted().joined(separator: ", ")) can be changed")))
            )
        }
    }

    /// The entity with all changes made.
    func applied<Shape: ObjectShape>(to entity: WireObject<Shape>) throws -> WireObject<Shape> {
        WireObject<Shape>(try JSONObject(try applied(to: entity.json), at: entity.object.place))
    }
}
