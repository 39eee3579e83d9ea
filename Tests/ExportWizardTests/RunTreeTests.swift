// The tree of the verification pane, key by key, without a terminal.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("The tree of runs")
struct RunTreeTests {
    /// One run under way with so many files.
    static func large(_ files: Int, status: FlowRunStatus = .processing) -> [RunReport] {
        var report = Fixture.reports()[0]
        report.run.status = status
        let file = report.verification.files[0]
        report.verification.files = (0..<files).map { number in
            var new = file
            new.file.path =
                report.verification.folder + "/part-\(String(100_000 + number).dropFirst())-c000.json.gz"
            return new
        }
        return [report]
    }

    @Test("folds and unfolds by arrows, letters, Enter and the mouse")
    func folding() throws {
        var session = try Session.verifying(Fixture.finishedReports())
        let all = try #require(session.wizard.list?.rowCount)
        #expect(all == 5)
        session.press(.home, .left)
        #expect(session.wizard.list?.rowCount == 1 && session.screen.contains("▸ Web events"))
        session.press(.right, .right)
        #expect(session.wizard.list?.rowCount == all && session.wizard.list?.selectedRow == 1)
        session.press(.character("l"), .character("l"), .enter)
        #expect(session.wizard.list?.rowCount == all - 1, "the folder is folded")
        session.press(.enter, .character("l"), .character("h"), .character("h"), .character("h"))
        #expect(session.wizard.list?.selectedRow == 2)
        let row = try #require(session.lines().firstIndex { $0.contains("▾ ✓ Loyalty") })
        let column = try #require(
            session.lines()[row].firstIndex(of: "▾").map {
                session.lines()[row].distance(from: session.lines()[row].startIndex, to: $0)
            })
        let frame = session.wizard.view(at: Moment(now: session.now, size: session.size), theme: .standard)
        let point = Point(column: column, row: row)
        session.send(.mouse(MouseEvent(.press, at: point), on: frame.target(at: point)))
        #expect(session.wizard.list?.rowCount == 3 && session.screen.contains("▸ ✓ Loyalty"))
    }

    @Test("shows ten thousand files, and a refresh moves neither the cursor nor what is in sight")
    func manyFiles() throws {
        var session = try Session.verifying(Self.large(10_000))
        session.press(.end, .pageUp, .pageUp)
        let before = try #require(session.wizard.verification?.selected)
        let line = session.lines().firstIndex { $0.contains("part-0998") }
        // Files arrive before it, and the run of another dataset above.
        var reports = Self.large(10_500)
        reports[0].verification.files = reports[0].verification.files.enumerated().map { place, file in
            var file = file
            if place < 500 { file.file.path = reports[0].verification.folder + "/part-00000-\(1000 + place)" }
            return file
        }
        reports[0].verification.files.sort { $0.file.path < $1.file.path }
        session.send(.woke(token: try #require(session.wizard.verification?.wakeToken)))
        session.answer(.runs(reports))
        guard case .file(let file, _)? = session.wizard.verification?.selected,
            case .file(let old, _) = before
        else {
            Issue.record("The cursor is on no file")
            return
        }
        #expect(file.file.path == old.file.path)
        #expect(session.lines().firstIndex { $0.contains("part-0998") } == line)
    }

    @Test("stays on the folder of a file that is gone")
    func goneFile() throws {
        var session = try Session.verifying(Self.large(10))
        session.press(.end)
        session.send(.woke(token: try #require(session.wizard.verification?.wakeToken)))
        session.answer(.runs(Self.large(5)))
        guard case .folder? = session.wizard.verification?.selected else {
            Issue.record("\(String(describing: session.wizard.verification?.selected))")
            return
        }
    }

    @Test("of several exports shows the newest and those that fail, the others folded")
    func history() throws {
        let session = try Session.verifying(Fixture.history())
        let tree = try #require(session.wizard.verification?.tree)
        #expect(tree.exports.count == 3)
        let folded = tree.tree.nodes.indices.filter(tree.tree.isFolded).map { tree.tree.nodes[$0].id }
        #expect(folded.contains(.export(tree.exports[2].id)))
        #expect(
            !folded.contains(.export(tree.exports[0].id)) && !folded.contains(.export(tree.exports[1].id)))
        // The cursor is on what is wrong with the newest.
        guard case .file(let file, _)? = session.wizard.verification?.selected else {
            Issue.record("The cursor is on no file")
            return
        }
        #expect(file.state == .differs)
        #expect(session.screen.contains("rows per run ▃▆█"))
    }

    @Test("shows by a key nothing but what fails or differs, and says how much is hidden")
    func faults() throws {
        var session = try Session.verifying(Fixture.history())
        let tree = try #require(session.wizard.verification?.tree.tree)
        session.press(.character("d"))
        // The flow; an export, a run, a folder, a file and its finding; an export, a run and its error.
        #expect(session.wizard.list?.rowCount == 9)
        #expect(session.screen.contains("\(tree.count - 9) rows are hidden"))
        #expect(session.screen.contains("is no longer there"))
        #expect(session.screen.contains("The bucket takes nothing"))
        session.press(.character("d"))
        #expect(!session.screen.contains("rows are hidden"))
        session = try Session.verifying(Fixture.finishedReports())
        session.press(.end, .character("d"))
        #expect(session.screen.contains("Nothing fails, and nothing differs"))
        session.press(.character("d"))
        #expect(session.wizard.list?.rowCount == 5)
        // Whoever looks only whether something fails is not sent away.
        #expect(session.wizard.list?.selectedItem == 4)
    }

    @Test("is searched also where it is folded, and what was found stays in sight")
    func search() throws {
        var session = try Session.verifying(Self.large(300))
        session.press(.home, .left, .character("/"))
        session.type("'part-00123")
        #expect(session.wizard.list?.rowCount == 5 && session.screen.contains("part-00123"))
        session.press(.enter, .end, .escape)
        #expect(session.wizard.list?.rowCount == 304)
        guard case .file(let file, _)? = session.wizard.verification?.selected else {
            Issue.record("The cursor is on no file")
            return
        }
        #expect(file.file.name.hasPrefix("part-00123"))
    }

    @Test(
        "finds what a fresh search finds after files have come and gone while a search is kept",
        arguments: [0..<1, 1_000..<1_100, 1_497..<1_500, 0..<1_500])
    func searchKept(changed: Range<Int>) throws {
        let all = Array(Fixture.history().dropFirst()) + Self.large(1_500)
        var session = try Session.verifying(all)
        session.press(.character("/"))
        session.type("0019")
        var without = all
        without[all.count - 1].verification.files.removeSubrange(changed)
        for reports in [without, all] {
            session.send(.woke(token: try #require(session.wizard.verification?.wakeToken)))
            session.answer(.runs(reports))
            var fresh = try Session.verifying(reports)
            fresh.press(.character("/"))
            fresh.type("0019")
            let found = try #require(session.wizard.list?.shown)
            #expect(found == fresh.wizard.list?.shown && found.count < 400)
        }
        #expect(session.wizard.list?.rowCount ?? 0 > 10)
    }

    @Test("shows a run once that is listed twice")
    func listedTwice() throws {
        let reports = Self.large(3) + Fixture.history().dropFirst()
        var session = try Session.verifying(reports + Self.large(5))
        session.press(.home, .end, .character("/"))
        session.type("part")
        #expect(session.wizard.verification?.tree.reports.count == Set(reports.map(\.id)).count)
        #expect(session.screen.contains("part-00002") && !session.screen.contains("part-00003"))
    }

    @Test("Rate and time left are told from ten seconds on, as a range, and the average when it is over")
    func progress() throws {
        var session = try Session.verifying(Self.large(1))
        for second in 1...12 {
            session.now = Fixture.now.addingTimeInterval(Double(second))
            var reports = Self.large(1)
            reports[0].run.metrics.inputBytes = 48_000_000 + second * 1_000_000
            session.send(.woke(token: try #require(session.wizard.verification?.wakeToken)))
            session.answer(.runs(reports))
            #expect(session.screen.contains("1.0 MB/s"))
            #expect(session.screen.contains(" left") == (second >= 10))
        }
        var reports = Self.large(1, status: .success)
        reports[0].run.metrics.startedAt = Fixture.now
        reports[0].run.metrics.completedAt = Fixture.now.addingTimeInterval(24)
        reports[0].run.metrics.inputBytes = 96_000_000
        session.send(.woke(token: try #require(session.wizard.verification?.wakeToken)))
        session.answer(.runs(reports))
        #expect(session.screen.contains("24 s") && session.screen.contains("4.0 MB/s"))
    }

    @Test("What would take days is not told in hours, and what stands still promises nothing")
    func slow() {
        var rate = TransferRate()
        for second in 0...30 { rate.add(second * 10, at: Fixture.now.addingTimeInterval(Double(second))) }
        let left = rate.timeLeft(for: 1 << 40)
        #expect(left.map(Formatting.timeLeft) == "more than a day left")
        var still = TransferRate()
        for second in 0...30 { still.add(10, at: Fixture.now.addingTimeInterval(Double(second))) }
        #expect(still.bytesPerSecond == nil && still.timeLeft(for: 10) == nil)
        // The clock may be set back, and a run may begin anew.
        still.add(5, at: Fixture.now)
        #expect(still.bytesPerSecond == nil)
    }

    @Test("When the last run has ended, bell and title say so, as far as they are wanted")
    func notices() throws {
        for (notices, wanted) in [
            (
                Notices(bell: true, title: true),
                [.setTitle("Sluice: Web events and 1 more to Backups is exported"), .ringBell]
            ),
            (Notices(bell: false), [.setTitle("Sluice: Web events and 1 more to Backups is exported")]),
            (
                Notices(title: false, notification: true),
                [.notify("Sluice: Web events and 1 more to Backups is exported")]
            ),
            (.none, []),
        ] as [(Notices, [WizardEffect])] {
            var session = try Session.verifying(Self.large(1)) { $0.notices = notices }
            session.wizard.verification?.flow.draft.name = "Web events and 1 more to Backups"
            session.send(.woke(token: try #require(session.wizard.verification?.wakeToken)))
            session.answer(.runs(Self.large(1, status: .success)))
            let told = session.effects.filter { if case .wake = $0 { false } else { true } }
            #expect(told == wanted)
            // What has begun and ended between two looks has ended, too.
            var quick = Self.large(1, status: .success)
            quick[0].run.id = "quick"
            session.press(.character("r"))
            session.answer(.runs(quick + Self.large(1, status: .success)))
            #expect(session.effects.contains(.ringBell) == notices.bell)
            // Once is enough.
            session.press(.character("r"))
            session.answer(.runs(Self.large(1, status: .success)))
            #expect(!session.effects.contains(.ringBell))
        }
    }

    @Test(
        "y copies the path under the cursor and shows it without a frame, with the mouse left to the terminal"
    )
    func copies() throws {
        var session = try Session.verifying(Fixture.finishedReports())
        let report = Fixture.finishedReports()[0]
        session.press(.end, .character("y"))
        let path = report.verification.files[0].file.path
        #expect(session.effects == [.useMouse(false), .copy(path)])
        #expect(session.lines()[2] + session.lines()[3] == path)
        session.press(.escape)
        #expect(session.effects == [.useMouse(true)] && session.wizard.overlay == nil)
        for (keys, text) in [
            ([Key.home], "7a6e0000-0000-4000-8000-000000000001"),
            ([.home, .down, .down], report.id.rawValue),
            ([.end, .up], report.verification.folder),
        ] {
            for key in keys { session.press(key) }
            session.press(.character("y"))
            #expect(session.effects.contains(.copy(text)))
            session.press(.escape)
        }
        var failed = try Session.verifying(Fixture.reports())
        failed.press(.enter, .character("y"))
        guard case .copy(let text)? = failed.effects.last else {
            Issue.record("\(failed.effects)")
            return
        }
        #expect(text.contains("3 lines are not JSON objects") && text.contains("Status: failed"))
    }
}
