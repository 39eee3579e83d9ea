// The first steps towards a server, one by one, for a test of a destination.

extension HTTPClient {
    /// Resolves the name that a connection would be made to: the origin's host, or its proxy's.
    ///
    /// - Returns: the addresses that a connection would be tried with, as text. Throws `TransferError`.
    @discardableResult
    public func resolve(_ origin: HTTPOrigin) async throws -> [String] {
        guard
            case .reached(let addresses) = try await perform(ExchangeOrder(origin: origin, purpose: .resolve))
        else { return [] }
        return addresses
    }

    /// Connects, and hangs up; throws `TransferError`.
    ///
    /// - Parameters:
    ///   - origin: the server.
    ///   - securing: false stops before TLS, so that only the network is tested.
    public func connect(to origin: HTTPOrigin, securing: Bool = true) async throws {
        let isSecured = securing && origin.scheme == "https"
        _ = try await perform(ExchangeOrder(origin: origin, purpose: .connect(isSecured: isSecured)))
    }
}
