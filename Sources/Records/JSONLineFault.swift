// What can be wrong with a line that should be a JSON object (RFC 8259).

/// Why a line is not a JSON object.
public struct JSONLineFault: Error, Hashable {
    /// The rule that the line breaks.
    public enum Rule: Hashable, Sendable {
        /// The text is no JSON object, but perhaps another JSON value.
        case notAnObject
        /// The line ends before the object does.
        case unfinished
        /// Something else stands where one of these should: a member's name, a colon, a value, `,` or `}`.
        case unexpectedByte
        /// After the object there is more than white space.
        case textAfterObject
        /// A control character stands in a string as it is (RFC 8259, section 7).
        case controlCharacter
        /// A backslash is followed by what is no escape (RFC 8259, section 7).
        case invalidEscape
        /// The bytes are not UTF-8 (RFC 3629).
        case invalidUTF8
        /// A number is not spelled as RFC 8259, section 6, wants it.
        case invalidNumber
        /// Neither `true` nor `false` nor `null`; also `NaN` and `Infinity`, which JSON does not have.
        case invalidLiteral
        /// Arrays and objects stand in one another more than `JSONLineValidator.maximumDepth` deep.
        case tooDeep
        /// The line is longer than the reader's limit, in bytes.
        case tooLong(maximum: Int)
    }

    /// The rule that the line breaks.
    public var rule: Rule
    /// Where in the line, in bytes from 0.
    public var offset: Int

    /// Why a line is not a JSON object.
    public init(rule: Rule, offset: Int) {
        self.rule = rule
        self.offset = offset
    }
}
