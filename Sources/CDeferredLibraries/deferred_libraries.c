#include "deferred_libraries.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

const char *deferred_library_problem(const char *library) {
    return dlopen(library, RTLD_LAZY | RTLD_LOCAL) ? NULL : dlerror();
}

void *deferred_function(const char *library, const char *name) {
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    void *function = handle ? dlsym(handle, name) : NULL;
    if (!function) {
        fprintf(stderr, "sluice: %s\n", dlerror());
        abort();
    }
    return function;
}
