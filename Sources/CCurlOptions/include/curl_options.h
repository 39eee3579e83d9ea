// curl_easy_setopt and its like are variadic, which Swift cannot call: one function a type of value.
#ifndef CURL_OPTIONS_H
#define CURL_OPTIONS_H

#include <curl/curl.h>

CURLcode curl_set_long(CURL *easy, CURLoption option, long value);
CURLcode curl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode curl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode curl_set_data_function(CURL *easy, CURLoption option,
                                size_t (*function)(char *, size_t, size_t, void *));

CURLcode curl_set_seek_function(CURL *easy, int (*function)(void *, curl_off_t, int));
CURLcode curl_set_open_socket_function(CURL *easy, curl_socket_t (*function)(
    void *, curlsocktype, struct curl_sockaddr *));

CURLcode curl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
CURLcode curl_get_text(CURL *easy, CURLINFO info, const char **value);
CURLcode curl_get_pointer(CURL *easy, CURLINFO info, void **value);

CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode curl_multi_set_socket_function(
    CURLM *multi, int (*function)(CURL *, curl_socket_t, int, void *, void *), void *context);
CURLMcode curl_multi_set_timer_function(
    CURLM *multi, int (*function)(CURLM *, long, void *), void *context);

#endif
