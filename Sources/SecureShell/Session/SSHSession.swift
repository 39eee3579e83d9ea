// A session of libssh, from the handshake to an SFTP channel. Used by one thread, which may wait; nothing
// here knows Swift's tasks.

import CDeferredLibraries
import CLibSSH
import Glibc
import Languages

/// A connection to a server on which libssh speaks SSH.
final class SSHSession {
    let pointer: ssh_session
    private var channel: ssh_channel?
    private let descriptor: Int32
    /// Whether libssh has the socket.
    private var hasBegun = false
    let waiting: Waiting
    let timeout: Duration

    /// Prepares a session on a connected socket.
    init(
        on socket: consuming ServerSocket, _ configuration: SSHConfiguration, knownKeys: [KnownHostKey],
        _ waiting: Waiting
    ) throws(SSHError) {
        if let problem = deferred_library_problem(LIBSSH) {
            throw .libraryMissing(String(cString: problem))
        }
        guard let pointer = ssh_new() else { throw .handshakeFailed("no memory") }
        self.pointer = pointer
        descriptor = socket.handOver()
        self.waiting = waiting
        timeout = configuration.connectTimeout
        set(SSH_OPTIONS_HOST, configuration.host)
        set(SSH_OPTIONS_USER, configuration.username)
        set(SSH_OPTIONS_HOSTKEYS, Self.hostKeyAlgorithms(knownKeys.map(\.key.algorithm)))
        // The ciphers that processors have instructions for come first: they cost both sides least.
        set(SSH_OPTIONS_CIPHERS_C_S, Self.ciphers)
        set(SSH_OPTIONS_CIPHERS_S_C, Self.ciphers)
        // What a destination says holds, not what ~/.ssh/config makes of it.
        var no = false
        ssh_options_set(pointer, SSH_OPTIONS_PROCESS_CONFIG, &no)
        ssh_set_blocking(pointer, 0)
    }

    deinit {
        if let channel { ssh_channel_free(channel) }
        // libssh closes a socket that it was given when it fails, and at no other time.
        let open = hasBegun ? ssh_get_fd(pointer) : descriptor
        ssh_disconnect(pointer)
        ssh_free(pointer)
        if open >= 0 { close(open) }
    }

    private static let ciphers =
        "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,"
        + "aes256-ctr,aes192-ctr,aes128-ctr"

    /// Those of the known keys first, so that the server shows one that can be compared.
    static func hostKeyAlgorithms(_ known: [String]) -> String {
        let all = [
            "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
            "rsa-sha2-512", "rsa-sha2-256",
        ]
        let preferred = all.filter { known.contains($0.hasPrefix("rsa") ? "ssh-rsa" : $0) }
        return (preferred + all.filter { !preferred.contains($0) }).joined(separator: ",")
    }

    func set(_ option: ssh_options_e, _ text: String) {
        _ = text.withCString { ssh_options_set(pointer, option, $0) }
    }

    /// The last error in libssh's words.
    var words: String { String(cString: ssh_get_error(UnsafeMutableRawPointer(pointer))) }

    /// Whether the socket is still connected.
    var isConnected: Bool { ssh_is_connected(pointer) != 0 }

    /// Agrees on keys and ciphers with the server.
    func handshake() throws {
        var descriptor = descriptor
        ssh_options_set(pointer, SSH_OPTIONS_FD, &descriptor)
        hasBegun = true
        let result = try waitingForServer(again: SSH_AGAIN) { ssh_connect(pointer) }
        guard result == SSH_OK else {
            // A server that is full hangs up before it has said a word.
            if words.contains("Socket error") || words.contains("Connection") || !isConnected {
                throw SSHError.interrupted(.verbatim(words))
            }
            throw SSHError.handshakeFailed(words)
        }
    }

    /// The key by which the server has proved who it is.
    func serverKey() throws(SSHError) -> SSHPublicKey {
        var key: ssh_key?
        guard ssh_get_server_publickey(pointer, &key) == SSH_OK, let key else {
            throw .handshakeFailed(words)
        }
        defer { ssh_key_free(key) }
        return try SSHPublicKey(key)
    }

    /// Opens the channel on which SFTP is spoken.
    func openSFTP() throws -> ssh_channel {
        guard let channel = ssh_channel_new(pointer) else { throw SSHError.noSFTP(Text("no memory")) }
        self.channel = channel
        guard try waitingForServer(again: SSH_AGAIN, { ssh_channel_open_session(channel) }) == SSH_OK else {
            throw isConnected
                ? SSHError.interrupted(.verbatim(words)) : .interrupted(Text("the server hung up"))
        }
        guard try waitingForServer(again: SSH_AGAIN, { ssh_channel_request_sftp(channel) }) == SSH_OK else {
            throw isConnected ? SSHError.noSFTP(.verbatim(words)) : .interrupted(Text("the server hung up"))
        }
        return channel
    }

    /// Repeats a call of libssh until it has all it needs from the server.
    func waitingForServer(again: Int32, _ call: () -> Int32) throws -> Int32 {
        let deadline = ContinuousClock.now + timeout
        while true {
            let result = call()
            guard result == again else { return result }
            let isWriting = ssh_get_poll_flags(pointer) & SSH_WRITE_PENDING != 0
            let events = POLLIN | (isWriting ? POLLOUT : 0)
            guard try waiting.wait(for: ssh_get_fd(pointer), Int32(events), until: deadline) else {
                throw SSHError.timedOut(timeout)
            }
        }
    }
}

extension SSHPublicKey {
    /// The public half of a key of libssh.
    init(_ key: ssh_key) throws(SSHError) {
        var text: UnsafeMutablePointer<CChar>?
        guard ssh_pki_export_pubkey_base64(key, &text) == SSH_OK, let text else {
            throw .handshakeFailed("the key cannot be read")
        }
        defer { ssh_string_free_char(text) }
        guard let key = SSHPublicKey(base64: String(cString: text)) else {
            throw .handshakeFailed("the key cannot be read")
        }
        self = key
    }
}
