// The sandboxes that a caller may use (`GET /data/foundation/sandbox-management/`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension Endpoints {
    static let sandboxes = "/data/foundation/sandbox-management"
}

enum SandboxList {
    static let endpoints: [Endpoint] = [
        .server(.get, Endpoints.sandboxes, .caller) { try page($0, $1.sandboxes) }
    ]

    static func page(_ request: APIRequest, _ sandboxes: [Sandbox]) throws -> APIAnswer {
        let limit = try request.number("limit", in: 1...100) ?? 50
        let offset = try request.number("offset", in: 0...1_000_000) ?? 0
        let page = Array(sandboxes.enumerated().dropFirst(offset).prefix(limit))
        var answer = FlowServiceAPI.SandboxList()
        answer.set(\.sandboxes, to: page.map { entity($0.element, isDefault: $0.offset == 0) })
        var info = SandboxPage()
        info.set(\.limit, to: limit)
        info.set(\.count, to: page.count)
        answer.set(\.page, to: info)
        return try APIAnswer(answer.json)
    }

    private static func entity(_ sandbox: Sandbox, isDefault: Bool) -> SandboxEntity {
        var entity = SandboxEntity()
        entity.set(\.name, to: sandbox.name)
        entity.set(\.title, to: sandbox.name)
        entity.set(\.state, to: "active")
        entity.set(\.type, to: isDefault ? "production" : "development")
        entity.set(\.isDefault, to: isDefault)
        return entity
    }
}

extension APIRequest {
    /// The number that a word of the query has; nil where it is absent.
    ///
    /// - Throws: `Refusal` for anything that is no number within the bounds.
    func number(_ word: String, in bounds: ClosedRange<Int>) throws -> Int? {
        guard let text = target[word] else { return nil }
        guard let number = Int(text), bounds.contains(number) else {
            throw FlowServiceError.invalid(
                field: word,
                reason: .verbatim("\(word) is a number from \(bounds.lowerBound) to \(bounds.upperBound)"))
        }
        return number
    }
}
