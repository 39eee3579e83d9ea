// What opens the Data Landing Zone to those who read from it, and how long its files are kept.
import ExportDomain
import FlowServiceAPI
import HTTPTypes
import Languages

extension RemoteFlowService {
    /// The credentials of the landing zone that receives exports.
    ///
    /// - Parameters:
    ///   - account: the account whose landing zone is meant, on a server of this program, which may have several;
    ///     Experience Platform has one a sandbox, and is not asked for that of an account.
    ///   - renewing: whether the present ones are replaced, for everybody who uses them.
    public func landingZoneCredentials(
        of account: Identifier<BaseConnection>? = nil, renewing: Bool = false
    ) async throws(FlowServiceError) -> LandingZoneCredentials {
        let doing = Text("get the credentials of the landing zone")
        var items = [Self.landingZoneType]
        if renewing { items.append(ListQuery.Item("action", "refresh")) }
        if let account { items.append(ListQuery.Item(LandingZoneCredentials.accountItem, account.rawValue)) }
        let call = Self.landingZone(doing, renewing ? .post : .get, ListQuery("/credentials", others: items))
        let answer = try await gateway.ask(call)
        return try reading(doing) { try LandingZoneCredentials(reading: answer.body) }
    }

    /// After how many days the files of the landing zone are deleted; nil where the platform does not say.
    public func landingZoneDays() async throws(FlowServiceError) -> Int? {
        let doing = Text("look up how long files are kept in the landing zone")
        let call = Self.landingZone(doing, .get, ListQuery("", others: [Self.landingZoneType]))
        let answer = try await gateway.ask(call)
        return try reading(doing) { try LandingZoneDescription(reading: answer.body).days }
    }

    private static let landingZoneType = ListQuery.Item("type", "dlz_destination")

    private static func landingZone(
        _ doing: Text, _ method: HTTPRequest.Method, _ query: ListQuery
    ) -> PlatformCall {
        var call = PlatformCall(doing, method, query.link)
        call.service = .landingZone
        call.permissions = [.viewDestinations]
        return call
    }
}
