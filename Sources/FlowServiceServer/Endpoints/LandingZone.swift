// What opens the Data Landing Zone to those who read from it
// (`/data/foundation/connectors/landingzone?type=dlz_destination`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes

enum LandingZone {
    static let endpoints: [Endpoint] = [
        .sandbox(.get, path) { call in
            let zone = try await zone(call)
            var description = LandingZoneDescription()
            description.set(\.containerName, to: zone.containerName)
            description.set(\.containerTTL, to: LandingZoneDescription.usualDays)
            return try APIAnswer(description.json)
        },
        .sandbox(.get, path + "/credentials") { try await credentials($0) },
        // The signature is the one that the account was given: this server can make no other.
        .sandbox(.post, path + "/credentials", changes: false) { try await credentials($0) },
    ]

    private static let path = "/data/foundation/connectors/landingzone"

    private static func credentials(_ call: SandboxCall) async throws -> APIAnswer {
        APIAnswer(200, body: try LandingZoneCredentials.azure(try await zone(call)).body())
    }

    private static func zone(_ call: SandboxCall) async throws -> AzureLandingZone {
        let account = call.request.target[LandingZoneCredentials.accountItem].map {
            Identifier<BaseConnection>($0)
        }
        guard let url = try await call.exports?.landingZone(of: account),
            let zone = AzureLandingZone(uri: url)
        else { throw noCredentials }
        return zone
    }

    /// A platform behind this server may have its landing zone in a folder, which nobody signs in to.
    private static let noCredentials = Refusal(
        ErrorBody(
            code: .notFoundAtProvider,
            message: "The landing zone of this server is a folder on its machine, which has no credentials."))
}
