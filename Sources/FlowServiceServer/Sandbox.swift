// What a server serves: platforms, each under the name of a sandbox.
import Crypto
import ExportDomain
import FlowServiceAPI
import Hexadecimal

/// A platform under the name by which callers ask for it (`x-sandbox-name`).
public struct Sandbox: Sendable {
    /// Its name: lowercase letters, digits and hyphens.
    public let name: String
    /// The platform that answers.
    public let service: any FlowService
    /// What the platform tells of its exports beyond that; nil where it tells nothing.
    public let exports: (any ServedExports)?
    /// What its exports have come to, for whoever watches over the server; nil where it does not count them.
    public let figures: (any MeasuredExports)?

    /// Names a platform.
    ///
    /// - Throws: `ServerError.badSandboxName` for a name that no header can have.
    public init(
        name: String, service: any FlowService, exports: (any ServedExports)? = nil,
        figures: (any MeasuredExports)? = nil
    ) throws(ServerError) {
        guard Self.isName(name) else { throw .badSandboxName(name) }
        self.name = name
        self.service = service
        self.exports = exports
        self.figures = figures
    }

    /// Whether a text can be the name of a sandbox.
    public static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                    || byte == UInt8(ascii: "-")
            }
    }
}

extension Sandbox {
    /// Who the entities of this sandbox say they are from.
    ///
    /// The id of the sandbox is made from the names, so that it stays the same.
    func origin(organizationID: String) -> EntityOrigin {
        let digest = Array(SHA256.hash(data: Array("\(organizationID)/\(name)".utf8)).prefix(16))
        return EntityOrigin(
            organizationID: organizationID, sandboxID: digest.uuidText, sandboxName: name,
            user: "sluice@\(organizationID.split(separator: "@").first ?? "")", client: "sluice")
    }
}

extension [UInt8] {
    /// Sixteen bytes as the text of a UUID of version 8, whose bits mean what the application says (RFC 9562,
    /// section 5.8).
    fileprivate var uuidText: String {
        var bytes = self
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = bytes.hexadecimal
        var text = ""
        for (index, digit) in hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return text
    }
}
