// What the C library can set of a process, and Swift cannot call: functions with variable arguments.
#include <sys/prctl.h>

/// Lets nobody without privileges read the memory of the process: no core dump, no debugger.
static inline int process_hide_memory(void) { return prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L); }
