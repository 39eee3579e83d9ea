// What is used of libssh.
#include <libssh/libssh.h>
#include <libssh/callbacks.h>

#include "deferred.h"

// Declared in libssh/server.h, which is otherwise for servers.
int ssh_send_keepalive(ssh_session session);

#define SSH_FUNCTION(result, name, parameters, arguments) DEFERRED(LIBSSH, result, name, parameters, arguments)

// Sessions.
SSH_FUNCTION(ssh_session, ssh_new, (void), ())
SSH_FUNCTION(void, ssh_free, (ssh_session session), (session))
SSH_FUNCTION(int, ssh_options_set, (ssh_session session, enum ssh_options_e option, const void *value),
             (session, option, value))
SSH_FUNCTION(void, ssh_set_blocking, (ssh_session session, int is_blocking), (session, is_blocking))
SSH_FUNCTION(void, ssh_set_counters, (ssh_session session, ssh_counter sockets, ssh_counter raw),
             (session, sockets, raw))
SSH_FUNCTION(int, ssh_connect, (ssh_session session), (session))
SSH_FUNCTION(int, ssh_is_connected, (ssh_session session), (session))
SSH_FUNCTION(void, ssh_disconnect, (ssh_session session), (session))
SSH_FUNCTION(int, ssh_send_keepalive, (ssh_session session), (session))
SSH_FUNCTION(socket_t, ssh_get_fd, (ssh_session session), (session))
SSH_FUNCTION(int, ssh_get_poll_flags, (ssh_session session), (session))
SSH_FUNCTION(const char *, ssh_get_error, (void *subject), (subject))

// Keys.
SSH_FUNCTION(int, ssh_get_server_publickey, (ssh_session session, ssh_key *key), (session, key))
SSH_FUNCTION(int, ssh_pki_export_pubkey_base64, (const ssh_key key, char **text), (key, text))
SSH_FUNCTION(int, ssh_pki_import_privkey_base64,
             (const char *text, const char *passphrase, ssh_auth_callback ask, void *context, ssh_key *key),
             (text, passphrase, ask, context, key))
SSH_FUNCTION(void, ssh_key_free, (ssh_key key), (key))
SSH_FUNCTION(void, ssh_string_free_char, (char *text), (text))

// Signing in.
SSH_FUNCTION(int, ssh_userauth_none, (ssh_session session, const char *user), (session, user))
SSH_FUNCTION(int, ssh_userauth_list, (ssh_session session, const char *user), (session, user))
SSH_FUNCTION(int, ssh_userauth_agent, (ssh_session session, const char *user), (session, user))
SSH_FUNCTION(int, ssh_userauth_password, (ssh_session session, const char *user, const char *password),
             (session, user, password))
SSH_FUNCTION(int, ssh_userauth_publickey, (ssh_session session, const char *user, const ssh_key key),
             (session, user, key))
SSH_FUNCTION(int, ssh_userauth_kbdint, (ssh_session session, const char *user, const char *methods),
             (session, user, methods))
SSH_FUNCTION(int, ssh_userauth_kbdint_getnprompts, (ssh_session session), (session))
SSH_FUNCTION(const char *, ssh_userauth_kbdint_getprompt, (ssh_session session, unsigned int number, char *echo),
             (session, number, echo))
SSH_FUNCTION(int, ssh_userauth_kbdint_setanswer, (ssh_session session, unsigned int number, const char *answer),
             (session, number, answer))

// Channels.
SSH_FUNCTION(ssh_channel, ssh_channel_new, (ssh_session session), (session))
SSH_FUNCTION(void, ssh_channel_free, (ssh_channel channel), (channel))
SSH_FUNCTION(int, ssh_channel_open_session, (ssh_channel channel), (channel))
SSH_FUNCTION(int, ssh_channel_request_sftp, (ssh_channel channel), (channel))
SSH_FUNCTION(int, ssh_channel_write, (ssh_channel channel, const void *data, uint32_t count), (channel, data, count))
SSH_FUNCTION(int, ssh_channel_is_closed, (ssh_channel channel), (channel))
SSH_FUNCTION(int, ssh_channel_is_eof, (ssh_channel channel), (channel))
SSH_FUNCTION(int, ssh_set_channel_callbacks, (ssh_channel channel, ssh_channel_callbacks callbacks),
             (channel, callbacks))
SSH_FUNCTION(int, ssh_remove_channel_callbacks, (ssh_channel channel, ssh_channel_callbacks callbacks),
             (channel, callbacks))

// Waiting.
SSH_FUNCTION(ssh_event, ssh_event_new, (void), ())
SSH_FUNCTION(void, ssh_event_free, (ssh_event event), (event))
SSH_FUNCTION(int, ssh_event_add_fd,
             (ssh_event event, socket_t descriptor, short events, ssh_event_callback callback, void *context),
             (event, descriptor, events, callback, context))
SSH_FUNCTION(int, ssh_event_remove_fd, (ssh_event event, socket_t descriptor), (event, descriptor))
SSH_FUNCTION(int, ssh_event_add_session, (ssh_event event, ssh_session session), (event, session))
SSH_FUNCTION(int, ssh_event_remove_session, (ssh_event event, ssh_session session), (event, session))
SSH_FUNCTION(int, ssh_event_dopoll, (ssh_event event, int milliseconds), (event, milliseconds))
