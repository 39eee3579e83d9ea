// The two clocks that a platform goes by. One says which day it is, and may be set; the other only goes forward, and
// tells how long something has taken.
import FoundationEssentials
import Glibc

/// The clocks of a platform.
struct Clocks: Sendable {
    /// The time of day, which a person or NTP may set at any moment.
    var now: @Sendable () -> Date
    /// Milliseconds since the machine was started, not counting those in which it slept.
    var uptime: @Sendable () -> Int64

    /// Both at once.
    var instant: Instant { Instant(now: now(), uptime: uptime()) }

    /// What both clocks show.
    struct Instant: Sendable, Hashable {
        var now: Date
        var uptime: Int64
    }

    /// What the machine's own clock shows.
    @Sendable static func machineUptime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
