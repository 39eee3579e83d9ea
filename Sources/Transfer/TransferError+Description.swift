// Every sentence that a failed transfer is told with: what failed, on what, why, what to do.

extension TransferError: CustomStringConvertible {
    /// A sentence a person can act on.
    public var description: String { "\(host): \(reason)" }
}
