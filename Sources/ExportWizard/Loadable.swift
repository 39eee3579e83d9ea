// A value that is asked for and may be late, or never come.
import Languages

/// What is known of a value that was asked for.
enum Loadable<Value: Equatable & Sendable>: Equatable, Sendable {
    /// Not asked for yet.
    case idle
    /// Asked for under this token; an answer with another token is late and changes nothing.
    case loading(token: Int)
    /// Could not be had, for this reason.
    case failed(Text)
    /// Here it is.
    case loaded(Value)

    var value: Value? {
        if case .loaded(let value) = self { value } else { nil }
    }

    /// The token of what is awaited.
    ///
    /// Inlined beside a comparison with `idle`, it is what the optimizer of Swift 6.3.1 fails at.
    var token: Int? {
        @inline(never) get {
            if case .loading(let token) = self { token } else { nil }
        }
    }

    func isWaiting(for token: Int) -> Bool { self == .loading(token: token) }
}
