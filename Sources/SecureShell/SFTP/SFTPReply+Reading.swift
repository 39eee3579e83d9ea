// Takes from an answer what the question was about, or throws what the server said instead.
import Languages

extension SFTPReply {
    /// The handle of what was opened; throws `SFTPStatus`, or `SSHError` for an answer of another kind.
    public func handle() throws -> [UInt8] {
        guard case .handle(let handle) = self else { throw unexpected }
        return handle
    }

    /// The attributes that were asked for.
    public func attributes() throws -> SFTPAttributes {
        guard case .attributes(let attributes) = self else { throw unexpected }
        return attributes
    }

    /// The bytes that were read; nil at the end of the file.
    public func data() throws -> [UInt8]? {
        switch self {
        case .data(let bytes): return bytes
        case .status(let status) where status.code == .endOfFile: return nil
        default: throw unexpected
        }
    }

    /// Some of the names in a folder; nil when there are no more.
    public func names() throws -> [SFTPName]? {
        switch self {
        case .names(let names): return names
        case .status(let status) where status.code == .endOfFile: return nil
        default: throw unexpected
        }
    }

    /// The bytes that are free, of the answer to `SFTPRequest.room`.
    public func room() throws -> UInt64 {
        guard case .extended(let bytes) = self else { throw unexpected }
        do throws(PacketReader.Truncated) {
            var reader = PacketReader(bytes[...])
            _ = try reader.longNumber()
            let blockSize = try reader.longNumber()
            _ = try reader.longNumber()
            _ = try reader.longNumber()
            return blockSize.multipliedReportingOverflow(by: try reader.longNumber()).partialValue
        } catch {
            throw SSHError.invalidAnswer(Text("the answer on the room of a file system ends too early"))
        }
    }

    /// Whether it was done.
    public func done() throws {
        guard case .status(let status) = self, status.code == .ok else { throw unexpected }
    }

    private var unexpected: any Error {
        guard case .status(let status) = self, status.code != .ok else {
            return SSHError.invalidAnswer(Text("an answer of SFTP is of another kind than its question"))
        }
        return status
    }
}
