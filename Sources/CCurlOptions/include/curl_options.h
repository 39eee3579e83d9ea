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

CURLcode curl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
CURLcode curl_get_text(CURL *easy, CURLINFO info, const char **value);

CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value);

#endif
