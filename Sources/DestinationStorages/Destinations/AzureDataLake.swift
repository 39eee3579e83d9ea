// Azure Data Lake Storage Gen2, by a service principal.
import ExportDomain
import Languages
import ObjectStorage
import Secrets

struct AzureDataLake: Destination {
    let id: Identifier<ConnectionSpec> = "be2c3209-53bc-47e7-ab25-145db8b873e1"

    func extend(_ spec: inout ConnectionSpec) {}

    func storage(_ settings: DestinationSettings, over network: StorageNetwork) throws -> any Storage {
        do {
            let authority = network.environment.given("AZURE_AUTHORITY_HOST")
            return try ADLSStorage(
                url: try settings.requiredText("url"), tenant: try settings.requiredText("tenant"),
                clientID: try settings.requiredText("servicePrincipalId"),
                clientSecret: try settings.requiredSecret("servicePrincipalKey"),
                authority: authority ?? "https://login.microsoftonline.com",
                client: try network.httpClient(), retrying: settings.retrying)
        } catch let error as InvalidAzureSetting {
            if case .wrongAuthority = error {
                throw DestinationError(field: nil, reason: Text("AZURE_AUTHORITY_HOST: \(error)"))
            }
            throw DestinationError(field: "url", reason: .of(error))
        }
    }

    /// The container is part of the URL, and may be missing there.
    func completing(_ draft: DestinationDraft, for kind: SuggestionQuery.Kind) -> DestinationDraft {
        guard kind == .containers else { return draft }
        var draft = draft
        let complete = { (account: inout BaseConnection.Draft) in
            guard case .value(.string(let url))? = account.authentication?.answers["url"], !url.isEmpty else {
                return
            }
            account.authentication?.answers["url"] = .value(.string(ADLSStorage.urlWithContainer(url)))
        }
        switch draft.account {
        case .new(var account):
            complete(&account)
            draft.account = .new(account)
        case .changed(let id, var account):
            complete(&account)
            draft.account = .changed(id, account)
        case .existing: break
        }
        return draft
    }

    let environmentVariables: String? = "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"

    func credentials(inEnvironment environment: [String: String]) throws -> AccountCredentials? {
        guard let tenant = environment.given("AZURE_TENANT_ID"),
            let client = environment.given("AZURE_CLIENT_ID"),
            let secret = environment.given("AZURE_CLIENT_SECRET")
        else { return nil }
        return AccountCredentials(
            specName: "Azure Service Principal Auth",
            parameters: ["tenant": .string(tenant), "servicePrincipalId": .string(client)],
            secrets: ["servicePrincipalKey": Secret(secret)])
    }

    func field(
        for reason: StorageFailure.Reason, at step: DestinationTestStep, _ settings: DestinationSettings
    ) -> String? {
        switch reason {
        case .unknownAccount(settings.text("tenant") ?? ""): "tenant"
        case .unknownAccount(settings.text("servicePrincipalId") ?? ""): "servicePrincipalId"
        // The storage account, whose name has no address.
        case .unknownAccount: "url"
        case .wrongSecret, .expired: "servicePrincipalKey"
        case .noSuchLocation: "url"
        case .nameNotResolved(let host), .unreachable(let host, _), .notTrusted(let host, _):
            // The other server is the one that AZURE_AUTHORITY_HOST names, or Microsoft's.
            isOfURL(host, settings) ? "url" : nil
        case .noPermission, .missingPermission: step == .authenticate ? "servicePrincipalId" : "path"
        default: nil
        }
    }

    private func isOfURL(_ host: String, _ settings: DestinationSettings) -> Bool {
        let name = host.split(separator: ":").first.map(String.init) ?? host
        return settings.text("url")?.contains(name) == true
    }
}
