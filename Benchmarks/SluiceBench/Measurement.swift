// Runs programs and tells what they cost.

import FoundationEssentials
import Glibc

/// What a program's run cost.
struct Measurement {
    var seconds: Double
    var processorSeconds: Double
    /// The most memory it held, in bytes; at least what this program held when it began the run (about 14 MB).
    var peakMemory: Int

    /// Runs `command`, found by `PATH`, with its standard output in the file `output`.
    static func run(_ command: [String], output: String) throws -> Measurement {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let start = ContinuousClock.now
        guard posix_spawnp(&child, command[0], &actions, nil, &words, environ) == 0 else {
            throw BenchmarkError.cannotRun(command[0])
        }
        var status: Int32 = 0
        var usage = rusage()
        wait4(child, &status, 0, &usage)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        guard status == 0 else { throw BenchmarkError.failed(command.joined(separator: " ")) }
        return Measurement(
            seconds: seconds,
            processorSeconds: Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
            peakMemory: usage.ru_maxrss * 1_024)
    }
}

/// Why nothing could be measured.
enum BenchmarkError: Error, CustomStringConvertible {
    case cannotRun(String)
    case failed(String)

    var description: String {
        switch self {
        case .cannotRun(let program):
            "Cannot run \(program). Install it (Debian: apt-get install \(program))."
        case .failed(let command): "“\(command)” failed."
        }
    }
}

/// A folder that is removed at the end of `body`.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/sluice-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// The bytes of the file at `path`.
func fileSize(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
}

/// The middle one of an odd number of values.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// `text` in a column of `width`, at its right edge if `right`.
func column(_ text: String, _ width: Int, right: Bool = true) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
}

/// `value` with `places` decimal places.
func decimal(_ value: Double, _ places: Int) -> String {
    let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
    let scaled = Int((value * Double(unit)).rounded())
    guard places > 0 else { return "\(scaled)" }
    let digits = String(scaled % unit)
    return "\(scaled / unit)." + String(repeating: "0", count: places - digits.count) + digits
}
