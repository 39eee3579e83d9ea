// A piece of a body that is uploaded in parts.

/// A piece of a body.
struct BodyPart: Sendable {
    /// Its number, counted from 1.
    let number: Int
    /// Where in the body it begins, in bytes.
    let offset: Int64
    /// Its bytes.
    let bytes: [UInt8]
    /// Whether the body ends with it.
    let isLast: Bool
}
