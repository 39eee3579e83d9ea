// Gives the terminal back when the process crashes: its modes and its ordinary screen.
// Knows nothing of ncurses; the bytes that leave the screen are handed over beforehand.
#ifndef TERMINAL_RESCUE_H
#define TERMINAL_RESCUE_H

#include <stddef.h>
#include <termios.h>

/// Restores `saved` on `descriptor` and writes `bytes` to it when a crash signal comes, once, and then lets
/// the crash take its course. At most 512 bytes are kept. Called again, it replaces what was given before.
void terminal_rescue_arm(int descriptor, const struct termios *saved, const char *bytes, size_t length);

/// Puts the earlier signal handlers back.
void terminal_rescue_disarm(void);

#endif
