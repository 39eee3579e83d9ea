// ncurses with wide characters and functions in place of macros, so that Swift can call them.
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>

// Attributes are computed macros, which Swift does not see.
static const attr_t ncurses_bold = WA_BOLD;
static const attr_t ncurses_dim = WA_DIM;
static const attr_t ncurses_underline = WA_UNDERLINE;
static const attr_t ncurses_reverse = WA_REVERSE;

// The C library declares it only to programs that ask for X/Open before including anything.
extern int wcwidth(wchar_t character);

// The terminal that setupterm has looked up last is a global variable, which Swift cannot use safely.
static inline void ncurses_forget_terminal(void) {
    del_curterm(cur_term);
}
