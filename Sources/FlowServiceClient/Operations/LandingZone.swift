// What opens the Data Landing Zone to those who read from it.
import ExportDomain
import FlowServiceAPI
import HTTPTypes

extension RemoteFlowService {
    /// The credentials of the landing zone that receives exports.
    ///
    /// - Parameter renewing: whether the present ones are replaced, for everybody who uses them.
    public func landingZoneCredentials(
        renewing: Bool = false
    ) async throws(FlowServiceError) -> LandingZoneCredentials {
        let doing = "get the credentials of the landing zone"
        let link = "/credentials?type=dlz_destination"
        var call = PlatformCall(
            doing, renewing ? .post : .get, renewing ? link + "&action=refresh" : link)
        call.service = .landingZone
        call.permissions = [.viewDestinations]
        let answer = try await gateway.ask(call)
        return try reading(doing) { try LandingZoneCredentials(reading: answer.body) }
    }
}
