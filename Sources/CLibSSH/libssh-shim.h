// SSH sessions and channels of libssh, as the system has it.
#include <libssh/libssh.h>
#include <libssh/callbacks.h>

// Declared in libssh/server.h, which is otherwise for servers.
int ssh_send_keepalive(ssh_session session);
