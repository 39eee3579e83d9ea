// Client, server, platform and storage together: what a client sees of the exports of a served platform.
import ExportDomain
import FlowServiceClient
import Foundation
import Languages
import ObjectStorage
import RemotePlatform
import TestFiles
import Testing

@testable import EmbeddedPlatform

@Suite("The exports of a served platform, seen by a client", .timeLimit(.minutes(10)))
struct ServedExportsTests {
    private func served(_ destination: RealDestination) async throws -> ServedPlatform {
        let served = try await ServedPlatform(environment: destination.environment)
        if let fingerprint = destination.fingerprint {
            let consent = DestinationTestConsent(confirmedFingerprint: fingerprint)
            for await _ in served.platform.test(destination.draft, consent: consent) {}
        }
        return served
    }

    /// Tests the destination from the client, and confirms the server's key on the way.
    private func test(_ destination: RealDestination, _ exports: RemoteExports) async {
        let consent = DestinationTestConsent(
            writesProbe: true, confirmedFingerprint: destination.fingerprint)
        var passed: [DestinationTestStep] = []
        for await report in exports.test(destination.draft, consent: consent) {
            if case .passed = report.outcome { passed.append(report.step) }
            if case .failed(let reason, _) = report.outcome { Issue.record("\(report.step): \(reason)") }
        }
        #expect(passed == DestinationTestStep.allCases)
    }

    @Test(
        "A client verifies runs as the platform itself does, with the credentials that it was given",
        arguments: RealDestination.Kind.allCases)
    func sameVerification(kind: RealDestination.Kind) async throws {
        let destination = try await RealDestination.make(kind)
        let served = try await served(destination)
        let exports = served.exports(environment: destination.environment)
        await test(destination, exports)
        let run = try await served.export(to: destination.draft)
        for depth in [VerificationDepth.listing, .rows, .contents] {
            let seen = try await exports.verification(of: run, depth: depth)
            #expect(seen.findings.isEmpty && seen.files.count == 4)
            #expect(seen == (try await served.platform.verification(of: run, depth: depth)))
        }
        let files = try await exports.exportedFiles(of: run)
        #expect(files == (try await served.platform.exportedFiles(of: run)))
        #expect(files.allSatisfy { $0.records == 50 && $0.digest != nil })
        #expect(try await exports.folder(of: run) == served.platform.folder(of: run))
        #expect(try await exports.manifestPath(of: run) == served.platform.manifestPath(of: run))
        #expect(try await exports.expiry(of: run) == served.platform.expiry(of: run))
        let path = files[0].path
        let location = try await exports.location(of: path, in: run.id)
        #expect(location == (try await served.platform.location(of: path, in: run.id)))
        let preview = try await exports.preview(path, of: run.id, records: 2)
        #expect(preview.records.count == 2 && preview.records[0].contains("Zoë"))
        #expect(preview == (try await served.platform.preview(path, of: run.id, records: 2)))
    }

    @Test(
        "A client tells which folders there are in a destination, and in storages that have others which",
        arguments: RealDestination.Kind.allCases)
    func names(kind: RealDestination.Kind) async throws {
        let destination = try await RealDestination.make(kind)
        let served = try await served(destination)
        let exports = served.exports(environment: destination.environment)
        await test(destination, exports)
        _ = try await served.export(to: destination.draft)
        let key = kind == .sftp ? "remotePath" : "path"
        let folder = destination.draft.parameters[key]?.text ?? ""
        let inside = try await exports.suggestions(
            SuggestionQuery(field: key, kind: .folders, folder: folder), of: destination.draft)
        #expect(!inside.values.isEmpty && inside.isWhole)
        #expect(inside.values.allSatisfy { $0.hasPrefix(folder + "/") })
        let parts = SuggestionQuery.parts(of: folder)
        let beside = try await exports.suggestions(
            SuggestionQuery(field: key, kind: .folders, folder: parts.folder), of: destination.draft)
        #expect(beside.values.contains(folder))
        let field = ["bucketName", "container"].first { destination.draft.parameters[$0] != nil }
        guard let field = field ?? (kind == .lake ? "url" : nil) else { return }
        let containers = try await exports.suggestions(
            SuggestionQuery(field: field, kind: .containers), of: destination.draft)
        if let own = destination.draft.parameters[field]?.text {
            #expect(containers.values.contains(own))
        } else {
            #expect(!containers.values.isEmpty)
        }
    }

    @Test(
        "A file that is gone, one that was shortened and one that nobody exported are found from the client",
        arguments: [RealDestination.Kind.s3, .sftp, .landingZone])
    func damage(kind: RealDestination.Kind) async throws {
        let destination = try await RealDestination.make(kind)
        let served = try await served(destination)
        let exports = served.exports(environment: destination.environment)
        await test(destination, exports)
        let run = try await served.export(to: destination.draft)
        #expect(try await exports.verification(of: run).findings.isEmpty)
        let files = try await exports.exportedFiles(of: run)
        let storage = try await served.storage(of: run)
        try await storage.delete(try StorageKey(files[0].path))
        let key = try StorageKey(files[1].path)
        try await storage.put(bytes: try await storage.bytes(of: key).dropLast(), at: key)
        let folder = try await exports.folder(of: run)
        try await storage.put(bytes: [1], at: try StorageKey(folder + "/zzz.txt"))
        let found = try await exports.verification(of: run)
        #expect(found.findings.map(\.kind) == ["missing", "size", "extra"])
        #expect(found == (try await served.platform.verification(of: run)))
    }

    @Test(
        "Who was given no credentials takes those of the environment; without any a sentence says which would do",
        arguments: RealDestination.Kind.allCases.filter { $0 != .landingZone })
    func otherCredentials(kind: RealDestination.Kind) async throws {
        let destination = try await RealDestination.make(kind)
        let served = try await served(destination)
        await test(destination, served.exports(environment: destination.environment))
        let run = try await served.export(to: destination.draft)
        let environment = destination.environment.merging(destination.keys) { $1 }
        let exports = served.exports(environment: environment, profile: "other")
        let seen = try await exports.verification(of: run, depth: .contents)
        #expect(seen == (try await served.platform.verification(of: run, depth: .contents)))

        let stranger = served.exports(environment: destination.environment, profile: "other")
        let error = await failure { _ = try await stranger.verification(of: run) }
        let sentence = error?.description ?? ""
        #expect(sentence.contains("“Account”") && sentence.contains(destination.hint))
        #expect(sentence.contains("edit the destination"))
        // What the platform says needs no credentials.
        #expect(try await stranger.exportedFiles(of: run).count == 3)
        #expect(try await stranger.folder(of: run) == served.platform.folder(of: run))
        #expect(try await served.service.run(run.id).metrics.outputRecords == 150)
    }

    @Test("A landing zone in a container is opened with the signature that the platform hands out")
    func landingZoneHandedOut() async throws {
        let destination = try await RealDestination.make(.landingZone)
        let served = try await served(destination)
        let run = try await served.export(to: destination.draft)
        let exports = served.exports(environment: destination.environment, profile: "other")
        let seen = try await exports.verification(of: run, depth: .contents)
        #expect(seen.findings.isEmpty && seen.files.count == 4)
        #expect(seen == (try await served.platform.verification(of: run, depth: .contents)))
        let end = try #require(run.metrics.completedAt)
        #expect(try await exports.expiry(of: run) == end.addingTimeInterval(7 * 86_400))
    }

    @Test("Of a landing zone that is a folder on the server, runs are seen, and a sentence says why no files")
    func landingZoneFolder() async throws {
        let served = try await ServedPlatform()
        let spec = try #require(
            try await served.service.connectionSpecs().first { $0.name == "Data Landing Zone" })
        let draft = DestinationDraft(
            name: "Zone", connectionSpecID: spec.id, account: .new(BaseConnection.Draft(name: "Zone")),
            parameters: ["path": "in", "datasetFileType": "JSON", "compression": "GZIP"])
        let exports = served.exports()
        var outcomes: [DestinationTestReport.Outcome] = []
        for await report in exports.test(draft) { outcomes.append(report.outcome) }
        #expect(outcomes.count == DestinationTestStep.allCases.count)
        #expect(
            outcomes.allSatisfy {
                if case .skipped(let reason) = $0 {
                    reason.english.contains("on the platform's machine")
                } else {
                    false
                }
            })
        let run = try await served.export(to: draft)
        #expect(run.metrics.outputFiles == 3)
        let error = await failure { _ = try await exports.verification(of: run) }
        #expect(error?.description.contains("a folder on the platform's machine") == true)
        let untold = await #expect(throws: FlowServiceError.self) {
            try await exports.suggestions(
                SuggestionQuery(field: "path", kind: .folders), of: draft)
        }
        #expect(
            untold?.description.hasPrefix("Nothing can be listed from this machine: the landing zone is")
                == true)
        #expect(try await exports.exportedFiles(of: run).count == 3)
        #expect(try await exports.expiry(of: run) == nil)
    }

    @Test("Files that other runs wrote into the same folder are theirs, also when they come later")
    func sharedFolder() async throws {
        let destination = try await RealDestination.make(.s3)
        let served = try await served(destination)
        let exports = served.exports(environment: destination.environment)
        let template = try FolderTemplate("all")
        let first = try await served.export(to: destination.draft, template: template)
        #expect(try await exports.verification(of: first).findings.isEmpty)
        let flow = try await served.service.flow(first.flowID)
        let target = try await served.service.targetConnection(flow.draft.targetConnectionID)
        let second = try await served.export(to: target, template: template)
        for run in [first, second] {
            let seen = try await exports.verification(of: run)
            #expect(seen.findings.isEmpty && seen.files.count == 4)
        }
    }

    @Test("What was given is kept sealed, changed with the account, and forgotten with it")
    func keptCredentials() async throws {
        let destination = try await RealDestination.make(.s3)
        let served = try await served(destination)
        let store = served.own.vault.remoteCredentials(ofProfile: "served")
        let target = try await served.service.createDestination(destination.draft)
        let id = target.draft.baseConnectionID
        guard case .new(let given) = destination.draft.account else { throw CancellationError() }
        #expect(try await store.credentials(of: id) == given.authentication)
        for file in try served.folder.everything() {
            guard let content = try? served.folder.bytes(of: file) else { continue }
            for secret in destination.secrets {
                #expect(Data(content).range(of: Data(secret.utf8)) == nil, "\(file)")
            }
        }

        let account = try await served.service.connection(id)
        var changed = given
        changed.authentication?.answers["s3SecretKey"] = nil
        changed.authentication?.answers["region"] = nil
        _ = try await served.service.updateConnection(id, to: changed, etag: account.revision.etag)
        let kept = try #require(try await store.credentials(of: id))
        #expect(kept.answers["s3SecretKey"] == given.authentication?.answers["s3SecretKey"])
        #expect(kept.answers["region"] == nil)
        try await served.service.removeDestination(try await served.service.targetConnection(target.id))
        #expect(try await store.credentials(of: id) == nil)
    }
}
