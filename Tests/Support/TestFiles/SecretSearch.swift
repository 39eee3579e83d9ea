// Looks for secrets wherever a program may have left them: in files, on screens, in what it wrote, in the list of
// processes. It knows secrets as text only, and repeats none.

import Foundation

/// A search for secrets, in every form in which they may turn up.
public struct SecretSearch: Sendable {
    private let needles: [(form: String, bytes: Data)]

    /// Searches for `secrets` as they are, percent-encoded, with slashes escaped as in JSON, in base64, and inside
    /// something longer that is in base64.
    public init(_ secrets: [String]) {
        needles = secrets.filter { !$0.isEmpty }.flatMap(Self.forms)
    }

    private static func forms(of secret: String) -> [(form: String, bytes: Data)] {
        var forms = ["as it is": secret]
        var unreserved = CharacterSet.alphanumerics
        unreserved.insert(charactersIn: "-._~")
        forms["percent-encoded"] = secret.addingPercentEncoding(withAllowedCharacters: unreserved)
        forms["escaped"] = secret.replacingOccurrences(of: "/", with: #"\/"#)
        // Three bytes are four characters: those that hold nothing of what stands before or after are the same.
        for offset in 0..<3 {
            let bytes = Data(repeating: 0, count: offset) + Data(secret.utf8)
            let whole = bytes.prefix(bytes.count / 3 * 3).base64EncodedString()
            let inner = String(whole.dropFirst(offset == 0 ? 0 : 4))
            forms["in base64, \(offset)"] = inner
            forms["in base64url, \(offset)"] = inner.replacingOccurrences(of: "+", with: "-")
                .replacingOccurrences(of: "/", with: "_")
        }
        return forms.filter { $0.value.utf8.count >= 6 }.map { ($0.key, Data($0.value.utf8)) }
    }

    /// In which forms some bytes hold a secret.
    public func forms(in bytes: Data) -> [String] {
        needles.filter { bytes.range(of: $0.bytes) != nil }.map(\.form).sorted()
    }

    /// In which forms a text holds a secret, also where it goes on in the next line.
    public func forms(in text: String) -> [String] {
        let joined = text.split(whereSeparator: \.isNewline).map {
            $0.trimmingCharacters(in: .whitespaces)
        }.joined()
        return forms(in: Data(text.utf8) + [0] + Data(joined.utf8))
    }

    /// The files and names below a folder that hold a secret, with the form.
    public func traces(below folder: String) -> [String] {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return [] }
        return names.flatMap { name in
            let content = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
            return forms(in: content + Data(name.utf8)).map { "\(name): \($0)" }
        }
    }
}
