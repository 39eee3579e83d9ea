// The address space that a supervisor or `ulimit -v` leaves to the process.
import Glibc
import Languages

/// The address space of the process.
enum AddressSpace {
    /// What is needed beside that which is mapped at the start, in bytes: for threads, of which there are the more the
    /// more processors there are, and each of which has eight megabytes for its stack, and for buffers.
    private static var needed: Int { (80 + 8 * (8 + sysconf(Int32(_SC_NPROCESSORS_ONLN)))) << 20 }

    /// Refuses to begin where there is too little.
    ///
    /// Found out later it would be found out by nobody: where no thread can be made, the libraries below wait for one
    /// without end.
    /// - Throws: `Failure`.
    static func check() throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        // No limit is the greatest number that there is.
        if limit.rlim_cur >= 1 << 40 { return }
        let needed = needed
        let room = mmap(nil, needed, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        if let room, room != MAP_FAILED {
            munmap(room, needed)
            return
        }
        throw Failure(
            Text(
                "This process may have \(limit.rlim_cur >> 20) MB of address space, which is too little: \(needed >> 20) MB more than the program itself has are needed. Raise the limit (ulimit -v, or LimitAS= of a systemd unit)."
            )
        )
    }
}
