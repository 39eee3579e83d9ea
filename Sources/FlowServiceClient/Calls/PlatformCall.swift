// One call of the platform, as a value.
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

/// What is asked of a platform.
struct PlatformCall: Sendable {
    /// Services behind the gateway.
    enum Service: String, Sendable {
        case flowService = "/data/foundation/flowservice"
        case sandboxes = "/data/foundation/sandbox-management"
        case landingZone = "/data/foundation/connectors/landingzone"
        case activation = "/data/core/activation/disflowprovider"
    }

    /// The entity that a call is about.
    struct Subject: Sendable {
        let what: String
        let id: String
    }

    /// What is being done, as part of “Cannot …”.
    var doing: Text
    var method: HTTPRequest.Method
    var service = Service.flowService
    /// Path and query below the service.
    var link: String
    var body: [UInt8]?
    var accept = "application/json"
    /// The version that a change was made from.
    var etag: String?
    var subject: Subject?
    /// The permissions of access control that it takes.
    var permissions: [Permission] = []

    init(_ doing: Text, _ method: HTTPRequest.Method, _ link: String) {
        self.doing = doing
        self.method = method
        self.link = link
    }
}

/// Permissions of access control, as the user interface of Experience Platform names them.
enum Permission: String, Sendable {
    case viewDatasets = "View Datasets"
    case viewDestinations = "View Destinations"
    case manageDestinations = "Manage Destinations"
    case exportDatasets = "Manage and Activate Dataset Destinations"
}

extension PlatformCall {
    /// Asks for a list.
    static func list(_ doing: Text, _ query: ListQuery, _ permissions: Permission...) -> PlatformCall {
        var call = PlatformCall(doing, .get, query.link)
        call.permissions = permissions
        return call
    }

    /// Asks for, changes or removes one entity.
    ///
    /// - Throws: `FlowServiceError.notFound` for an id that none can have: it would change the path.
    static func entity(
        _ doing: Text, _ method: HTTPRequest.Method, _ collection: String, id: String, what: String,
        suffix: String = "", _ permissions: Permission...
    ) throws(FlowServiceError) -> PlatformCall {
        guard !id.isEmpty, id.utf8.count <= 128, id.utf8.allSatisfy(\.isOfAnID),
            id.contains(where: { $0 != "." })
        else { throw .notFound(what: what, id: id) }
        var call = PlatformCall(doing, method, "/\(collection)/\(id)\(suffix)")
        call.subject = Subject(what: what, id: id)
        call.permissions = permissions
        return call
    }

    /// Makes an entity.
    static func create(
        _ doing: Text, _ collection: String, body: [UInt8], _ permissions: Permission...
    ) -> PlatformCall {
        var call = PlatformCall(doing, .post, "/\(collection)")
        call.body = body
        call.permissions = permissions
        return call
    }
}

extension UInt8 {
    fileprivate var isOfAnID: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
