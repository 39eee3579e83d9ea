// What a server of SFTP version 3 answers (draft-ietf-secsh-filexfer-02, section 7), and how it is read.
import Languages

/// An answer to a request.
public enum SFTPReply: Hashable, Sendable {
    /// Done, or why not.
    case status(SFTPStatus)
    case handle([UInt8])
    case data([UInt8])
    case names([SFTPName])
    case attributes(SFTPAttributes)
    /// The answer to an extension's request, in the extension's own form.
    case extended([UInt8])
}

/// How a request ended.
public struct SFTPStatus: Error, Hashable, Sendable {
    /// The codes that a storage tells apart; version 3 has up to 8, and some servers send those of later ones.
    public enum Code: Hashable, Sendable {
        case ok, endOfFile, noSuchFile, permissionDenied, failure, badMessage, noConnection, connectionLost
        case unsupported
        case noSpace, quotaExceeded, readOnly, alreadyExists
        case other(UInt32)
    }

    /// The code.
    public var code: Code
    /// The server's words.
    public var message: String

    /// How a request ended.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }
}

/// An entry of a folder.
public struct SFTPName: Hashable, Sendable {
    /// The name; nil if it is not UTF-8.
    public var name: String?
    /// What lies under it.
    public var attributes: SFTPAttributes
}

/// A packet of a server.
enum SFTPPacket: Hashable, Sendable {
    /// The first: the version, and the extensions by name.
    case version(UInt32, extensions: [String: String])
    /// Every other.
    case reply(id: UInt32, SFTPReply)

    /// Reads a packet without its length; throws `SSHError.invalidAnswer`.
    init(_ bytes: ArraySlice<UInt8>) throws(SSHError) {
        do throws(PacketReader.Truncated) {
            var reader = PacketReader(bytes)
            let type = try reader.byte()
            if type == 2 {
                self = try Self.version(from: &reader)
                return
            }
            let id = try reader.number()
            switch type {
            case 101:
                let code = SFTPStatus.Code(rawValue: try reader.number())
                // Servers of the first versions send no words.
                let message = reader.isAtEnd ? "" : try reader.text()
                self = .reply(id: id, .status(SFTPStatus(code: code, message: message)))
            case 102: self = .reply(id: id, .handle(Array(try reader.string())))
            case 103: self = .reply(id: id, .data(Array(try reader.string())))
            case 104: self = .reply(id: id, .names(try Self.names(from: &reader)))
            case 105: self = .reply(id: id, .attributes(try SFTPAttributes(from: &reader)))
            case 201: self = .reply(id: id, .extended(Array(bytes.dropFirst(5))))
            default: self = .reply(id: id, .status(SFTPStatus(code: .badMessage, message: "type \(type)")))
            }
        } catch {
            throw .invalidAnswer(Text("a packet of SFTP ends too early"))
        }
    }

    private static func version(from reader: inout PacketReader) throws(PacketReader.Truncated) -> Self {
        let version = try reader.number()
        var extensions: [String: String] = [:]
        while !reader.isAtEnd {
            let name = try reader.text()
            extensions[name] = try reader.text()
        }
        return .version(version, extensions: extensions)
    }

    private static func names(
        from reader: inout PacketReader
    ) throws(PacketReader.Truncated) -> [SFTPName] {
        var names: [SFTPName] = []
        for _ in 0..<(try reader.number()) {
            let name = String(validating: try reader.string(), as: UTF8.self)
            _ = try reader.string()
            names.append(SFTPName(name: name, attributes: try SFTPAttributes(from: &reader)))
        }
        return names
    }
}

extension SFTPStatus.Code {
    init(rawValue: UInt32) {
        self =
            switch rawValue {
            case 0: .ok
            case 1: .endOfFile
            case 2, 10: .noSuchFile
            case 3: .permissionDenied
            case 4: .failure
            case 5: .badMessage
            case 6: .noConnection
            case 7: .connectionLost
            case 8: .unsupported
            case 11: .alreadyExists
            case 12: .readOnly
            case 14: .noSpace
            case 15: .quotaExceeded
            default: .other(rawValue)
            }
    }
}
