// The handlers call only functions that are async-signal-safe (POSIX.1-2017, 2.4.3).
#define _GNU_SOURCE
#include "terminal_rescue.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { most_bytes = 512, stack_bytes = 64 * 1024 };

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT};
enum { crash_count = sizeof crashes / sizeof crashes[0] };

static struct sigaction earlier[crash_count];
static struct termios saved_modes;
static char leave_bytes[most_bytes];
static size_t leave_length;
static int terminal;
static int is_installed;
static atomic_int is_armed;

static void restore_terminal(void) {
    if (!atomic_exchange(&is_armed, 0)) return;
    tcsetattr(terminal, TCSANOW, &saved_modes);
    size_t written = 0;
    while (written < leave_length) {
        ssize_t count = write(terminal, leave_bytes + written, leave_length - written);
        if (count <= 0) break;
        written += (size_t)count;
    }
}

static void handle_crash(int signal_number, siginfo_t *info, void *context) {
    (void)context;
    restore_terminal();
    for (int index = 0; index < crash_count; index++) {
        if (crashes[index] == signal_number) sigaction(signal_number, &earlier[index], NULL);
    }
    // A fault happens again on return, now with the earlier handler and the true address. What was sent, or
    // would be passed over on return (SIGTRAP), is raised anew; it is delivered when this handler returns.
    int happens_again = info->si_code > 0 && signal_number != SIGTRAP;
    if (!happens_again) raise(signal_number);
}

// A stack overflow is a crash too, and leaves no stack to handle it on.
static void provide_signal_stack(void) {
    stack_t stack;
    if (sigaltstack(NULL, &stack) != 0 || !(stack.ss_flags & SS_DISABLE)) return;
    stack.ss_sp = malloc(stack_bytes);
    if (stack.ss_sp == NULL) return;
    stack.ss_size = stack_bytes;
    stack.ss_flags = 0;
    sigaltstack(&stack, NULL);
}

void terminal_rescue_arm(int descriptor, const struct termios *saved, const char *bytes, size_t length) {
    atomic_store(&is_armed, 0);
    terminal = descriptor;
    saved_modes = *saved;
    leave_length = length < most_bytes ? length : most_bytes;
    memcpy(leave_bytes, bytes, leave_length);
    if (!is_installed) {
        provide_signal_stack();
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_sigaction = handle_crash;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        // Setting the modes from the background would stop the process half way.
        sigaddset(&action.sa_mask, SIGTTOU);
        for (int index = 0; index < crash_count; index++) {
            sigaction(crashes[index], &action, &earlier[index]);
        }
        is_installed = 1;
    }
    atomic_store(&is_armed, 1);
}

void terminal_rescue_disarm(void) {
    atomic_store(&is_armed, 0);
    if (!is_installed) return;
    for (int index = 0; index < crash_count; index++) sigaction(crashes[index], &earlier[index], NULL);
    is_installed = 0;
}
