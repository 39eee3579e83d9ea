// How much of an answer in XML is taken.

/// The most that an answer may hold, so that a server gone wrong cannot fill the memory.
struct XMLLimits: Hashable, Sendable {
    /// The most bytes in all.
    ///
    /// A page of 5,000 names of 1,024 characters, each written as `%E0%A4%B9`, fits.
    var bytes = 64 << 20
    /// The most elements in one another.
    var depth = 16
    /// The most bytes of text and attributes in one element.
    var text = 64 << 10
}
