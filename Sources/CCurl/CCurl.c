#include "CCurl.h"
#include <string.h>

// The functions behind these macros check their argument's type against a constant option; ours is not one.
#undef curl_easy_setopt
#undef curl_easy_getinfo

struct upload {
    const unsigned char *bytes;
    size_t left;
};

static size_t read_upload(char *buffer, size_t size, size_t count, void *context) {
    struct upload *upload = context;
    size_t taken = size * count < upload->left ? size * count : upload->left;
    memcpy(buffer, upload->bytes, taken);
    upload->bytes += taken;
    upload->left -= taken;
    return taken;
}

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

long ccurl_get_long(CURL *handle, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}

CURLcode ccurl_upload(CURL *handle, const unsigned char *bytes, size_t count, bool *all_read) {
    struct upload upload = {bytes, count};
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(handle, CURLOPT_READDATA, &upload);
    CURLcode code = curl_easy_perform(handle);
    curl_easy_setopt(handle, CURLOPT_READDATA, NULL);
    *all_read = upload.left == 0;
    return code;
}

static size_t skip_download(char *buffer, size_t size, size_t count, void *context) {
    (void)buffer;
    size_t *left = context;
    if (size * count > *left) return 0;
    *left -= size * count;
    return size * count;
}

CURLcode ccurl_post(CURL *handle, const char *bytes, size_t count, size_t limit) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, bytes);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, skip_download);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &limit);
    CURLcode code = curl_easy_perform(handle);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, NULL);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, NULL);
    return code;
}
