#include "system_call_faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* What a call that is not let through ends with; 0 where it is. */
typedef int Refusal;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long fault_step;
static Refusal fault_error; /* 0: the program is killed */
static int log_file = -1;
static long steps;
static int last_written = -1;

__attribute__((constructor)) static void begin(void) {
    const char *step = getenv("FAULT_STEP"), *kind = getenv("FAULT_KIND"), *log = getenv("FAULT_LOG");
    fault_step = step ? atol(step) : 0;
    if (kind && !strcmp(kind, "full")) fault_error = ENOSPC;
    if (kind && !strcmp(kind, "broken")) fault_error = EIO;
    if (log) log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static const char *last_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Takes note of a step, and makes the fault where it is to be. */
static Refusal step(const char *call, const char *path, int descriptor, int is_writing, int needs_room) {
    int error = errno;
    Refusal refusal = 0;
    pthread_mutex_lock(&lock);
    if (!is_writing || descriptor != last_written) {
        steps += 1;
        if (log_file >= 0) {
            char line[512], link[64], name[400];
            if (!path) {
                snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
                ssize_t length = readlink(link, name, sizeof name - 1);
                name[length > 0 ? length : 0] = 0;
                path = name;
            }
            int length = snprintf(line, sizeof line, "%s %s\n", call, last_name(path));
            syscall(SYS_write, log_file, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
        }
        if (fault_step && steps == fault_step && !fault_error) {
            syscall(SYS_kill, getpid(), SIGKILL);
            for (;;) pause();
        }
    }
    last_written = is_writing ? descriptor : -1;
    if (fault_step && fault_error && needs_room && steps >= fault_step) refusal = fault_error;
    pthread_mutex_unlock(&lock);
    errno = error;
    return refusal;
}

static int is_kind(int descriptor, mode_t kind) {
    struct stat status;
    int error = errno;
    int is = descriptor > STDERR_FILENO && fstat(descriptor, &status) == 0 && (status.st_mode & S_IFMT) == kind;
    errno = error;
    return is;
}

/* The next definition of the function, that of the C library. */
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define REFUSING(result, ...) \
    do { \
        Refusal refusal = step(__VA_ARGS__); \
        if (refusal) { \
            errno = refusal; \
            return result; \
        } \
    } while (0)

/* Writing. */

#define WRITING(name, parameters, arguments) \
    ssize_t name parameters { \
        REAL(name); \
        if (is_kind(fd, S_IFREG)) REFUSING(-1, "write", NULL, fd, 1, 1); \
        else if (is_kind(fd, S_IFSOCK)) step("send", NULL, fd, 1, 0); \
        return real arguments; \
    }

WRITING(write, (int fd, const void *bytes, size_t count), (fd, bytes, count))
WRITING(writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
WRITING(pwrite, (int fd, const void *bytes, size_t count, off_t offset), (fd, bytes, count, offset))
WRITING(pwrite64, (int fd, const void *bytes, size_t count, off64_t offset), (fd, bytes, count, offset))
WRITING(send, (int fd, const void *bytes, size_t count, int flags), (fd, bytes, count, flags))
WRITING(sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))

/* Making durable, and changing sizes. */

#define CHANGING(name, parameters, arguments, word, room) \
    int name parameters { \
        REAL(name); \
        REFUSING(-1, word, NULL, fd, 0, room); \
        return real arguments; \
    }

CHANGING(fsync, (int fd), (fd), "sync", 1)
CHANGING(fdatasync, (int fd), (fd), "sync", 1)
CHANGING(ftruncate, (int fd, off_t size), (fd, size), "truncate", 0)
CHANGING(ftruncate64, (int fd, off64_t size), (fd, size), "truncate", 0)

/* Names. */

#define NAMING(name, parameters, arguments, word, path, room) \
    int name parameters { \
        REAL(name); \
        REFUSING(-1, word, path, -1, 0, room); \
        return real arguments; \
    }

NAMING(rename, (const char *from, const char *to), (from, to), "rename", to, 1)
NAMING(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), "rename", to, 1)
NAMING(link, (const char *from, const char *to), (from, to), "link", to, 1)
NAMING(linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), "link", to, 1)
NAMING(unlink, (const char *path), (path), "unlink", path, 0)
NAMING(unlinkat, (int folder, const char *path, int flags), (folder, path, flags), "unlink", path, 0)
NAMING(rmdir, (const char *path), (path), "unlink", path, 0)
NAMING(mkdir, (const char *path, mode_t mode), (path, mode), "mkdir", path, 1)
NAMING(mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), "mkdir", path, 1)

/* Opening, where it may make a file. */

#define OPENING(name, parameters, arguments) \
    int name parameters { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & O_CREAT) { \
            va_list list; \
            va_start(list, flags); \
            mode = va_arg(list, mode_t); \
            va_end(list); \
            REFUSING(-1, "create", path, -1, 0, 1); \
        } \
        return real arguments; \
    }

OPENING(open, (const char *path, int flags, ...), (path, flags, mode))
OPENING(open64, (const char *path, int flags, ...), (path, flags, mode))
OPENING(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPENING(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
