// The settings of the C library's heap that keep the memory of parallel work small and its threads apart.

import CMalloc
import Glibc

/// The heap of this process (glibc, `mallopt`).
public enum Heap {
    /// Suits the heap to parallel work on buffers; to be called before any thread is started.
    ///
    /// What one thread allocates here another frees. With an arena for each thread, as is the default, all arenas
    /// grow to the most that one of them ever held, the more the longer it goes on; with a single one many threads
    /// would wait for each other, but not two.
    public static func suitParallelWork() {
        mallopt(M_ARENA_MAX, sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 2 ? 2 : 1)
        // Large buffers, such as the parts of an upload, go back to the system as soon as they are free…
        mallopt(M_MMAP_THRESHOLD, 4 << 20)
        // …and smaller ones are kept, instead of being asked for and given back again and again.
        mallopt(M_TRIM_THRESHOLD, 64 << 20)
    }
}
