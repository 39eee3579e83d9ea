// The system's libzstd.
#include <zstd.h>
