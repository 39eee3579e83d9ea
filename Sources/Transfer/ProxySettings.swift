// Which proxy stands before which host, as environments say it.

/// The proxies of an environment.
///
/// Credentials in the addresses of proxies are sent to them, and never shown.
public struct ProxySettings: Sendable {
    /// No proxy anywhere.
    public static let none = ProxySettings(environment: [:])

    private let http: Proxy?
    private let https: Proxy?
    private let exceptions: ProxyExceptions

    /// Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, or the same in capitals.
    ///
    /// `HTTP_PROXY` in capitals is not read: in a CGI program its value would come from the client.
    public init(environment: [String: String]) {
        let value = { (names: String...) in
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        let all = value("all_proxy", "ALL_PROXY")
        http = (value("http_proxy") ?? all).map { Proxy($0) }
        https = (value("https_proxy", "HTTPS_PROXY") ?? all).map { Proxy($0) }
        exceptions = ProxyExceptions(value("no_proxy", "NO_PROXY") ?? "")
    }

    /// The proxy that stands before a server; nil for none.
    func proxy(for origin: HTTPOrigin) -> Proxy? {
        exceptions.contains(host: origin.host, port: origin.port)
            ? nil : origin.scheme == "http" ? http : https
    }
}

/// A proxy, as its address says.
struct Proxy: Sendable, Hashable {
    /// The address with its credentials, as libcurl takes it; `http` where it names no scheme.
    let url: String
    private let scheme: Substring

    init(_ text: String) {
        if let end = text.firstRange(of: "://") {
            scheme = text[..<end.lowerBound]
            url = text
        } else {
            scheme = "http"
            url = "http://" + text
        }
    }

    /// Whether it is asked for the whole URL, rather than for a tunnel to the server.
    func forwards(_ origin: HTTPOrigin) -> Bool {
        origin.scheme == "http" && scheme.lowercased().hasPrefix("http")
    }

    /// Whether it is of a kind that libcurl can talk to.
    var isUnderstood: Bool {
        ["http", "https", "socks4", "socks4a", "socks5", "socks5h"].contains(scheme.lowercased())
    }

    /// The address without credentials and path, to be shown.
    var address: String {
        let rest = url[(url.firstRange(of: "://")?.upperBound ?? url.startIndex)...]
        let authority = rest.prefix { $0 != "/" }
        return String(
            authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority)
    }
}
