// The push parser of libxml2, as the system has it.
#include <libxml/xmlversion.h>
// Without what it would bring in of the system's ICU, whose types clash with those of Foundation's own ICU. It
// matters only to a structure of libxml2 that is never looked into from here.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
