// The marks inside of a line of text: which part of it is code, and which is emphasised.

/// Text cut at its marks: `code`, *emphasis*, **strong**.
struct MarkedText: Equatable, Sendable {
    enum Kind: Equatable, Sendable { case plain, code, emphasis, strong }

    struct Run: Equatable, Sendable {
        var kind: Kind
        var text: String
    }

    private(set) var runs: [Run] = []

    init(_ text: String) {
        var run = Run(kind: .plain, text: "")
        var rest = Substring(text)
        while let first = rest.first {
            if let (kind, length) = Self.mark(at: rest, within: run.kind) {
                if !run.text.isEmpty { runs.append(run) }
                run = Run(kind: run.kind == kind ? .plain : kind, text: "")
                rest = rest.dropFirst(length)
            } else {
                run.text.append(first)
                rest = rest.dropFirst()
            }
        }
        if !run.text.isEmpty { runs.append(run) }
    }

    /// The mark that `text` begins with, and how long it is; within code only its end is one.
    private static func mark(at text: Substring, within kind: Kind) -> (Kind, Int)? {
        if text.hasPrefix("`") { return (.code, 1) }
        if kind == .code { return nil }
        if text.hasPrefix("**") { return (.strong, 2) }
        return text.hasPrefix("*") ? (.emphasis, 1) : nil
    }
}
