// The test of a destination from the command line: its steps as they come, and the question about a server's key.
import ArgumentParser
import ExportDomain
import Languages
import TerminalKit

/// What a test may do.
struct DestinationTestOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(Text("Also write a small file into the folder, read it back and delete it.")))
    var probe = false

    @Option(
        help: ArgumentHelp(
            Text("The fingerprint of the SSH server's key, as its administrator gives it."),
            valueName: "SHA256:…"))
    var hostKey: String?

    @OptionGroup var progress: ProgressOptions

    /// What a test does to the world: a probe is written to the destination, and a key that is confirmed is remembered.
    var effect: CommandEffect { probe || hostKey != nil ? .changes : .obeys }

    /// Tests a destination and shows the steps on standard error, or only what fails.
    ///
    /// - Parameter isReadOnly: whether no key may be remembered.
    /// - Throws: `CancellationError`; `Failure` where a question was not answered.
    func test(
        _ draft: DestinationDraft, on exports: any StoredExports, isReadOnly: Bool = false
    ) async throws -> TestResult {
        var consent = DestinationTestConsent(writesProbe: probe, confirmedFingerprint: hostKey)
        while true {
            var result = TestResult()
            var unknown: HostKey?
            for await report in exports.test(draft, consent: consent) {
                if case .unknownHostKey(let key) = report.outcome { unknown = key }
                result.take(report, showing: !progress.quiet)
            }
            try Task.checkCancellation()
            guard let key = unknown, try await confirms(key, after: &result, isReadOnly) else {
                return result
            }
            consent.confirmedFingerprint = key.fingerprint
        }
    }

    /// Whether a person trusts a server that is met for the first time.
    private func confirms(
        _ key: HostKey, after result: inout TestResult, _ isReadOnly: Bool
    ) async throws -> Bool {
        if isReadOnly {
            result.refuse(
                Text(
                    "\(key.host) is met for the first time; its \(key.algorithm) key is \(key.fingerprint). It cannot be confirmed where nothing may be changed, as it would be remembered: leave --read-only and SLUICE_READ_ONLY out for that."
                ))
            return false
        }
        if let hostKey {
            result.refuse(
                Text(
                    "The \(key.algorithm) key of \(key.host) is \(key.fingerprint) and not \(hostKey), which --host-key names: ask its administrator."
                ))
            return false
        }
        guard TerminalPrompt.isPossible else {
            result.refuse(
                Text(
                    "\(key.host) is met for the first time; its \(key.algorithm) key is \(key.fingerprint). Compare it with the one its administrator gives, then confirm it with --host-key \(key.fingerprint)."
                ))
            return false
        }
        StandardError.write(
            Text(
                "\(key.host) is met for the first time. Its \(key.algorithm) key is\n  \(key.fingerprint)\nCompare it with the one its administrator gives."
            ).said
        )
        let answer = try await TerminalPrompt.line(Text("Is it the same? [y/N]"))
        if answer.lowercased().hasPrefix("y") { return true }
        result.refuse(Text("The key of \(key.host) was not confirmed."))
        return false
    }
}

/// What came of a test.
struct TestResult: Encodable {
    var passed = true
    var steps: [Step] = []
    /// The sentence that says what to change.
    var failure: Text?

    private enum CodingKeys: String, CodingKey { case passed, steps, failure }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(passed, forKey: .passed)
        try container.encode(steps, forKey: .steps)
        try container.encodeIfPresent(failure?.english, forKey: .failure)
    }

    struct Step: Encodable {
        var step: String
        /// `passed`, `failed`, `unknown-host-key` or `skipped`.
        var outcome: String
        var detail: String?
        /// The field that a failure is about.
        var field: String?
    }

    /// Takes a report, and shows it on standard error; a failure in any case.
    mutating func take(_ report: DestinationTestReport, showing shows: Bool) {
        let title = report.step.text
        switch report.outcome {
        case .running: return
        case .passed(let found):
            steps.append(Step(step: report.step.rawValue, outcome: "passed", detail: found?.english))
            if shows { show(found.map { Text("✓ \(title): \($0)") } ?? Text("✓ \(title)")) }
        case .failed(let reason, let field):
            passed = false
            failure = reason
            steps.append(
                Step(step: report.step.rawValue, outcome: "failed", detail: reason.english, field: field))
            let sentence = field.map { Text("\(reason) The field is \($0).") } ?? reason
            show(Text("✗ \(title): \(sentence)"))
        case .unknownHostKey(let key):
            steps.append(
                Step(step: report.step.rawValue, outcome: "unknown-host-key", detail: key.fingerprint))
        case .skipped(let reason):
            steps.append(Step(step: report.step.rawValue, outcome: "skipped", detail: reason.english))
        }
    }

    /// The server was not trusted.
    mutating func refuse(_ sentence: Text) {
        passed = false
        failure = sentence
        show(Text("✗ \(DestinationTestStep.identify.text): \(sentence)"))
    }

    private func show(_ line: Text) {
        StandardError.write("  " + TextWidth.standard.sanitized(line.said))
    }
}
