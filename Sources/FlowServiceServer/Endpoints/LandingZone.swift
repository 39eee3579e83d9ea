// What opens the Data Landing Zone to those who read from it
// (`/data/foundation/connectors/landingzone/credentials?type=dlz_destination`).
import ExportDomain
import FlowServiceAPI
import HTTPTypes

enum LandingZone {
    static let endpoints: [Endpoint] = [
        .sandbox(.get, path) { _ in throw noCredentials },
        .sandbox(.post, path) { _ in throw noCredentials },
    ]

    private static let path = "/data/foundation/connectors/landingzone/credentials"

    /// A platform behind this server has its landing zone in a folder, which nobody signs in to.
    private static let noCredentials = Refusal(
        ErrorBody(
            code: .notFoundAtProvider,
            message: "The landing zone of this server is a folder on its machine, which has no credentials."))
}
