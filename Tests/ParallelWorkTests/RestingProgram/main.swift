// A program that has more work waiting than there are cores, all of it blocked, and then rests. It says what came of it:
// how many works had begun while all were blocked, and how often its other threads were woken in two seconds of rest.
import Dispatch
import Glibc

func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        names.append(
            withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            })
    }
    return names
}

/// All threads but this one.
func threads() -> [String] {
    names(in: "/proc/self/task").filter { Int($0) != nil && $0 != String(getpid()) }
}

/// How often all of them were given a processor (the third figure of Linux's `schedstat`).
func wakeUps() -> Int {
    threads().reduce(0) { sum, thread in
        guard let file = fopen("/proc/self/task/\(thread)/schedstat", "r") else { return sum }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return sum }
        let figures = String(cString: line).split(whereSeparator: \.isWhitespace)
        return sum + (figures.last.flatMap { Int($0) } ?? 0)
    }
}

let works = sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 2
let begun = DispatchSemaphore(value: 0)
let end = DispatchSemaphore(value: 0)
for _ in 0..<works {
    DispatchQueue.global().async {
        begun.signal()
        end.wait()
    }
}
for _ in 0..<works { begun.wait() }
print("begun: all")
for _ in 0..<works { end.signal() }
// Dispatch's threads leave when they have waited for work some seconds; the watch and nothing else may stay.
while threads().count > 1 { usleep(100_000) }
sleep(2)
let before = wakeUps()
sleep(2)
print("woken: \(wakeUps() - before)")
