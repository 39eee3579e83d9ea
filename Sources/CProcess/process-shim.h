// What the C library can set of a process, and Swift cannot call: functions with variable arguments, and GNU's.
// GNU's own functions are declared here, as they are hidden from whoever does not ask for all of them.
#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>

extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
extern int pipe2(int [2], int);

/// Lets nobody without privileges read the memory of the process: no core dump, no debugger.
static inline int process_hide_memory(void) { return prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L); }

/// Has a program that is started inherit no descriptor from this one on.
static inline int process_close_from(posix_spawn_file_actions_t *actions, int descriptor) {
    return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}

/// The flag (POSIX_SPAWN_SETSID) by which a program that is started gets a session of its own, which has no terminal.
static inline short process_own_session(void) { return 0x80; }

/// Makes a pipe that no other program inherits.
static inline int process_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }
