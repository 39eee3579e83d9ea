// The watch over dispatch's worker threads, so that a program at rest is never woken.
//
// A global queue has as many threads as there are cores. Where work waits while they are blocked, by a disk or a lock, it
// needs more, and on Linux libdispatch finds that out once a second, for as long as the program lives. This watch does
// the same in its place, but only while there are threads: they leave after five seconds without work, and then nothing
// happens until there is work again.
//
// libdispatch.a keeps its watch in an object file of its own that gives the two functions of the header, so a program
// that has them gets these. Where libdispatch is a shared library, as in a build for debugging, they are not called.

#define _GNU_SOURCE
#include "dispatch_watch.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// Gives `queue` up to `count` threads more, where work waits in it, and goes as far below nought with the threads it may
// still have as `floor` says (src/queue.c).
extern void _dispatch_root_queue_poke(void *queue, int count, int floor) __attribute__((weak));

enum {
    most_queues = 16,    // One for each quality of service; there are six.
    most_threads = 255,  // So many libdispatch lets a queue have.
};

typedef struct {
    void *queue;
    pid_t threads[most_threads];
    int count;
} Pool;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t begun = PTHREAD_COND_INITIALIZER;
static Pool pools[most_queues];
static int workers;
static bool is_watched;

static int cores(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

// Whether a thread runs or could; so is one of which nothing can be found out, for it asks for no other in its place.
static bool is_runnable(pid_t thread) {
    char path[64], status[256];
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", thread);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return true;
    ssize_t length = read(file, status, sizeof status - 1);
    close(file);
    if (length <= 0) return true;
    status[length] = 0;
    // The state follows the name, which is in parentheses (proc(5)).
    const char *name_end = strrchr(status, ')');
    return name_end == NULL || name_end[1] != ' ' || name_end[2] == 'R';
}

static int runnable(const Pool *pool) {
    int count = 0;
    for (int index = 0; index < pool->count; index++) count += is_runnable(pool->threads[index]);
    return count;
}

// Gives queues whose threads are blocked another one, each. A queue in which nothing waits takes none.
static void look(void) {
    int cores_there = cores(), running = 0;
    for (Pool *pool = pools; pool < pools + most_queues && pool->queue != NULL; pool++) {
        int count = runnable(pool);
        running += count;
        if (count == 0) {
            // Nothing goes on there, and the blocked may wait for what has not begun: as many as it takes.
            _dispatch_root_queue_poke(pool->queue, 1, cores_there - most_threads);
        } else if (count < cores_there && running < 2 * cores_there) {
            // It goes on, though not on all cores: twice as many threads as cores at most.
            _dispatch_root_queue_poke(pool->queue, 1, -cores_there);
        }
    }
}

static void *watch(void *unused) {
    pthread_setname_np(pthread_self(), "dispatch-watch");
    for (;;) {
        pthread_mutex_lock(&lock);
        while (workers == 0) pthread_cond_wait(&begun, &lock);
        pthread_mutex_unlock(&lock);
        nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
        pthread_mutex_lock(&lock);
        look();
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

// Without the thread, which may not be had, queues have as many threads as cores and no more.
static bool start(void) {
    sigset_t all, former;
    pthread_attr_t attributes;
    pthread_t thread;
    sigfillset(&all);
    if (_dispatch_root_queue_poke == NULL || pthread_attr_init(&attributes) != 0) return false;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    // Signals are for the threads that wait for them.
    pthread_sigmask(SIG_SETMASK, &all, &former);
    bool is_started = pthread_create(&thread, &attributes, watch, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &former, NULL);
    pthread_attr_destroy(&attributes);
    return is_started;
}

static Pool *pool_of(void *queue) {
    for (Pool *pool = pools; pool < pools + most_queues; pool++) {
        if (pool->queue == NULL) pool->queue = queue;
        if (pool->queue == queue) return pool;
    }
    return NULL;
}

void _dispatch_workq_worker_register(void *queue) {
    pthread_mutex_lock(&lock);
    Pool *pool = pool_of(queue);
    if (pool != NULL && pool->count < most_threads) {
        pool->threads[pool->count++] = gettid();
        if (!is_watched) is_watched = start();
        if (workers++ == 0) pthread_cond_signal(&begun);
    }
    pthread_mutex_unlock(&lock);
}

void _dispatch_workq_worker_unregister(void *queue) {
    pthread_mutex_lock(&lock);
    Pool *pool = pool_of(queue);
    pid_t thread = gettid();
    for (int index = 0; pool != NULL && index < pool->count; index++) {
        if (pool->threads[index] != thread) continue;
        pool->threads[index] = pool->threads[--pool->count];
        workers--;
        break;
    }
    pthread_mutex_unlock(&lock);
}
