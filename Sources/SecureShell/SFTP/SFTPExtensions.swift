// What a server of SFTP can do beyond version 3 (OpenSSH's PROTOCOL file, section 4).

/// The extensions that a server has, as far as they are of use.
public struct SFTPExtensions: Hashable, Sendable {
    /// A rename can replace a file in one step.
    public var replacesByRename = false
    /// A file can be waited for until it is on the disk.
    public var synchronizes = false
    /// The room on a file system can be asked for.
    public var tellsRoom = false
    /// How large requests may be can be asked for.
    var tellsLimits = false
    /// The most bytes of one read.
    public var readSize = 32_768
    /// The most bytes of one write.
    public var writeSize = 32_768

    init(named names: [String: String]) {
        replacesByRename = names["posix-rename@openssh.com"] != nil
        synchronizes = names["fsync@openssh.com"] != nil
        tellsRoom = names["statvfs@openssh.com"] != nil
        tellsLimits = names["limits@openssh.com"] != nil
    }

    /// Takes the answer to `limits@openssh.com`; a limit of 0 is one that is not told.
    mutating func take(limits bytes: [UInt8]) {
        var reader = PacketReader(bytes[...])
        guard (try? reader.longNumber()) != nil, let read = try? reader.longNumber(),
            let write = try? reader.longNumber()
        else { return }
        let useful: UInt64 = 261_120
        if read > 0 { readSize = Int(min(read, useful)) }
        if write > 0 { writeSize = Int(min(write, useful)) }
    }
}
