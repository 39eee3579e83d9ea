// The system's libbrotlidec and libbrotlienc.
#include <brotli/decode.h>
#include <brotli/encode.h>
