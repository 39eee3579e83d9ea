// What the checks expect again and again.
import ExportDomain
import Languages
import Testing

/// Expects that an operation is refused as invalid, with the field that is wrong and a reason.
func expectInvalid(
    _ field: String?, sourceLocation: SourceLocation = #_sourceLocation, _ operation: () async throws -> Void
) async {
    let error = await #expect(
        throws: FlowServiceError.self, "\(field ?? "the request")", sourceLocation: sourceLocation
    ) { try await operation() }
    guard case .invalid(let found, let reason, _) = error else {
        Issue.record("“\(String(describing: error))” is not “invalid”", sourceLocation: sourceLocation)
        return
    }
    #expect(found == field, sourceLocation: sourceLocation)
    #expect(!reason.english.isEmpty, sourceLocation: sourceLocation)
}

/// Expects that something is not there.
func expectMissing(
    _ what: String, _ id: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ operation: () async throws -> Void
) async {
    await #expect(
        throws: FlowServiceError.notFound(what: what, id: id), sourceLocation: sourceLocation
    ) { try await operation() }
}

/// Expects an entity as a platform makes it: a UUID, and an etag in its quotes.
func expectEntity(
    id: String, _ revision: Revision, sourceLocation: SourceLocation = #_sourceLocation
) {
    let uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
    #expect(id.wholeMatch(of: uuid) != nil, sourceLocation: sourceLocation)
    let etag = revision.etag
    #expect(etag.hasPrefix("\"") && etag.hasSuffix("\""), sourceLocation: sourceLocation)
    #expect(etag.dropFirst().dropLast().wholeMatch(of: uuid) != nil, sourceLocation: sourceLocation)
    #expect(revision.createdAt <= revision.updatedAt, sourceLocation: sourceLocation)
}

/// Expects that a change has left its mark: another etag, and the time at which the entity was made.
func expectChange(
    from old: Revision, to new: Revision, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(old.etag != new.etag, sourceLocation: sourceLocation)
    #expect(old.createdAt == new.createdAt, sourceLocation: sourceLocation)
    #expect(old.updatedAt <= new.updatedAt, sourceLocation: sourceLocation)
}

/// Expects a list to hold just what was made, the newest first, on pages of two.
func expectNewestFirst<Item: Identifiable & Sendable & Equatable>(
    _ made: [Item], sourceLocation: SourceLocation = #_sourceLocation,
    _ list: (PageRequest) async throws -> Page<Item>
) async throws where Item.ID: Sendable {
    var found: [Item] = []
    var request = PageRequest(limit: 2)
    repeat {
        let page = try await list(request)
        #expect(page.items.count <= 2, sourceLocation: sourceLocation)
        found += page.items
        request.continuationToken = page.continuationToken
    } while request.continuationToken != nil && found.count <= made.count
    #expect(found == made.reversed(), sourceLocation: sourceLocation)
}
