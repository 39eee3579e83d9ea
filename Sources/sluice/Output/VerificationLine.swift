// How far the verification of a run has come, and how fast what was read back came.
import ExportDomain
import FoundationEssentials
import Languages
import Synchronization
import TerminalKit

/// Shows the progress of a verification, from any thread.
final class VerificationLine: Sendable {
    private let line: ProgressLine
    /// What stands before the progress.
    private let title: Text
    private let start = ContinuousClock.now
    private let state = Mutex((rate: TransferRate(), bytes: 0))

    init(_ line: ProgressLine, title: Text) {
        self.line = line
        self.title = title
    }

    /// Takes how far it has come, and shows it if that is due.
    func take(_ progress: VerificationProgress) {
        let rate = state.withLock { state in
            state.bytes = Int(progress.bytesDone)
            state.rate.add(state.bytes, at: Date())
            return state.rate
        }
        line.show(Text("\(title): \(progress.words(at: rate))"))
    }

    /// Takes the line away.
    func clear() {
        line.clear()
    }

    /// What was read back, with the average rate; nil where that took no time.
    var summary: Text? {
        let bytes = state.withLock { $0.bytes }
        let seconds = (.now - start) / .seconds(1)
        guard bytes > 0, seconds >= 0.5 else { return nil }
        let rate = Formatting.rate(Double(bytes) / seconds)
        return Text(
            "\(title): \(Formatting.bytes(bytes)) read back in \(Text.duration(seconds)), at \(rate) on average."
        )
    }
}

extension VerificationProgress {
    /// How far it has come; what is not known is left out.
    fileprivate func words(at rate: TransferRate) -> Text {
        let files = Text("\(Formatting.count(filesDone)) of \(Text.files(files))")
        guard bytesDone > 0 else { return files }
        var facts = [
            files, Text("\(Formatting.bytes(Int(bytesDone))) of \(Formatting.bytes(Int(bytes))) read back"),
        ]
        if let speed = rate.bytesPerSecond { facts.append(.verbatim(Formatting.rate(speed))) }
        if let range = rate.timeLeft(for: Int(max(0, bytes - bytesDone))) { facts.append(.timeLeft(range)) }
        return .list(facts)
    }
}
