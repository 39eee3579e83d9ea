// What libdispatch calls when a worker thread of one of its global queues begins and ends (swift-corelibs-libdispatch,
// src/event/workqueue_internal.h).

#ifndef DISPATCH_WATCH_H
#define DISPATCH_WATCH_H

/// The calling thread works for `queue` from here on.
void _dispatch_workq_worker_register(void *queue);

/// The calling thread, which was registered for `queue`, works for it no more.
void _dispatch_workq_worker_unregister(void *queue);

#endif
