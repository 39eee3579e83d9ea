// What a server says of a file: the ATTRS of SFTP version 3 (draft-ietf-secsh-filexfer-02, section 5).

/// Size, kind and times of a file, as far as the server names them.
public struct SFTPAttributes: Hashable, Sendable {
    /// What lies under a name.
    public enum Kind: Hashable, Sendable {
        case file, folder, link, other
        /// The server does not say.
        case unknown
    }

    /// The size in bytes.
    public var size: UInt64?
    /// Kind and rights, as POSIX has them in `st_mode`.
    public var permissions: UInt32?
    /// The time of the last change, in seconds since 1970.
    public var modified: UInt32?

    /// Attributes of which nothing is said.
    public init(size: UInt64? = nil, permissions: UInt32? = nil, modified: UInt32? = nil) {
        self.size = size
        self.permissions = permissions
        self.modified = modified
    }

    /// What lies there, by the type bits of `permissions`.
    public var kind: Kind {
        switch permissions.map({ $0 & 0o170000 }) {
        case 0o100000: .file
        case 0o040000: .folder
        case 0o120000: .link
        case nil, 0: .unknown
        default: .other
        }
    }
}

extension SFTPAttributes {
    private enum Flag {
        static let size: UInt32 = 0x1
        static let owner: UInt32 = 0x2
        static let permissions: UInt32 = 0x4
        static let times: UInt32 = 0x8
        static let extended: UInt32 = 0x8000_0000
    }

    init(from reader: inout PacketReader) throws(PacketReader.Truncated) {
        let flags = try reader.number()
        if flags & Flag.size != 0 { size = try reader.longNumber() }
        if flags & Flag.owner != 0 { _ = try reader.longNumber() }
        if flags & Flag.permissions != 0 { permissions = try reader.number() }
        if flags & Flag.times != 0 {
            _ = try reader.number()
            modified = try reader.number()
        }
        guard flags & Flag.extended != 0 else { return }
        for _ in 0..<(try reader.number()) {
            _ = try reader.string()
            _ = try reader.string()
        }
    }

    func write(to writer: inout PacketWriter) {
        writer.write(
            (size == nil ? 0 : Flag.size) | (permissions == nil ? 0 : Flag.permissions)
                | (modified == nil ? 0 : Flag.times))
        if let size { writer.write(size) }
        if let permissions { writer.write(permissions) }
        if let modified {
            writer.write(modified)
            writer.write(modified)
        }
    }
}
