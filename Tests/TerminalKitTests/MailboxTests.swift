// The mailbox between tasks and the main thread.

import Foundation
import Languages
import Testing
import TextLiterals

@testable import TerminalKit

@Suite struct MailboxTests {
    private func isReadable(_ mailbox: Mailbox<Int>, milliseconds: Int32 = 0) -> Bool {
        var waiting = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, milliseconds) == 1
    }

    @Test("Events come in order, once, and the descriptor says whether some wait")
    func order() throws {
        let mailbox = try Mailbox<Int>()
        #expect(!isReadable(mailbox))
        for event in [1, 2, 3] { mailbox.post(event) }
        #expect(isReadable(mailbox))
        #expect(mailbox.takeAll() == [1, 2, 3])
        #expect(!isReadable(mailbox))
        #expect(mailbox.takeAll().isEmpty)
        mailbox.post(4)
        #expect(isReadable(mailbox))
    }

    @Test("A later event takes the place of the waiting one of its kind, and comes after what came between")
    func replacing() throws {
        let mailbox = try Mailbox<Int>()
        mailbox.post(1, replacing: "progress")
        mailbox.post(2)
        mailbox.post(3, replacing: "other")
        mailbox.post(4, replacing: "progress")
        #expect(mailbox.takeAll() == [2, 3, 4])
        mailbox.post(5, replacing: "progress")
        #expect(mailbox.takeAll() == [5])
        #expect(!isReadable(mailbox))
    }

    @Test("Nothing is lost between many threads and one reader")
    func concurrent() throws {
        let mailbox = try Mailbox<Int>()
        // Threads of their own: tasks would wait for the thread on which the reader waits for them.
        for thread in 0..<8 {
            Thread.detachNewThread { for event in 0..<500 { mailbox.post(thread * 500 + event) } }
        }
        var seen: Set<Int> = []
        while seen.count < 4000, isReadable(mailbox, milliseconds: 10_000) {
            seen.formUnion(mailbox.takeAll())
        }
        #expect(seen == Set(0..<4000))
    }
}
