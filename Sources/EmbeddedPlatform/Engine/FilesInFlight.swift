// How many files of a run are on their way at the same time: as many as the storage gains by, and no more than the
// memory for their parts allows.

import ExportDomain

/// The bounds for files that are written at the same time.
struct FilesInFlight: Sendable {
    /// The most files at a time.
    let most: Int
    /// The most bytes that the parts of all of them may take, unless one alone takes more.
    let memory: Int

    /// - Parameters:
    ///   - gainful: so many files the storage gains by.
    ///   - chosen: so many a person wants at the most, and has memory for; nil where nobody said so.
    init(gainful: Int, chosen: FilesAtATime? = nil) {
        most = chosen?.value ?? gainful
        memory = max(160 << 20, (chosen?.value ?? 0) * Self.memory(forSize: 0))
    }

    /// Whether one more file may begin.
    /// - Parameters:
    ///   - size: its size, as far as it is known, in bytes.
    ///   - underWay: the sizes of those that are on their way.
    func allowsOneMore(ofSize size: Int, beside underWay: [Int]) -> Bool {
        if underWay.isEmpty { return true }
        let taken = underWay.reduce(Self.memory(forSize: size)) { $0 + Self.memory(forSize: $1) }
        return underWay.count < most && taken <= memory
    }

    /// What a file may take while it is sent: five parts, which grow with it.
    ///
    /// The storages begin with parts of 8 MB and double them now and then, so that no limit on the number of parts is
    /// met; a body of which the size is not known cannot begin with the size that would do for all of it.
    static func memory(forSize size: Int) -> Int {
        switch size >> 30 {
        case 0..<4: 40 << 20
        case 4..<12: 80 << 20
        case 12..<28: 160 << 20
        default: 256 << 20
        }
    }
}
