// Which process this is, so that others can tell whether it still lives, and how to tell it of others.
import FoundationEssentials
import Glibc

/// A process: host, boot, process id and start.
///
/// An id alone is given again to another process.
struct ProcessIdentity: Sendable, Hashable {
    let host: String
    let boot: String
    let id: Int32
    let start: String

    /// This process.
    static let current = ProcessIdentity(
        host: ProcessInfo.processInfo.hostName, boot: currentBoot, id: getpid(),
        start: startTime(of: getpid()) ?? "")

    /// Whether the process is known to have ended; false where nothing can be known of it, as on
    /// another host.
    var isGone: Bool {
        guard host == Self.current.host, !start.isEmpty else { return false }
        if boot != Self.currentBoot { return true }
        if let found = Self.startTime(of: id) { return found != start }
        // Where /proc is mounted so that it hides processes, the one may be there all the same.
        return kill(id, 0) != 0 && errno == ESRCH
    }

    /// Whether the process counts the time since the machine's start as this one does.
    var sharesUptime: Bool { !boot.isEmpty && boot == Self.currentBoot }

    /// For how many milliseconds it has not been heard of.
    ///
    /// - Parameters:
    ///   - moment: when it was, as it wrote it down: milliseconds since 1970, and since its machine's start where it is
    ///     known.
    ///   - instant: now.
    func silence(since moment: (time: Int64, uptime: Int64?), at instant: Clocks.Instant) -> Int64 {
        guard sharesUptime, let uptime = moment.uptime else {
            return instant.now.milliseconds - moment.time
        }
        return instant.uptime - uptime
    }

    /// The process as text.
    var text: String { "\(host) \(boot) \(id) \(start)" }

    /// Reads a process from the beginning of a text; nil where it is not one.
    init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count >= 4, let id = Int32(words[2]) else { return nil }
        self.init(host: String(words[0]), boot: String(words[1]), id: id, start: String(words[3]))
    }

    private init(host: String, boot: String, id: Int32, start: String) {
        self.host = host
        self.boot = boot
        self.id = id
        self.start = start
    }

    private static let currentBoot = contents(of: "/proc/sys/kernel/random/boot_id") ?? ""

    /// When a process started, in clock ticks since the boot: field 22 of `/proc/PID/stat` (proc(5)).
    ///
    /// The second field is the command in parentheses, which may hold anything.
    private static func startTime(of id: Int32) -> String? {
        guard let stat = contents(of: "/proc/\(id)/stat"), let end = stat.lastIndex(of: ")") else {
            return nil
        }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }

    private static func contents(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer.prefix(count), as: UTF8.self).split(separator: "\n").first.map(
            String.init)
    }
}
