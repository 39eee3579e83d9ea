// Being told by the system that files in a folder were written to (inotify(7)), so that nobody has to look.
import Dispatch
import Glibc

/// Tells when files in a folder change.
final class FolderWatch: Sendable {
    /// An element after each change; several changes may be one.
    ///
    /// Only changes on this machine are told, and none in folders within the folder.
    let changes: AsyncStream<Void>

    /// Watches a folder; nil where the system cannot, as where too many watch already.
    init?(_ folder: String) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, folder, UInt32(IN_MODIFY | IN_ONLYDIR)) >= 0 else {
            close(descriptor)
            return nil
        }
        let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // Objects of Dispatch may be used on any thread; it does not say so to the compiler.
        nonisolated(unsafe) let source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor, queue: DispatchQueue(label: "folder watch"))
        source.setEventHandler {
            Self.drain(descriptor)
            changed.yield()
        }
        source.setCancelHandler { close(descriptor) }
        changed.onTermination = { _ in source.cancel() }
        source.activate()
        self.changes = changes
    }

    /// Takes all that is told: that something was is enough.
    private static func drain(_ descriptor: Int32) {
        withUnsafeTemporaryAllocation(byteCount: 4 << 10, alignment: 8) { buffer in
            while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
