// Which requests may be sent twice.

import HTTPTypes

/// Whether a request may be sent twice.
public enum Repeatability: Hashable, Sendable {
    /// As its method says: GET, HEAD, PUT, DELETE, OPTIONS and TRACE may (RFC 9110, section 9.2.2).
    case byMethod
    /// The caller knows that it may.
    case safe
    /// The caller knows that it must not.
    case unsafe

    /// Whether a request with this method may be sent twice.
    func allows(_ method: HTTPRequest.Method) -> Bool {
        switch self {
        case .byMethod: [.get, .head, .put, .delete, .options, .trace].contains(method)
        case .safe: true
        case .unsafe: false
        }
    }
}
