// The thread of the event loop: how it begins, and what ends it.

import CCurl
import Glibc

/// A running event loop, which ends when nobody holds it any more, or when it is told to.
final class EventLoopThread: Sendable {
    let mailbox: LoopMailbox

    init(_ configuration: HTTPClient.Configuration) throws(TransferError) {
        mailbox = try LoopMailbox()
        // Made here, where failing can be told, and given to the thread: nobody else ever has it.
        let loop = Unmanaged.passRetained(try EventLoop(mailbox: mailbox, configuration: configuration))
        // The signals of the process are not for this thread, nor for those of libcurl's resolver that it
        // starts. That includes SIGPIPE, which TLS would raise when the other side has closed.
        var all = sigset_t()
        var former = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, loop.toOpaque())
        guard code == 0 else {
            loop.release()
            throw .cannotStart(reason: code)
        }
        pthread_detach(thread)
    }

    deinit { mailbox.post(.stop(nil)) }
}
