// The C library's own settings of its heap, which Glibc leaves out.
#include <malloc.h>
