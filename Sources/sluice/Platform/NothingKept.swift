// The credentials of accounts where nothing may be kept on this machine.
import ExportDomain

/// Keeps no credentials, for a platform that only the environment names.
struct NothingKept: CredentialStore {
    func credentials(
        of account: Identifier<BaseConnection>
    ) async throws -> BaseConnection.Authentication? { nil }

    func keep(
        _ authentication: BaseConnection.Authentication, of account: Identifier<BaseConnection>
    ) async throws {}

    func forget(_ account: Identifier<BaseConnection>) async throws {}
}
