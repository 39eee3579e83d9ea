// Looks again and again at what everybody on the machine can see of a process and its children.

import Foundation

/// A watch over the command lines and environments of a process and what it starts.
public final class ProcessWatch: @unchecked Sendable {
    // The lock guards what follows it.
    private let lock = NSLock()
    private var seen: Set<String> = []
    private var isOver = false
    private let done = DispatchSemaphore(value: 0)

    /// Begins to watch, every so many seconds.
    public init(_ process: pid_t, interval: TimeInterval = 0.002) {
        Thread.detachNewThread { [self] in
            while !lock.withLock({ isOver }) {
                look(at: process)
                Thread.sleep(forTimeInterval: interval)
            }
            done.signal()
        }
    }

    /// Ends the watch; gives every command line and environment that was seen.
    public func end() -> Set<String> {
        lock.withLock { isOver = true }
        done.wait()
        done.signal()
        return lock.withLock { seen }
    }

    private func look(at process: pid_t) {
        for name in ["cmdline", "environ"] {
            if let text = read("/proc/\(process)/\(name)"), !text.isEmpty {
                lock.withLock { _ = seen.insert(text) }
            }
        }
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        for thread in threads {
            let children = read("/proc/\(process)/task/\(thread)/children") ?? ""
            for child in children.split(separator: " ").compactMap({ pid_t($0) }) { look(at: child) }
        }
    }

    private func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 131_072)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
