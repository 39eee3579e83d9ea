// What is told while a destination is tested, and while a run goes on: a line for each thing that has come, or one a
// minute, and then what it comes to.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// What was told of runs that are followed.
struct PlainFollowing: Equatable, Sendable {
    var flow: Identifier<Flow>
    var statuses: [Identifier<FlowRun>: FlowRunStatus] = [:]
    var files: Set<String> = []
    var problem: Text?
    /// How many looks in a row have failed.
    var failedLooks = 0
    var lastTold: Date
    /// Whether anything has been seen of the runs yet.
    var hasBegun = false
}

extension PlainWizard {
    /// The longest silence while something goes on, in seconds.
    private static let longestSilence = 60.0
    /// So many looks may fail in a row before it is asked what to do.
    private static let mostFailedLooks = 10

    // MARK: A test

    mutating func tellTest() {
        guard let test = wizard.setup?.test else {
            told.steps = [:]
            return
        }
        if test.outcomes.isEmpty {
            told.steps = [:]
            told.isVerdictTold = false
        }
        for step in DestinationTestStep.allCases {
            let outcome = test.outcomes[step]
            guard outcome != nil, outcome != told.steps[step], outcome != .running else { continue }
            told.steps[step] = outcome
            let found = Text("\(step.text): \(outcome.word)")
            say(words(outcome.detail).isEmpty ? Text("\(found).") : Text("\(found): \(outcome.detail)."))
        }
        // On a screen of its own, a test ends with what can be done about it.
        guard wizard.screen == .destinationForm, test.verdict != .running, !told.isVerdictTold else { return }
        told.isVerdictTold = true
        say(verdictLines.map(words))
    }

    // MARK: Runs

    /// Whether runs go on that are followed to their end.
    func isFollowing(at moment: Moment) -> Bool {
        guard wizard.overlay == nil, wizard.screen == .verification, !isPaused,
            let verification = wizard.verification, let following = told.following,
            following.failedLooks < Self.mostFailedLooks
        else { return false }
        if !following.hasBegun, following.problem == nil { return true }
        return verification.isLive(now: moment.now)
    }

    /// Tells what has come of the runs since the last look.
    mutating func tellRuns(at moment: Moment) {
        guard wizard.screen == .verification, let verification = wizard.verification else {
            told.following = nil
            return
        }
        if told.following?.flow != verification.flow.id {
            told.following = PlainFollowing(flow: verification.flow.id, lastTold: moment.now)
            verdict = 0
        }
        guard var following = told.following else { return }
        defer { told.following = following }
        if case .failed(let reason) = verification.reports {
            if following.problem != reason { say(reason) }
            following.problem = reason
            following.failedLooks += 1
            return
        }
        guard case .loaded = verification.reports else { return }
        following.problem = nil
        following.failedLooks = 0
        let lines = news(of: verification, after: &following, at: moment)
        if !lines.isEmpty {
            say(lines.map(words))
            following.lastTold = moment.now
        } else if verification.isLive(now: moment.now),
            moment.now.timeIntervalSince(following.lastTold) >= Self.longestSilence
        {
            say(progress(of: verification, at: moment))
            following.lastTold = moment.now
        }
    }

    private func news(
        of verification: Verification, after following: inout PlainFollowing, at moment: Moment
    ) -> [Text] {
        let isLive = verification.isLive(now: moment.now)
        // What was over before anybody looked is in the list, and no news.
        let isFirst = !following.hasBegun
        following.hasBegun = true
        var lines: [Text] = []
        if isFirst, isLive {
            lines.append(
                isInteractive
                    ? Text("Following the runs; Enter interrupts that, and the runs go on.")
                    : Text("Following the runs to their end."))
        }
        for report in verification.latest.reversed() {
            let name = verification.datasetName(of: report.run)
            let isOld = isFirst && report.run.status.isOver
            for file in report.verification.files where following.files.insert(file.file.path).inserted {
                if isOld { continue }
                lines.append(Text("\(name): \(file.file.name), \(Text.list(file.plainFacts))"))
            }
            if following.statuses.updateValue(report.run.status, forKey: report.id) != report.run.status,
                !isOld
            {
                lines.append(verification.plainRow(.run(report)).text)
            }
        }
        return lines
    }

    private func progress(of verification: Verification, at moment: Moment) -> Text {
        let summary = verification.summary(now: moment.now, glyphs: .unspoken).first?.text
        let done = verification.progress.map { Text("\(Int($0 * 100)) % read") }
        let parts = [summary, done].compactMap { $0 } + wizard.progressText(of: verification)
        return parts.isEmpty ? Text("Waiting for the runs to begin.") : Text("\(Text.list(parts)).")
    }

    /// Takes note of what the runs have come to, for the exit status.
    mutating func noteVerdict() {
        guard wizard.screen == .verification, let verification = wizard.verification else { return }
        if verification.problem != nil || verification.latest.contains(where: { $0.run.status == .failed }) {
            verdict = 1
        } else {
            verdict = verification.latest.contains { !$0.verification.findings.isEmpty } ? 3 : 0
        }
    }
}
