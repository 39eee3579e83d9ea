// A file of hundreds of kilobytes takes the compiler of Swift a minute and a gigabyte as a literal; C takes it as it is.
#include "CLanguageFiles.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char zh_CN[] = {
#embed "../../languages/zh_CN.po"
};

const unsigned char *language_file_zh_CN(size_t *count) {
    *count = sizeof zh_CN;
    return zh_CN;
}
