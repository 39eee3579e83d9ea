// Libraries that are loaded when a function of theirs is first called, and not when the program starts: libcurl and
// libssh bring forty others with them, and who looks at the wizard's first screen waits for none of these.
#ifndef DEFERRED_LIBRARIES_H
#define DEFERRED_LIBRARIES_H

#define LIBCURL "libcurl.so.4"
#define LIBSSH "libssh.so.4"

/// Loads a library.
///
/// Why that is not possible, until the thread's next call; NULL where the library is there. To be asked before a function
/// of the library is called: where the library is missing, such a call ends the process.
const char *deferred_library_problem(const char *library);

/// A function of a library.
void *deferred_function(const char *library, const char *name);

/// The function of a library that the headers declare by that name, looked up once.
#define DEFERRED_FUNCTION(library, name)                                        \
    ({                                                                          \
        static __typeof__(name) *_Atomic function;                              \
        if (!function) function = deferred_function(library, #name);            \
        (__typeof__(name) *)function;                                           \
    })

#endif
