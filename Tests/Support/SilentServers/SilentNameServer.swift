// A name server that never answers, and threads that ask no other. It needs root: the threads see another
// /etc/resolv.conf than the rest of the machine.

import Glibc
import Synchronization

/// A name server on this machine that takes questions and gives no answers.
public final class SilentNameServer: Sendable {
    private let descriptor: Int32
    private let settings: String

    /// Starts a name server; nil where that is not allowed.
    public init?() {
        guard geteuid() == 0 else { return nil }
        // Any address of this machine's own, so that several may run.
        let address = UInt32(0x7F00_0000) | UInt32.random(in: 0x01_0001...0xFE_FFFE)
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(53).bigEndian
        place.sin_addr.s_addr = in_addr_t(address).bigEndian
        let isBound = withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        let settings = "/tmp/resolv-\(getpid())-\(address).conf"
        let text = (0..<4).reversed().map { "\(address >> (UInt32($0) * 8) & 0xFF)" }.joined(separator: ".")
        guard isBound, let file = fopen(settings, "w") else {
            close(descriptor)
            return nil
        }
        fputs("nameserver \(text)\noptions timeout:20 attempts:3\n", file)
        fclose(file)
        self.descriptor = descriptor
        self.settings = settings
    }

    deinit {
        close(descriptor)
        unlink(settings)
    }

    /// Runs `work` on a thread that asks this name server, as all threads do that it starts; nil where that is
    /// not allowed.
    public func surround<Result: Sendable>(_ work: @escaping @Sendable () -> Result) throws -> Result? {
        let box = ResultBox<Result>()
        let thread = try startThread(isAwaited: true) { [settings] in
            let isPrivate =
                leaveMounts()
                && mount(nil, "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0
                && mount(settings, "/etc/resolv.conf", nil, UInt(MS_BIND), nil) == 0
            guard isPrivate else { return }
            let result = work()
            box.result.withLock { $0 = result }
        }
        pthread_join(thread, nil)
        return box.result.withLock { $0 }
    }

    /// Waits until it has been asked, and forgets the questions.
    public func isAsked() async throws {
        var bytes = [UInt8](repeating: 0, count: 512)
        while recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT)) < 0 {
            try await Task.sleep(for: .milliseconds(2))
        }
        while recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT)) >= 0 {}
    }
}

/// Gives the thread mounts of its own (unshare(2), CLONE_NEWNS), by the function that the module Glibc leaves out.
private func leaveMounts() -> Bool {
    guard let symbol = dlsym(nil, "unshare") else { return false }
    let unshare = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
    return unshare(0x0002_0000) == 0
}

/// What a thread gives back.
private final class ResultBox<Result: Sendable>: Sendable {
    let result = Mutex<Result?>(nil)
}
