// The first steps towards a server, one by one, for a test of a destination.

extension HTTPClient {
    /// Resolves the name that a connection would be made to: the origin's host, or its proxy's.
    ///
    /// - Returns: the addresses, as text. Throws `TransferError`.
    @discardableResult
    public func resolve(_ origin: HTTPOrigin) async throws -> [String] { [] }

    /// Connects, and hangs up.
    ///
    /// - Parameter securing: false stops before TLS, so that only the network is tested.
    public func connect(to origin: HTTPOrigin, securing: Bool = true) async throws {}
}
