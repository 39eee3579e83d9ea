// One function of a library, defined here under its own name: it calls the real one.
#include "deferred_libraries.h"

#define DEFERRED(library, result, name, parameters, arguments) \
    result name parameters { return DEFERRED_FUNCTION(library, name) arguments; }
