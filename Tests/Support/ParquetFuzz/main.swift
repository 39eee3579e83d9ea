// Damages files by the thousand and reads them: every one must be read to the end or refused with a reason, in
// little memory and time. `make fuzz` runs it.
//
//     ParquetFuzz FOLDER MUTATIONS [FIRST SEED]

import Glibc
import ParquetHostility

/// What a small file may take, the process included.
let memoryLimit = 1 << 30
/// What a file may take in seconds.
let timeLimit: UInt32 = 5

/// The mutation at hand, for the signal handlers.
// A handler reads it while nothing else runs.
nonisolated(unsafe) var current: UInt64 = 0

func failing(_ signal: Int32) {
    var digits: [UInt8] = Array("\nfailed by a signal at seed ".utf8)
    digits += Array(String(current).utf8) + [10]
    _ = write(2, digits, digits.count)
    _exit(1)
}

func files(in folder: String) -> [(name: String, bytes: [UInt8])] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [(name: String, bytes: [UInt8])] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard !name.hasPrefix(".") else { continue }
        let path = "\(folder)/\(name)"
        if let bytes = contents(of: path) { found.append((path, bytes)) } else { found += files(in: path) }
    }
    return found.sorted { $0.name < $1.name }
}

func contents(of path: String) -> [UInt8]? {
    guard path.hasSuffix(".parquet"), let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return bytes
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let count = UInt64(arguments[2]) else {
    print("usage: ParquetFuzz FOLDER MUTATIONS [FIRST SEED]")
    exit(2)
}
let first = arguments.count > 3 ? UInt64(arguments[3]) ?? 0 : 0
let corpus = files(in: arguments[1])
guard !corpus.isEmpty else {
    print("no Parquet files in \(arguments[1])")
    exit(2)
}

var limit = rlimit(rlim_cur: rlim_t(memoryLimit), rlim_max: rlim_t(memoryLimit))
setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
for signal in [SIGALRM, SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
    Glibc.signal(signal, failing)
}

let clock = ContinuousClock()
let start = clock.now
var read = 0
var refused = 0
var slowest = (Duration.zero, seed: UInt64(0))
for seed in first..<first + count {
    current = seed
    let file = corpus[Int(seed % UInt64(corpus.count))]
    let other = corpus[Int(seed / UInt64(corpus.count) % UInt64(corpus.count))]
    var mutation = Mutation(seed: seed)
    let bytes = mutation.apply(to: file.bytes, with: other.bytes)
    alarm(timeLimit)
    let began = clock.now
    switch await readEverything(of: MemoryFile(bytes, name: file.name)) {
    case .read: read += 1
    case .refused(let error):
        refused += 1
        if count == 1 { print(error) }
    case .wrong(let how):
        print("wrong at seed \(seed), \(file.name): \(how)")
        exit(1)
    }
    let taken = clock.now - began
    if taken > slowest.0 { slowest = (taken, seed) }
}
alarm(0)

var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
print(
    "\(count) mutations of \(corpus.count) files in \(clock.now - start): \(read) read, \(refused) refused; "
        + "slowest \(slowest.0) (seed \(slowest.seed)); peak memory \(usage.ru_maxrss >> 10) MB")
