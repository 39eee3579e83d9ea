// Where computations run that would otherwise hold up Swift's tasks.

import Dispatch

/// Threads for long computations, as many as there are cores, besides those of Swift's tasks.
///
/// So a task that waits for the disk takes no core from the computations, and they keep no task waiting.
final class ComputingThreads: TaskExecutor {
    static let shared = ComputingThreads()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Dispatch has threads for each quality of service; Swift's tasks run on those of the default one.
        DispatchQueue.global(qos: .utility).async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
