// From a request to an order, with all checks: nothing unchecked reaches libcurl.

import HTTPTypes
import Languages

extension ExchangeOrder {
    /// A body that is larger is sent through large buffers.
    private static let largeBody: Int64 = 128 << 10

    /// Checks a request; throws `TransferError` (`invalidRequest`) for one that cannot be sent as it is.
    init(
        _ request: HTTPRequest, body: OutgoingBody, isRepeatable: Bool, counters: TransferCounters?,
        by configuration: HTTPClient.Configuration
    ) throws(TransferError) {
        let authority = request.authority ?? ""
        func invalid(_ reason: Text) -> TransferError {
            TransferError(host: authority, phase: .prepare, kind: .invalidRequest, reason: reason)
        }
        guard let scheme = request.scheme, scheme == "http" || scheme == "https" else {
            throw invalid(Text("its scheme is neither http nor https"))
        }
        guard let origin = HTTPOrigin(scheme: scheme, authority: authority) else {
            throw invalid(Text("“\(authority)” is no host"))
        }
        let target = request.path ?? "/"
        guard target.utf8.first == UInt8(ascii: "/") || (target == "*" && request.method == .options) else {
            throw invalid(Text("its path does not begin with “/”"))
        }
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw invalid(Text("its path has a space or a control character that is not encoded"))
        }
        let length = body.length ?? .max
        self.origin = origin
        purpose = .request(
            Request(
                method: request.method.rawValue, target: target, fields: request.headerFields, body: body,
                counters: counters, mayBeRepeated: isRepeatable,
                usesHTTP2: configuration.usesHTTP2 && length <= configuration.longestBodyOverHTTP2,
                buffers: length > Self.largeBody ? .large : .usual))
    }
}
