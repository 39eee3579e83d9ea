// What opens the storage of an account: the credentials that were given on this machine, else those of the environment.
// The platform has them too, and never gives them back.
import DestinationStorages
import ExportDomain
import Languages

/// The way from an account of a distant platform to its credentials.
struct AccountAccess: Sendable {
    let credentials: any CredentialStore
    let environment: [String: String]

    /// An account with the credentials that are known here.
    ///
    /// What the platform shows of them, like the host of a server, fills in what is not.
    /// - Throws: `UnknownCredentials` where there are none; what the store throws.
    func account(_ account: BaseConnection, spec: ConnectionSpec) async throws -> KnownAccount {
        let shown = account.draft.authentication
        var known = AccountCredentials(shown, spec: spec)
        if let kept = try await kept(account) {
            known = AccountCredentials(kept, spec: spec).filledIn(by: known)
        } else if shown != nil || spec.requiresAuthentication {
            let destination = try Destinations.destination(spec.id)
            guard let found = try destination.credentials(inEnvironment: environment) else {
                throw UnknownCredentials(
                    account: account.draft.name, variables: destination.environmentVariables)
            }
            known = found.filledIn(by: known)
        }
        return KnownAccount(name: account.draft.name, credentials: known)
    }

    /// Whether credentials of the account were given on this machine.
    func isKnown(_ account: BaseConnection) async throws -> Bool { try await kept(account) != nil }

    /// The credentials that were given here, if they are of the way in which the account signs in now, as far as the
    /// platform says that.
    private func kept(_ account: BaseConnection) async throws -> BaseConnection.Authentication? {
        let kept = try await credentials.credentials(of: account.id)
        guard let way = account.draft.authentication?.specName else { return kept }
        return kept?.specName == way ? kept : nil
    }
}

extension AccountCredentials {
    /// The credentials with what others show that these do not have.
    fileprivate func filledIn(by shown: AccountCredentials) -> AccountCredentials {
        var credentials = self
        credentials.parameters.merge(shown.parameters) { own, _ in own }
        return credentials
    }
}

/// Nobody has given the credentials of an account on this machine.
struct UnknownCredentials: Error, Hashable, Localized {
    /// The account's name.
    var account: String
    /// The variables that would do, as part of “set …”; nil where none would.
    var variables: String?

    var description: String { text.english }

    var text: Text {
        variables.map {
            Text(
                "This machine does not know the credentials of the account “\(account)”: edit the destination and enter them, or set \($0)."
            )
        }
            ?? Text(
                "This machine does not know the credentials of the account “\(account)”: edit the destination and enter them."
            )
    }
}
