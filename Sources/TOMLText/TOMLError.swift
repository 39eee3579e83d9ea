// What keeps a text from being TOML, as facts, and the words for it.
import Languages

/// Why a text cannot be read as TOML.
public struct TOMLError: Error, Sendable, Equatable {
    /// What is wrong.
    public var problem: Problem
    /// The line, counted from 1, where it is known.
    public var line: Int?

    /// What may be wrong with a text.
    public enum Problem: Sendable, Equatable {
        /// More bytes than any such file has.
        case tooLarge(limit: Int)
        /// Bytes that are no text.
        case binary
        /// Tables in tables, or keys with dots, beyond all sense.
        case tooDeep
        /// Not TOML; the parser says why.
        case notTOML(String)

        /// What is wrong, without the full stop.
        ///
        /// - Parameter noun: what the file should be, like “plan”.
        public func text(for noun: Text) -> Text {
            switch self {
            case .tooLarge(let limit): Text("is larger than \(limit / 1024) KB, so it is not a \(noun)")
            case .binary: Text("has a NUL character, so it is not a text file")
            case .tooDeep: Text("nests deeper than any \(noun) does")
            case .notTOML(let reason): Text("is not TOML: \(reason)")
            }
        }
    }

    init(_ problem: Problem, line: Int? = nil) {
        self.problem = problem
        self.line = line
    }
}
