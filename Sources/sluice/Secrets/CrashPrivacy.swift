// Secrets are in the memory of the process while they are used. Whatever ends it, none of that memory is written
// anywhere.
import CProcess
import Glibc

enum CrashPrivacy {
    /// The signals at which Swift's runtime writes a backtrace, with registers and the bytes that they point at.
    private static let crashes = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

    /// Sees to it that a crash ends the process, and tells its signal and nothing else.
    ///
    /// Called before anything else: the runtime has set its handlers before `main`, by variables that come from
    /// outside.
    static func keep() {
        for crash in crashes { signal(crash, SIG_DFL) }
        var nothing = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &nothing)
        // A core dump that goes to another program does not heed that limit.
        _ = process_hide_memory()
    }
}
