// The embedded platform against the one suite of the Flow Service.
import ExportDomain
import FlowServiceConformance
import Foundation
import Testing

@testable import EmbeddedPlatform

@Suite struct FlowServiceConformanceTests {
    @Test("The embedded platform keeps the contract of Flow Service", arguments: FlowServiceConformance.all)
    func embedded(rule: FlowServiceConformance) async throws {
        let test = try TestPlatform()
        try await rule.check(CheckedPlatform(asked: test, running: test))
    }

    @Test("It keeps it also in memory, without a home folder", arguments: FlowServiceConformance.all)
    func inMemory(rule: FlowServiceConformance) async throws {
        let test = try TestPlatform(inMemory: TestClock())
        try await rule.check(CheckedPlatform(asked: test, running: test))
    }

    @Test(
        "It keeps it also where one program is asked and another one runs the flows of the same home",
        arguments: FlowServiceConformance.all)
    func shared(rule: FlowServiceConformance) async throws {
        let running = try TestPlatform()
        let asked = try TestPlatform(folder: running.folder, clock: running.clock)
        try await rule.check(CheckedPlatform(asked: asked, running: running))
    }
}

/// One platform, or two on a home.
private struct CheckedPlatform: PlatformFixture {
    let asked: TestPlatform
    let running: TestPlatform

    var service: any FlowService { asked.platform }

    var now: Date { running.clock.now }

    func wait(_ seconds: TimeInterval) { running.clock.now += seconds }

    func addDataset(_ name: String) async throws -> Dataset {
        try await running.addDataset(name, files: 2, records: 3).dataset
    }

    func runDue() async throws { _ = try await running.platform.runDue() }
}
