// What is used of libcurl, but for the functions that take any number of arguments.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include "deferred.h"

#define CURL_FUNCTION(result, name, parameters, arguments) DEFERRED(LIBCURL, result, name, parameters, arguments)

CURL_FUNCTION(CURLcode, curl_global_init, (long flags), (flags))
CURL_FUNCTION(CURL *, curl_easy_init, (void), ())
CURL_FUNCTION(void, curl_easy_cleanup, (CURL *easy), (easy))
CURL_FUNCTION(CURLcode, curl_easy_pause, (CURL *easy, int directions), (easy, directions))
CURL_FUNCTION(const char *, curl_easy_strerror, (CURLcode code), (code))
CURL_FUNCTION(CURLM *, curl_multi_init, (void), ())
CURL_FUNCTION(CURLMcode, curl_multi_cleanup, (CURLM *multi), (multi))
CURL_FUNCTION(CURLMcode, curl_multi_add_handle, (CURLM *multi, CURL *easy), (multi, easy))
CURL_FUNCTION(CURLMcode, curl_multi_remove_handle, (CURLM *multi, CURL *easy), (multi, easy))
CURL_FUNCTION(CURLMsg *, curl_multi_info_read, (CURLM *multi, int *rest), (multi, rest))
CURL_FUNCTION(CURLMcode, curl_multi_socket_action,
              (CURLM *multi, curl_socket_t socket, int events, int *running), (multi, socket, events, running))
CURL_FUNCTION(const char *, curl_multi_strerror, (CURLMcode code), (code))
CURL_FUNCTION(struct curl_slist *, curl_slist_append, (struct curl_slist *list, const char *text), (list, text))
CURL_FUNCTION(void, curl_slist_free_all, (struct curl_slist *list), (list))
