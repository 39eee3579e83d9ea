// A request as a value, and as an endpoint gets it.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

/// A request that has come in whole, and was let in.
struct APIRequest: Sendable {
    /// The words of the query.
    var target: RequestTarget
    /// The parts of the path that the endpoint leaves open, in their order.
    var parameters: [String]
    /// The header.
    var fields: HTTPFields
    /// The body; empty where there is none.
    var body: [UInt8]
    /// The sandbox; nil for endpoints that belong to none.
    var sandbox: Sandbox?
    /// Who the entities in the answer say they are from.
    var origin: EntityOrigin?
    /// Scheme, host and port by which the caller reached the server.
    var base: String

    /// The part of the path that says which entity is meant.
    func id<Entity>(_ entity: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(parameters.first ?? "")
    }

    /// The version that a change was made from (`If-Match`).
    ///
    /// - Throws: `Refusal` where it is missing.
    func expectedETag() throws -> String {
        guard let etag = fields[.ifMatch], !etag.isEmpty else {
            throw Refusal(
                ErrorBody(
                    code: .etagMissing,
                    message:
                        "A change needs the header If-Match with the etag of the version that it was made from."
                ))
        }
        return etag
    }

    /// The body as an object of the API.
    ///
    /// - Throws: `WireError`.
    func object<Shape: ObjectShape>(
        _ type: WireObject<Shape>.Type = WireObject<Shape>.self
    ) throws(WireError) -> WireObject<Shape> {
        try WireObject<Shape>(reading: body)
    }
}

/// What an endpoint that belongs to a sandbox works with.
struct SandboxCall: Sendable {
    /// The request.
    var request: APIRequest
    /// The platform.
    var service: any FlowService
    /// What the platform tells of its exports beyond that; nil where it tells nothing.
    var exports: (any ServedExports)?
    /// Who the entities in the answer say they are from.
    var origin: EntityOrigin
}
