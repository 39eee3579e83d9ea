// How much of a server one caller can have.

/// The limits within which requests are answered.
public struct ServerLimits: Sendable {
    /// The most bytes of a body.
    ///
    /// A dataflow of a thousand datasets has a tenth of it.
    public var bodyBytes = 512 << 10
    /// The most bytes of a request's line and header together.
    public var headerBytes = 32 << 10
    /// The most fields of a header.
    public var headerFields = 100
    /// How deep objects and lists of a body may lie in each other.
    public var nesting = 32
    /// The longest that a body may take to arrive.
    public var bodyTime: Duration = .seconds(20)
    /// The longest that an answer may take to be taken.
    public var answerTime: Duration = .seconds(60)
    /// The longest in which a connection may bring no request; also the longest for a header to arrive.
    public var idleTime: Duration = .seconds(60)
    /// The most requests that are answered at a time; others are told to come back.
    public var concurrentRequests = 64
    /// The most open connections; others wait to be taken.
    public var connections = 512
    /// The longest that requests which are being answered may take when the server is to end.
    public var endingTime: Duration = .seconds(30)

    /// The limits that hold unless others are given.
    public init() {}
}
