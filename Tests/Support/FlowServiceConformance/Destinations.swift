import ExportDomain
import Testing

extension FlowServiceConformance {
    static let destinations = [
        FlowServiceConformance("A destination is made as it was described") { platform in
            let draft = try await platform.destinationDraft(account: platform.addAccount())
            let target = try await platform.service.createTargetConnection(draft)
            expectEntity(id: target.id.rawValue, target.revision)
            #expect(target.draft.name == "Out" && target.draft.description == "For all")
            #expect(target.draft.folder == "out" && target.draft.fileOptions?.isAllowed == true)
            #expect(try await platform.service.targetConnection(target.id) == target)
        },
        FlowServiceConformance("A destination that cannot be is refused with the field") { platform in
            let service = platform.service
            let account = try await platform.addAccount()
            let wrong: [(String, JSONValue?)] = [
                ("path", "../out"), ("path", nil), ("datasetFileType", "CSV"), ("compression", "NONE"),
                ("bucketName", "acme"),
            ]
            for (field, value) in wrong {
                let draft = try await platform.destinationDraft(account: account, with: [field: value])
                await expectInvalid(field) { _ = try await service.createTargetConnection(draft) }
            }
            var draft = try await platform.destinationDraft(account: account)
            draft.baseConnectionID = "x"
            await expectMissing("account", "x") { [draft] in
                _ = try await service.createTargetConnection(draft)
            }
            #expect(try await service.allTargetConnections().isEmpty)
        },
        FlowServiceConformance("A destination is changed from what it was") { platform in
            let service = platform.service
            let made = try await platform.addDestination()
            var draft = made.draft
            draft.name = "Elsewhere"
            draft.parameters["path"] = "elsewhere"
            let changed = try await service.updateTargetConnection(
                made.id, to: draft, etag: made.revision.etag)
            #expect(changed.draft.name == "Elsewhere" && changed.draft.folder == "elsewhere")
            expectChange(from: made.revision, to: changed.revision)
            #expect(try await service.targetConnection(made.id) == changed)
            await #expect(throws: FlowServiceError.changed(what: "destination", id: made.id.rawValue)) {
                try await service.updateTargetConnection(made.id, to: made.draft, etag: made.revision.etag)
            }
            draft.parameters["path"] = "../out"
            await expectInvalid("path") { [draft] in
                _ = try await service.updateTargetConnection(
                    made.id, to: draft, etag: changed.revision.etag)
            }
            #expect(try await service.targetConnection(made.id) == changed)
        },
        FlowServiceConformance("Destinations come newest first") { platform in
            var made: [TargetConnection] = []
            for number in 1...5 { made.append(try await platform.addDestination("Out \(number)")) }
            try await expectNewestFirst(made) { try await platform.service.targetConnections($0) }
        },
    ]
}
