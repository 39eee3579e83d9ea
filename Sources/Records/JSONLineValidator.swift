// The rule for a record: one line, one JSON object.

/// Checks that a line is a JSON object, strictly by RFC 8259.
///
/// Accepted is what the grammar accepts: names may repeat, numbers may be of any size, and `\u` escapes may be
/// half of a surrogate pair. Strings must be UTF-8 (RFC 3629: no surrogates, nothing overlong). A carriage
/// return between values is white space, as in any JSON text; a line feed is not, for it ends the line.
public enum JSONLineValidator {
    /// How many arrays and objects may stand in one another, the outermost counted.
    public static let maximumDepth = 512

    /// What is wrong with `line`, given without its line end; nil if it is a JSON object.
    public static func fault(in line: [UInt8]) -> JSONLineFault? {
        var scanner = JSONLineScanner()
        let ended = line + [0x0A] + [UInt8](repeating: 0, count: JSONLineScanner.padding)
        return ended.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return nil }
            return scanner.scanLine(start).fault(lineFrom: start, count: line.count)
        }
    }
}

/// What the scanner says of a line.
enum ScannedLine {
    /// An object; with the byte after it, and the line feed, between which there is only white space.
    case object(after: UnsafePointer<UInt8>, lineFeed: UnsafePointer<UInt8>)
    /// Nothing but white space.
    case blank
    /// Anything else.
    case malformed(JSONLineFault.Rule, at: UnsafePointer<UInt8>)

    fileprivate func fault(lineFrom start: UnsafePointer<UInt8>, count: Int) -> JSONLineFault? {
        switch self {
        case .object(_, let lineFeed) where lineFeed - start < count:
            JSONLineFault(rule: .textAfterObject, offset: lineFeed - start)
        case .object: nil
        case .blank: JSONLineFault(rule: .notAnObject, offset: 0)
        case .malformed(let rule, let position): JSONLineFault(rule: rule, offset: position - start)
        }
    }
}

extension JSONLineScanner {
    /// Checks the line at `start`, to its end; the memory must be as `scan` wants it.
    @inline(__always)
    mutating func scanLine(_ start: UnsafePointer<UInt8>) -> ScannedLine {
        guard let after = scan(start) else {
            let position = position ?? start
            return rule == .notAnObject && position.pointee == 0x0A ? .blank : .malformed(rule, at: position)
        }
        var end = after
        while end.pointee == 0x20 || end.pointee == 0x09 || end.pointee == 0x0D { end += 1 }
        return end.pointee == 0x0A
            ? .object(after: after, lineFeed: end) : .malformed(.textAfterObject, at: end)
    }
}
