// libcurl, as the system has it.
#include <curl/curl.h>
