// libcurl, as the system has it, and the waiting for its sockets, which the module Glibc leaves out.
#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
