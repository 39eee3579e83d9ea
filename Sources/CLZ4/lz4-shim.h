// The system's liblz4.
#include <lz4.h>
