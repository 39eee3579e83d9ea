// What was left half made, offered at the start, key by key.
import FoundationEssentials
import Languages
import TerminalKit
import Testing
import TextLiterals

@testable import ExportDomain
@testable import ExportWizard

extension Fixture {
    /// An export of which datasets and account are made, and the destination may be.
    static func unfinished() throws -> UnfinishedWork {
        let spec = try landingZone()
        var export = UnfinishedWork(
            .export(
                UnfinishedWork.Dataflow(
                    name: "Nightly", flowSpecID: spec.flowSpecID, datasets: datasets[..<3].map(\.reference),
                    schedule: try flow().draft.schedule, folderTemplate: .standard, malformedRecords: .fail),
                to: .new(
                    UnfinishedWork.NewDestination(
                        name: "Backups", description: "", connectionSpecID: spec.id, parameters: [:],
                        account: .new(name: "Backup user", specName: nil)))),
            startedAt: now.addingTimeInterval(-86_400))
        export.note(.source, "900d0000-0000-4000-8000-000000000001")
        export.note(.account, "b1f00000-0000-4000-8000-000000000001")
        export.begin(.target, known: [])
        return export
    }
}

extension Session {
    /// A wizard at whose start some exports were found half made.
    static func withUnfinished(_ exports: [UnfinishedWork]) throws -> Session {
        var session = Session()
        session.send(.started)
        let tokens = session.effects.compactMap {
            if case .request(let request, let token) = $0 { (request, token) } else { nil }
        }
        for (request, token) in tokens {
            switch request {
            case .unfinished: session.send(.answered(token: token, .unfinished(exports)))
            default:
                session.send(
                    .answered(
                        token: token,
                        .catalogue([try Fixture.landingZone()], try Fixture.destinations(), [])))
            }
        }
        return session
    }
}

@Suite("An export that was left half made")
struct UnfinishedTests {
    @Test(
        "is offered at the start, with what it has made; it can be left, and is offered by a key from then on"
    )
    func offered() throws {
        let export = try Fixture.unfinished()
        var session = try Session.withUnfinished([export])
        let words = session.screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("The export “Nightly” was left half made on 2026-11-22 at 21:04 UTC"))
        session.press(.escape)
        #expect(session.requests.isEmpty && session.wizard.overlay == nil)
        #expect(session.screen.contains("u Half made"))
        session.press(.character("u"))
        #expect(session.wizard.overlay == .unfinished(export))
    }

    @Test("is not spoken of where there is none")
    func none() throws {
        var session = try Session.withUnfinished([])
        #expect(session.wizard.overlay == nil && !session.screen.contains("Half made"))
        session.press(.character("u"))
        #expect(session.screen.contains("Nothing was left half made"))
    }

    @Test("comes over nothing that was begun meanwhile")
    func late() throws {
        var session = Session()
        session.send(.started)
        guard case .request(.unfinished, let token)? = session.effects.first else {
            Issue.record("The start asked for \(session.requests)")
            return
        }
        session.answer(.catalogue([try Fixture.landingZone()], try Fixture.destinations(), []))
        session.press(.enter)
        session.send(.answered(token: token, .unfinished([try Fixture.unfinished()])))
        #expect(session.wizard.overlay == nil && session.wizard.screen == .datasets)
        session.press(.escape)
        #expect(session.screen.contains("u Half made"))
    }

    @Test("is gone on with, to the runs of its flow")
    func resumed() throws {
        let export = try Fixture.unfinished()
        var session = try Session.withUnfinished([export])
        session.press(.character("r"))
        #expect(session.requests == [.resume(export)] && session.wizard.overlay == nil)
        session.press(.character("u"))
        #expect(session.wizard.overlay == nil && session.screen.contains("It is being worked on"))
        let token = try #require(session.wizard.unfinished.underWay?.token)
        let details = try Fixture.flows()[0].details
        session.send(.answered(token: token, .resumed(details)))
        #expect(session.wizard.screen == .verification && session.requests == [.runs(details.id)])
        #expect(session.wizard.unfinished.all.isEmpty)
    }

    @Test("stays, with the reason, where it cannot be gone on with")
    func failed() throws {
        let export = try Fixture.unfinished()
        var session = try Session.withUnfinished([export])
        session.press(.character("r"))
        session.answer(.failed(RequestFailure(reason: "The credentials were not kept.")))
        #expect(session.screen.contains("The credentials were not kept") && session.requests == [.unfinished])
        session.answer(.unfinished([export]))
        session.press(.escape)
        #expect(session.screen.contains("u Half made"))
    }

    @Test("is removed; what is still there is named, and the next is offered")
    func removed() throws {
        let exports = [try Fixture.unfinished(), try Fixture.unfinished()]
        var session = try Session.withUnfinished(exports)
        session.press(.character("x"))
        #expect(session.requests == [.discard(exports[0])])
        session.answer(.discarded(leaving: []))
        #expect(session.wizard.overlay == .unfinished(exports[1]))
        #expect(session.requests == [.catalogue])
        session.press(.character("x"))
        session.answer(.discarded(leaving: ["The account “Backup user” could not be removed: it is used."]))
        #expect(session.screen.contains("could not be removed"))
        session.press(.escape)
        #expect(session.wizard.overlay == nil && session.wizard.unfinished.all.isEmpty)
    }

    @Test("is looked for again after a flow could not be made")
    func afterFailure() throws {
        var session = try Session.scheduling()
        session.press(.enter, .enter)
        session.answer(.failed(RequestFailure(reason: "The network is gone.")))
        #expect(session.requests == [.unfinished] && session.screen.contains("The network is gone."))
    }
}
