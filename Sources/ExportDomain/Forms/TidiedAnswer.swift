// What is taken off an answer when its field is left: blanks, quotes, slashes that mean nothing.
import Languages

extension FormModel.Field {
    /// The answer as it is meant, and what was taken off it in words; nil where it is as it should be.
    ///
    /// Secrets stay as they are: a password may end in a blank.
    public func tidied(_ text: String) -> (text: String, notice: Text)? {
        switch kind {
        case .text, .number, .date, .dateTime: break
        case .secret, .choice, .toggle: return nil
        }
        var result = text.tidied
        var taken = result == text ? [] : [Text("blanks or quotes")]
        // The folder of a bucket has no root above it; that of a server does.
        let slashless = result.trimmingSlashes
        if id == "path", slashless != result, !slashless.isEmpty {
            result = slashless
            taken.append(Text("slashes"))
        }
        if id == "remotePath", result.count > 1, result.hasSuffix("/"), !slashless.isEmpty {
            result = (result.hasPrefix("/") ? "/" : "") + slashless
            taken.append(Text("slashes"))
        }
        return taken.isEmpty ? nil : (result, Text("Took \(Text.all(of: taken)) off the ends of \(label)"))
    }
}
