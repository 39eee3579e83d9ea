// The system's snappy.
#include <snappy-c.h>
