// The figures of an iteration that goes on: told as they come, and kept for whoever asks.

import Synchronization

/// What is said of an iteration's progress.
final class LatestFigures<Figures: Sendable>: Sendable {
    private let latest: Mutex<Figures>
    private let onProgress: @Sendable (Figures) -> Void

    /// `figures` of an iteration that has not begun, and who is told of later ones.
    init(_ figures: Figures, onProgress: @escaping @Sendable (Figures) -> Void) {
        latest = Mutex(figures)
        self.onProgress = onProgress
    }

    /// The figures of the iteration that goes on, or of the last one.
    var value: Figures { latest.withLock { $0 } }

    /// Takes up what is so now.
    func report(_ figures: Figures) {
        latest.withLock { $0 = figures }
        onProgress(figures)
    }
}
