// The metrics of this process, under the names that all programs give them.
import FoundationEssentials
import Glibc

enum ProcessMetrics {
    /// What the system tells of this process; what it does not is left out.
    static var families: [MetricFamily] {
        [
            family("process_resident_memory_bytes", "bytes", "Memory of the process.", residentBytes),
            family("process_start_time_seconds", "seconds", "When the process began.", startTime),
        ]
    }

    private static func family(
        _ name: String, _ unit: String, _ help: String, _ value: Double?
    ) -> MetricFamily {
        MetricFamily(
            name: name, kind: .gauge, unit: unit, help: help,
            samples: value.map { [MetricFamily.Sample(value: $0)] } ?? [])
    }

    private static var residentBytes: Double? {
        fields(of: "/proc/self/statm").dropFirst().first.flatMap { Double($0) }.map {
            $0 * Double(sysconf(Int32(_SC_PAGESIZE)))
        }
    }

    /// The start in ticks since the system's, added to that.
    private static var startTime: Double? {
        let lines = text(of: "/proc/stat")?.split(separator: "\n") ?? []
        // What is after the name, which may have spaces and brackets: field 3 first (proc_pid_stat(5)).
        guard let stat = text(of: "/proc/self/stat"), let end = stat.lastIndex(of: ")"),
            let ticks = stat[stat.index(after: end)...].split(separator: " ").dropFirst(19).first.flatMap({
                Double($0)
            }),
            let boot = lines.first(where: { $0.hasPrefix("btime ") }),
            let bootTime = Double(boot.dropFirst(6))
        else { return nil }
        return bootTime + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func text(of path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func fields(of path: String) -> [Substring] {
        text(of: path)?.split(separator: " ") ?? []
    }
}
