// Credentials in the wrong field: key pairs in one piece, connection strings, private and public keys, roles.
import Languages

extension FieldsOfForm {
    /// A key in the formats of SSH and OpenSSL.
    func keyText(_ text: String, in key: String) -> MisplacedValue? {
        if text.contains("PRIVATE KEY-----") {
            if key == "sshKey" { return nil }
            let pieces = pieces(["sshKey": text])
            let way = authentication(with: "sshKey")
            return MisplacedValue(
                likeness: Text("a private key"), pieces: pieces,
                advice: pieces.isEmpty ? choose(way, insteadOf: Text("a key")) : nil)
        }
        guard key == "sshKey" else { return nil }
        let isPublic =
            ["ssh-", "ecdsa-sha2-", "sk-", "---- BEGIN SSH2 PUBLIC"].contains(where: text.hasPrefix)
            || text.contains("BEGIN PUBLIC KEY") || text.contains("BEGIN RSA PUBLIC KEY")
        if isPublic {
            return MisplacedValue(
                likeness: Text("a public key"),
                advice: Text("the private one is needed, in the file without .pub"))
        }
        if text.hasPrefix("PuTTY-User-Key-File") {
            return MisplacedValue(
                likeness: Text("a key of PuTTY"),
                advice: Text("convert it with puttygen KEY.ppk -O private-openssh -o KEY"))
        }
        return nil
    }

    /// A connection string of Azure Storage.
    func connectionString(_ text: String, in key: String) -> MisplacedValue? {
        let lower = text.lowercased()
        let isOne =
            ["accountkey=", "sharedaccesssignature="].contains(where: lower.contains)
            && ["accountname=", "blobendpoint="].contains(where: lower.contains)
        guard isOne, key != "connectionString" else { return nil }
        let pieces = pieces(["connectionString": text])
        return MisplacedValue(
            likeness: Text("a connection string of Azure Storage"), pieces: pieces,
            advice: pieces.isEmpty ? wrongKind : nil)
    }

    /// An access key and its secret, in whatever the console, a CSV file or a profile puts round them; or one of
    /// the two where the other belongs.
    func keyPair(_ text: String, in key: String) -> MisplacedValue? {
        guard let pair = KeyPair.all.first(where: { has($0.idKey) }) else { return nil }
        let tokens = text.split { !$0.isASCII || !($0.isLetter || $0.isNumber || "/+".contains($0)) }
        let id = tokens.first(where: pair.isID)
        let secret = tokens.first { $0.utf8.count == 40 && !pair.isID($0) }
        switch (id, secret) {
        case (let id?, let secret?):
            return MisplacedValue(
                likeness: Text("an access key with its secret"),
                pieces: pieces([pair.idKey: String(id), pair.secretKey: String(secret)]))
        case (let id?, nil) where id == text && key != pair.idKey:
            return MisplacedValue(likeness: Text("an access key"), pieces: pieces([pair.idKey: text]))
        case (nil, let secret?) where secret == text && key == pair.idKey:
            return MisplacedValue(likeness: Text("a secret key"), pieces: pieces([pair.secretKey: text]))
        default: return nil
        }
    }

    /// A role of AWS.
    func roleName(_ text: String, in key: String) -> MisplacedValue? {
        guard text.hasPrefix("arn:aws"), text.contains(":iam:"), text.contains(":role/"), key != "s3Role"
        else {
            return nil
        }
        let pieces = pieces(["s3Role": text])
        return MisplacedValue(
            likeness: Text("a role of AWS"), pieces: pieces,
            advice: pieces.isEmpty ? choose(authentication(with: "s3Role"), insteadOf: Text("a role")) : nil)
    }

    var wrongKind: Text { Text("this form is for \(spec.name)") }

    private func choose(_ way: String?, insteadOf what: Text) -> Text {
        way.map { Text("choose “\(Text.known($0))” as authentication") }
            ?? Text("\(spec.name) does not sign in with \(what)")
    }
}

/// An access key and its secret as one kind of destination has them.
private struct KeyPair {
    var idKey: String
    var secretKey: String
    var prefixes: [String]
    var lengths: Set<Int>

    static let all = [
        KeyPair(
            idKey: "s3AccessKey", secretKey: "s3SecretKey", prefixes: ["AKIA", "ASIA"], lengths: [20]),
        KeyPair(
            idKey: "accessKeyId", secretKey: "secretAccessKey", prefixes: ["GOOG"], lengths: [24, 61]),
    ]

    func isID(_ token: Substring) -> Bool {
        lengths.contains(token.utf8.count) && prefixes.contains { token.hasPrefix($0) }
    }
}
