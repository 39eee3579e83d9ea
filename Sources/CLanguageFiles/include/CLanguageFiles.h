// The files of the languages, as they are, within the program.
#ifndef LANGUAGE_FILES_H
#define LANGUAGE_FILES_H

#include <stddef.h>

// The bytes of languages/zh_CN.po, for as long as the program runs.
const unsigned char *language_file_zh_CN(size_t *count);

#endif
