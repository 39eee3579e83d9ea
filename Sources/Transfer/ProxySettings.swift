// Which proxy stands before which host, as environments say it. Credentials in it are never shown.

/// The proxies of an environment.
public struct ProxySettings: Sendable {
    /// No proxy anywhere.
    public static let none = ProxySettings(environment: [:])

    /// Reads `HTTPS_PROXY`, `http_proxy`, `ALL_PROXY` and `NO_PROXY`, in capitals or not.
    ///
    /// `HTTP_PROXY` in capitals is not read: a CGI program's client can set it.
    public init(environment: [String: String]) {}
}
