// Every sentence that a failed transfer is told with: what failed, on what, why, what to do.
import Languages

extension TransferError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        advice.map { Text("\(what): \(reason). \($0)") } ?? Text("\(what): \(reason).")
    }

    private var what: Text {
        switch kind {
        case .nameNotResolved: Text("The name of \(host) has no address")
        case .refused: Text("\(host) refuses connections")
        case .unreachable: Text("\(host) cannot be reached")
        case .certificateNotTrusted: Text("The certificate of \(host) is not trusted")
        case .secureConnectionFailed: Text("No secure connection to \(host) can be made")
        case .proxy: Text("The proxy \(proxy ?? String()) does not connect to \(host)")
        case .timedOut: Text("\(host) did not answer in time, while \(activity)")
        case .stalled: Text("The connection to \(host) has stalled, while \(activity)")
        case .interrupted: Text("The connection to \(host) was cut, while \(activity)")
        case .tooLarge: Text("\(host) sent too much")
        case .invalidRequest: Text("A request to \(host) cannot be sent")
        case .invalidAnswer: Text("What \(host) sent is not HTTP")
        case .shutDown:
            host.isEmpty ? Text("The transfer has ended") : Text("The transfer with \(host) has ended")
        case .other:
            host.isEmpty
                ? Text("Transfers cannot be started")
                : Text("The transfer with \(host) failed, while \(activity)")
        }
    }

    private var activity: Text {
        switch phase {
        case .prepare: Text("preparing the request")
        case .resolve: Text("resolving the name")
        case .connect: Text("connecting")
        case .secure: Text("agreeing on TLS")
        case .send: Text("sending")
        case .receive: Text("waiting for its answer or receiving it")
        }
    }

    private var advice: Text? {
        switch kind {
        case .nameNotResolved: Text("Check the name for typing errors, and this machine's DNS.")
        case .refused, .unreachable:
            Text("Check host and port, and whether a firewall or proxy stands between.")
        case .certificateNotTrusted:
            Text("Give the certificate authority with --cacert or SSL_CERT_FILE, if the server is yours.")
        case .proxy: Text("Check HTTPS_PROXY, http_proxy, ALL_PROXY and NO_PROXY.")
        case .timedOut, .stalled, .interrupted: isRetryable ? Text("Try again.") : nil
        case .secureConnectionFailed: Text("Check whether this port speaks TLS.")
        case .tooLarge, .invalidRequest, .invalidAnswer, .shutDown, .other: nil
        }
    }
}
