// The push parser of libxml2, as the system has it.
#include <libxml/parser.h>
