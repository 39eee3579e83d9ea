// What a client is told once, for all its transfers.

extension HTTPClient {
    /// How a client connects, and what it bears.
    public struct Configuration: Sendable {
        /// Which proxy stands before which host.
        public var proxies: ProxySettings = .none
        /// Which certificate authorities are trusted.
        public var trust: CertificateTrust = .system
        /// The longest that resolving, connecting and TLS may take together.
        public var connectTimeout: Duration = .seconds(15)
        /// The longest in which no byte moves.
        ///
        /// The time for which the caller itself holds the transfer up (a body that yields nothing, an answer
        /// that is not read) does not count.
        public var stallTimeout: Duration = .seconds(60)
        /// The most connections to one host; more requests wait.
        public var connectionsPerHost = 64
        /// How fast all transfers may be together, and what else it is shared with.
        public var bandwidth = Bandwidth()
        /// Whether HTTP/2 is used where TLS offers it.
        public var usesHTTP2 = true
        /// The most bytes of a request's body that are sent over HTTP/2.
        ///
        /// What is longer, or of unknown length, has a connection of its own: many long bodies over one
        /// connection share one window, and wait for each other.
        public var longestBodyOverHTTP2: Int64 = 128 << 10
        /// What requests without a `User-Agent` say.
        public var userAgent = "sluice"

        /// A client that knows no proxy and trusts what the system trusts.
        public init() {}

        /// A client with the proxies and the trust that the environment's variables name.
        ///
        /// - Parameters:
        ///   - environment: the variables.
        ///   - certificateAuthorities: a PEM file that goes before `SSL_CERT_FILE`, as `--cacert` gives it.
        public init(environment: [String: String], certificateAuthorities: String? = nil) {
            proxies = ProxySettings(environment: environment)
            trust = CertificateTrust(environment: environment, file: certificateAuthorities)
        }
    }
}
