// A platform that records no files, as Experience Platform: what can be said all the same.
import DestinationStorages
import ExportDomain
import FlowServiceClient
import Foundation
import ObjectStorage
import RemotePlatform
import TestFiles
import Testing

@testable import EmbeddedPlatform

@Suite("The exports of a platform that records no files", .timeLimit(.minutes(10)))
struct ForeignPlatformTests {
    private func export(
        manifest: Bool, template: FolderTemplate = .standard
    ) async throws -> (ServedPlatform, RemoteExports, FlowRun, any Storage) {
        let destination = try await RealDestination.make(.s3, manifest: manifest)
        let served = try await ServedPlatform(environment: destination.environment, tellsRecords: false)
        var run = try await served.export(to: destination.draft, template: template)
        // Experience Platform does not say it either.
        run.scheduledTime = nil
        return (
            served, served.exports(environment: destination.environment), run,
            try await served.storage(of: run)
        )
    }

    @Test("Its folder is found by the time in its name, and the counts of the run are compared in sum")
    func counts() async throws {
        let (served, exports, run, storage) = try await export(manifest: false)
        let folder = try await served.platform.folder(of: run)
        // Other runs of the dataset, before and after this one.
        let name = try #require(folder.split(separator: "=").first)
        for time in ["202001010600", "209901010600"] {
            try await storage.put(bytes: [1], at: try StorageKey("\(name)=\(time)/part.json.gz"))
        }
        #expect(try await exports.folder(of: run) == folder)
        let seen = try await exports.verification(of: run, depth: .contents)
        #expect(seen.findings.isEmpty && seen.folder == folder)
        #expect(seen.files.map(\.state) == [.present, .present, .present])
        #expect(try await exports.manifestPath(of: run) == nil)

        let files = try await exports.exportedFiles(of: run)
        #expect(files.map(\.path) == (try await served.platform.exportedFiles(of: run)).map(\.path).sorted())
        try await storage.delete(try StorageKey(files[0].path))
        let found = try await exports.verification(of: run, depth: .contents).findings
        #expect(found.map(\.kind) == ["total", "total", "total"])
        #expect(found[0].description.contains("has 2 files and the run counts 3"))
        #expect(found[2] == .total(folder: folder, of: .records, expected: 150, found: 100))
    }

    @Test("Its manifest says which files there should be, and which folder is the run's")
    func manifest() async throws {
        let (served, exports, run, storage) = try await export(manifest: true)
        let seen = try await exports.verification(of: run, depth: .contents)
        #expect(seen.findings.isEmpty && seen.files.count == 4)
        #expect(seen.files.filter(\.isManifest).map(\.state) == [.present])
        #expect(try await exports.manifestPath(of: run) == served.platform.manifestPath(of: run))
        let files = try await exports.exportedFiles(of: run)
        #expect(files.count == 3)
        try await storage.delete(try StorageKey(files[0].path))
        try await storage.put(bytes: [1], at: try StorageKey(files[1].path))
        try await storage.put(bytes: [1], at: try StorageKey(seen.folder + "/zzz.txt"))
        let found = try await exports.verification(of: run)
        #expect(found.findings.map(\.kind) == ["missing", "size", "extra"])
        let manifest = try #require(try await exports.manifestPath(of: run))
        try await storage.delete(try StorageKey(manifest))
        let without = try await exports.verification(of: run).findings.map(\.kind)
        #expect(without.contains("manifest-missing") && !without.contains("extra"))
    }

    @Test(
        "Where the platform says where the manifest lies, the folder is found though the template is another one now"
    )
    func toldManifest() async throws {
        let (served, exports, run, _) = try await export(
            manifest: true, template: try FolderTemplate("%DATASET_NAME%/%EXPORT_TIME%"))
        let manifest = try #require(try await served.platform.manifestPath(of: run))
        let flow = try await served.service.flow(run.flowID)
        _ = try await served.service.updateFlow(
            flow.id, Flow.Change(folderTemplate: try FolderTemplate("elsewhere/%EXPORT_TIME%")),
            etag: flow.revision.etag)
        // By the rule alone it is another folder, in which there is nothing.
        #expect(try await exports.verification(of: run).findings.map(\.kind).contains("manifest-missing"))
        var told = run
        told.metrics.manifestPath = "/bucket/\(manifest)"
        #expect(try await exports.manifestPath(of: told) == manifest)
        let seen = try await exports.verification(of: told, depth: .contents)
        #expect(seen.findings.isEmpty && seen.files.count == 4, "\(seen.findings)")
        #expect(try await exports.folder(of: told) == served.platform.folder(of: run))
        // A place that cannot be is passed over.
        told.metrics.manifestPath = "../../\(manifest.split(separator: "/").last ?? "")"
        #expect(try await exports.folder(of: told) == exports.folder(of: run))
    }

    @Test("In a folder that runs share, manifests say whose files are whose, and counts are not compared")
    func sharedFolder() async throws {
        let template = try FolderTemplate("all")
        let (served, exports, first, _) = try await export(manifest: true, template: template)
        let flow = try await served.service.flow(first.flowID)
        let target = try await served.service.targetConnection(flow.draft.targetConnectionID)
        let second = try await served.export(to: target, template: template)
        for run in [first, second] { #expect(try await exports.verification(of: run).findings.isEmpty) }
    }
}
