#define CURL_DISABLE_TYPECHECK
#include "curl_options.h"

#include "deferred_libraries.h"

#define SETOPT DEFERRED_FUNCTION(LIBCURL, curl_easy_setopt)
#define GETINFO DEFERRED_FUNCTION(LIBCURL, curl_easy_getinfo)
#define MULTI_SETOPT DEFERRED_FUNCTION(LIBCURL, curl_multi_setopt)

CURLcode curl_set_long(CURL *easy, CURLoption option, long value) {
    return SETOPT(easy, option, value);
}

CURLcode curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return SETOPT(easy, option, value);
}

CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return SETOPT(easy, option, value);
}

CURLcode curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return SETOPT(easy, option, value);
}

CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return SETOPT(easy, option, value);
}

CURLcode curl_set_data_function(CURL *easy, CURLoption option,
                                size_t (*function)(char *, size_t, size_t, void *)) {
    return SETOPT(easy, option, function);
}

CURLcode curl_set_seek_function(CURL *easy, int (*function)(void *, curl_off_t, int)) {
    return SETOPT(easy, CURLOPT_SEEKFUNCTION, function);
}

CURLcode curl_set_open_socket_function(CURL *easy, curl_socket_t (*function)(
    void *, curlsocktype, struct curl_sockaddr *)) {
    return SETOPT(easy, CURLOPT_OPENSOCKETFUNCTION, function);
}

CURLcode curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return GETINFO(easy, info, value);
}

CURLcode curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return GETINFO(easy, info, value);
}

CURLcode curl_get_text(CURL *easy, CURLINFO info, const char **value) {
    return GETINFO(easy, info, value);
}

CURLcode curl_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return GETINFO(easy, info, value);
}

CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return MULTI_SETOPT(multi, option, value);
}

CURLMcode curl_multi_set_socket_function(
    CURLM *multi, int (*function)(CURL *, curl_socket_t, int, void *, void *), void *context) {
    CURLMcode code = MULTI_SETOPT(multi, CURLMOPT_SOCKETFUNCTION, function);
    return code ? code : MULTI_SETOPT(multi, CURLMOPT_SOCKETDATA, context);
}

CURLMcode curl_multi_set_timer_function(
    CURLM *multi, int (*function)(CURLM *, long, void *), void *context) {
    CURLMcode code = MULTI_SETOPT(multi, CURLMOPT_TIMERFUNCTION, function);
    return code ? code : MULTI_SETOPT(multi, CURLMOPT_TIMERDATA, context);
}
