// What stands between the program and the terminal: it obeys sequences itself, and hands on only what is wrapped for it.

/// What has to hand a sequence on to the terminal.
enum Multiplexer: Sendable, Hashable {
    case none
    case tmux
    case screen

    /// What the environment says.
    init(type: String?, tmux: String?, screen: String?) {
        if tmux != nil || type?.hasPrefix("tmux") == true {
            self = .tmux
        } else if screen != nil || type?.hasPrefix("screen") == true {
            self = .screen
        } else {
            self = .none
        }
    }

    /// What GNU Screen takes in one sequence, without its ends.
    private static let largestPiece = 240

    /// A command to the operating system (OSC), without its end, so that the terminal gets it.
    func handingOn(_ command: String) -> String {
        switch self {
        case .none: return command + "\u{1B}\\"
        case .tmux:
            let inside = (command + "\u{7}").replacing("\u{1B}", with: "\u{1B}\u{1B}")
            return "\u{1B}Ptmux;\(inside)\u{1B}\\"
        case .screen:
            var pieces: [Substring] = []
            var rest = Substring(command + "\u{7}")
            while !rest.isEmpty {
                pieces.append(rest.prefix(Self.largestPiece))
                rest = rest.dropFirst(Self.largestPiece)
            }
            return pieces.map { "\u{1B}P\($0)\u{1B}\\" }.joined()
        }
    }
}
