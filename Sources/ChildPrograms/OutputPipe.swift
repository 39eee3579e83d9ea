// What a program writes, taken without ever waiting for it, and without keeping more than is wanted.
import CProcess
import Glibc

/// A pipe whose reading end is ours; used by one task alone.
final class OutputPipe {
    private let limit: Int
    private let readingEnd: Int32
    private(set) var writingEnd: Int32
    private var kept: [UInt8] = []

    init(limit: Int) throws(ChildProgramError) {
        var ends: [Int32] = [-1, -1]
        guard process_pipe(&ends) == 0 else { throw .cannotStart(path: "a pipe", code: errno) }
        self.limit = limit
        (readingEnd, writingEnd) = (ends[0], ends[1])
        _ = fcntl(readingEnd, F_SETFL, O_NONBLOCK)
    }

    deinit {
        closeWritingEnd()
        close(readingEnd)
    }

    /// Leaves writing to the program.
    func closeWritingEnd() {
        if writingEnd >= 0 { close(writingEnd) }
        writingEnd = -1
    }

    /// Takes what is there, at most some megabytes: whoever writes without end must not keep us here.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        for _ in 0..<64 {
            let count = Glibc.read(readingEnd, &buffer, buffer.count)
            if count <= 0 { return }
            kept += buffer[..<min(count, limit - kept.count)]
        }
    }

    /// All that was kept, with what is still there.
    func bytes() -> [UInt8] {
        read()
        return kept
    }
}
