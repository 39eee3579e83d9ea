// Every sentence that a failed transfer is told with: what failed, on what, why, what to do.

extension TransferError: CustomStringConvertible {
    /// A sentence a person can act on.
    public var description: String {
        let advice = advice.map { " \($0)" } ?? ""
        return "\(what): \(reason).\(advice)"
    }

    private var what: String {
        switch kind {
        case .nameNotResolved: "The name of \(host) has no address"
        case .refused: "\(host) refuses connections"
        case .unreachable: "\(host) cannot be reached"
        case .certificateNotTrusted: "The certificate of \(host) is not trusted"
        case .secureConnectionFailed: "No secure connection to \(host) can be made"
        case .proxy: "The proxy \(proxy ?? "") does not connect to \(host)"
        case .timedOut: "\(host) did not answer in time, while \(activity)"
        case .stalled: "The connection to \(host) has stalled, while \(activity)"
        case .interrupted: "The connection to \(host) was cut, while \(activity)"
        case .tooLarge: "\(host) sent too much"
        case .invalidRequest: "A request to \(host) cannot be sent"
        case .invalidAnswer: "What \(host) sent is not HTTP"
        case .shutDown: host.isEmpty ? "The transfer has ended" : "The transfer with \(host) has ended"
        case .other:
            host.isEmpty
                ? "Transfers cannot be started" : "The transfer with \(host) failed, while \(activity)"
        }
    }

    private var activity: String {
        switch phase {
        case .prepare: "preparing the request"
        case .resolve: "resolving the name"
        case .connect: "connecting"
        case .secure: "agreeing on TLS"
        case .send: "sending"
        case .receive: "waiting for its answer or receiving it"
        }
    }

    private var advice: String? {
        switch kind {
        case .nameNotResolved: "Check the name for typing errors, and this machine's DNS."
        case .refused, .unreachable: "Check host and port, and whether a firewall or proxy stands between."
        case .certificateNotTrusted:
            "Give the certificate authority with --cacert or SSL_CERT_FILE, if the server is yours."
        case .proxy: "Check HTTPS_PROXY, http_proxy, ALL_PROXY and NO_PROXY."
        case .timedOut, .stalled, .interrupted: isRetryable ? "Try again." : nil
        case .secureConnectionFailed: "Check whether this port speaks TLS."
        case .tooLarge, .invalidRequest, .invalidAnswer, .shutDown, .other: nil
        }
    }
}
