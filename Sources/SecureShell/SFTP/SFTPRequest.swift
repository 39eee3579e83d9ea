// What a client of SFTP version 3 asks (draft-ietf-secsh-filexfer-02, section 6), and how it is written.

/// A request, without the number that the connection gives it.
public enum SFTPRequest: Sendable {
    /// Opens a file; `permissions` are those of one that is made.
    case open(path: String, OpenFlags, permissions: UInt32?)
    case close(handle: [UInt8])
    case read(handle: [UInt8], offset: UInt64, count: UInt32)
    case write(handle: [UInt8], offset: UInt64, bytes: ArraySlice<UInt8>)
    /// What lies under a name itself, even if it is a link.
    case lstat(path: String)
    /// What lies under a name, links followed.
    case stat(path: String)
    case fstat(handle: [UInt8])
    case openFolder(path: String)
    case readFolder(handle: [UInt8])
    case remove(path: String)
    case makeFolder(path: String)
    case removeFolder(path: String)
    case realPath(path: String)
    /// By the standard it fails where `to` exists.
    case rename(from: String, to: String)
    /// `posix-rename@openssh.com`: replaces `to` in one step.
    case posixRename(from: String, to: String)
    /// `fsync@openssh.com`: answers when the file is on the disk.
    case synchronize(handle: [UInt8])
    /// `statvfs@openssh.com`: the room on the file system of `path`.
    case room(path: String)
    /// `limits@openssh.com`: how large requests may be.
    case limits

    /// How a file is opened.
    public struct OpenFlags: OptionSet, Hashable, Sendable {
        /// The bits on the wire.
        public let rawValue: UInt32

        /// Flags of these bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// For reading.
        public static let read = OpenFlags(rawValue: 0x01)
        /// For writing.
        public static let write = OpenFlags(rawValue: 0x02)
        /// Made if it is not there.
        public static let create = OpenFlags(rawValue: 0x08)
        /// Emptied.
        public static let truncate = OpenFlags(rawValue: 0x10)
        /// Refused if it is there.
        public static let exclusive = OpenFlags(rawValue: 0x20)
    }

    /// The packet in which a client says which version it speaks; it has no number.
    static var initialization: [UInt8] {
        var writer = PacketWriter(type: 1)
        writer.write(3 as UInt32)
        return writer.finished()
    }

    /// As much as OpenSSH's server takes in one packet of SSH, with what libssh puts before it.
    private static let firstPiece = 32_768 - 10

    /// The request as a packet, its length first, in pieces that follow one another.
    ///
    /// Of the bytes of a large write only those in the first piece are copied.
    func pieces(id: UInt32) -> [ArraySlice<UInt8>] {
        var writer = PacketWriter(type: type, room: room)
        var rest: ArraySlice<UInt8> = []
        writer.write(id)
        switch self {
        case .open(let path, let flags, let permissions):
            writer.write(path)
            writer.write(flags.rawValue)
            SFTPAttributes(permissions: permissions).write(to: &writer)
        case .close(let handle), .fstat(let handle), .readFolder(let handle):
            writer.write(handle)
        case .read(let handle, let offset, let count):
            writer.write(handle)
            writer.write(offset)
            writer.write(count)
        case .write(let handle, let offset, let bytes):
            writer.write(handle)
            writer.write(offset)
            writer.write(UInt32(bytes.count))
            let first = bytes.prefix(max(0, Self.firstPiece - writer.bytes.count))
            writer.append(first)
            rest = bytes.dropFirst(first.count)
        case .lstat(let path), .stat(let path), .openFolder(let path), .remove(let path),
            .removeFolder(let path), .realPath(let path):
            writer.write(path)
        case .makeFolder(let path):
            writer.write(path)
            SFTPAttributes().write(to: &writer)
        case .rename(let from, let to):
            writer.write(from)
            writer.write(to)
        case .posixRename(let from, let to):
            writer.write("posix-rename@openssh.com")
            writer.write(from)
            writer.write(to)
        case .synchronize(let handle):
            writer.write("fsync@openssh.com")
            writer.write(handle)
        case .room(let path):
            writer.write("statvfs@openssh.com")
            writer.write(path)
        case .limits:
            writer.write("limits@openssh.com")
        }
        let first = writer.finished(before: rest.count)[...]
        return rest.isEmpty ? [first] : [first, rest]
    }

    private var type: UInt8 {
        switch self {
        case .open: 3
        case .close: 4
        case .read: 5
        case .write: 6
        case .lstat: 7
        case .fstat: 8
        case .openFolder: 11
        case .readFolder: 12
        case .remove: 13
        case .makeFolder: 14
        case .removeFolder: 15
        case .realPath: 16
        case .stat: 17
        case .rename: 18
        case .posixRename, .synchronize, .room, .limits: 200
        }
    }

    private var room: Int {
        guard case .write(let handle, _, let bytes) = self else { return 128 }
        return min(bytes.count + handle.count + 24, Self.firstPiece)
    }
}
