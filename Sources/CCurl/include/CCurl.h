// libcurl for Swift: its header, and plain functions for the variadic ones, which Swift cannot call.
#pragma once

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

/// curl_easy_setopt for an option that takes a long.
CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);

/// curl_easy_setopt for an option that takes a string; libcurl copies it.
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);

/// curl_easy_setopt for an option that takes a list; it must outlive the transfer.
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);

/// curl_easy_getinfo for a value of type long; 0 when there is none.
long ccurl_get_long(CURL *handle, CURLINFO info);

/// curl_easy_perform with `bytes` as what is uploaded. `all_read` tells whether libcurl took the last of them:
/// from then on the other side may have them all, whatever is returned.
CURLcode ccurl_upload(CURL *handle, const unsigned char *bytes, size_t count, bool *all_read);

/// curl_easy_perform with `bytes` as what is posted. The answer's body is read and forgotten; after `limit` bytes of it the transfer
/// ends with CURLE_WRITE_ERROR.
CURLcode ccurl_post(CURL *handle, const char *bytes, size_t count, size_t limit);
