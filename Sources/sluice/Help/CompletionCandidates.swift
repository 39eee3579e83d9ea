// Names as candidates of a completion. Whoever may name a dataset or a flow must not say what a shell does at a press
// of Tab, and each shell reads candidates in its own way.
import ArgumentParser

extension CompletionShell {
    /// Names as the shell that asks takes them for what they are; without those that no line can hold.
    static func candidates(_ names: [String]) -> [String] {
        let shell = requesting
        return names.filter { !$0.unicodeScalars.contains(where: \.breaksLine) }
            .map { shell?.literal($0) ?? $0 }
    }

    private func literal(_ name: String) -> String {
        switch self {
        // The script of bash has each candidate expanded (compgen -W), commands in it too.
        case .bash: "'" + name.replacing("'", with: "'\\''") + "'"
        // That of zsh takes what stands behind a colon for a description (_describe).
        case .zsh: name.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
        default: name
        }
    }
}

extension Unicode.Scalar {
    fileprivate var breaksLine: Bool {
        properties.generalCategory == .control || self == "\u{2028}" || self == "\u{2029}"
    }
}
