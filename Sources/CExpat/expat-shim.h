// Expat, as the system has it: a parser of XML that needs no other library.
#include <expat.h>
