// What Azure's answers mean for a storage: one table, from status and code to error (Azure Storage, *Common
// REST API error codes*, *Blob Storage error codes*, *Data Lake Storage Gen2 error codes*).

import FoundationEssentials
import Languages

extension StorageError {
    /// The error that an answer means.
    ///
    /// - Parameter proof: what the request was authorised with.
    /// - Parameter now: the time on this machine's clock.
    init(
        _ answer: AzureAnswer, action: StorageFailure.Action, location: String, key: String?,
        proof: AzureCredential.Proof, at now: Date = Date()
    ) {
        func failure(_ reason: StorageFailure.Reason) -> StorageFailure {
            StorageFailure(
                action: action, location: location, key: key, reason: reason, answer: answer.summary)
        }
        self =
            switch answer.code {
            case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation":
                .denied(failure(answer.authenticationReason(proof, at: now)))
            case "AuthorizationPermissionMismatch", "UnauthorizedBlobOverwrite",
                "AuthorizationResourceTypeMismatch", "AuthorizationServiceMismatch",
                "InsufficientAccountPermissions":
                .denied(failure(proof.missingPermission(for: action)))
            case let code where deniedWords[code] != nil:
                .denied(failure(.other(deniedWords[code] ?? .verbatim(code))))
            case "ContainerNotFound", "FilesystemNotFound", "ContainerBeingDeleted", "ContainerDisabled",
                "FilesystemBeingDeleted":
                .notFound(failure(.noSuchLocation))
            case "BlobNotFound", "PathNotFound", "ResourceNotFound", "SourcePathNotFound":
                .notFound(failure(.noSuchObject))
            case "BlobAlreadyExists", "PathAlreadyExists":
                .permanent(failure(.alreadyExists))
            case "ConditionNotMet", "TargetConditionNotMet", "SourceConditionNotMet", "InvalidBlockList",
                "InvalidFlushPosition", "RenameDestinationParentPathNotFound":
                .transient(failure(.changedMeanwhile))
            case "PathConflict", "ResourceTypeMismatch", "InvalidDestinationPath":
                .permanent(failure(.notAFolder))
            case "Md5Mismatch", "Crc64Mismatch":
                .transient(failure(.wrongChecksum))
            case "RequestBodyTooLarge", "BlockListTooLong", "FileSizeLimitExceeded":
                .permanent(failure(.tooLarge))
            case "StorageQuotaExceeded", "AccountLimitExceeded", "FilesystemQuotaExceeded":
                .permanent(failure(.noSpace))
            default:
                StorageError(status: answer.status, failure: failure(answer.reason), after: answer.retryAfter)
            }
    }

    /// What the status alone means.
    private init(status: Int, failure: StorageFailure, after: Duration?) {
        var failure = failure
        switch status {
        case 401, 403:
            failure.reason = .noPermission
            self = .denied(failure)
        case 404:
            failure.reason = .noSuchObject
            self = .notFound(failure)
        case 429, 503: self = .throttled(failure, after: after)
        case 408, 500...: self = .transient(failure)
        default: self = .permanent(failure)
        }
    }
}

/// Refusals that have nothing to do with single rights, in words that say what to change.
private let deniedWords: [String: Text] = [
    "AuthorizationFailure": Text(
        "the account's firewall or network rules do not let this machine in; add its address there"),
    "AuthorizationSourceIPMismatch": Text(
        "the shared access signature does not hold for this machine's address; make one that does"),
    "AuthorizationProtocolMismatch": Text(
        "the shared access signature holds for https only; use an https address"),
    "KeyBasedAuthenticationNotPermitted": Text(
        "the account does not accept its account keys; use a shared access signature, or allow them in its configuration"
    ),
    "PublicAccessNotPermitted": Text("the account lets nobody in without credentials"),
    "AccountIsDisabled": Text("the storage account is disabled; have it enabled again"),
    "BlobImmutableDueToPolicy": Text("an immutability policy protects the object until its time is over"),
    "LeaseIdMissing": Text("another program holds a lease on the object; have it released"),
    "LeaseAlreadyPresent": Text("another program holds a lease on the object; have it released"),
]

extension AzureAnswer {
    /// How far the clocks may be apart before signatures stop to hold.
    private static var allowedSkew: TimeInterval { 15 * 60 }

    /// Why the credentials are not accepted.
    fileprivate func authenticationReason(
        _ proof: AzureCredential.Proof, at now: Date
    ) -> StorageFailure.Reason {
        let skew = date.map { now.timeIntervalSince($0) }
        let isClockOff = skew.map { abs($0) > Self.allowedSkew } ?? false
        switch proof {
        case .key where isClockOff || detail.contains("Request date header too"):
            return .clockOff(by: skew.map { .seconds(Int64(abs($0).rounded())) })
        case .key:
            return .wrongSecret
        case .signature(let signature):
            let here = date ?? now
            let hasExpired = signature.expiry.map { $0 <= here } ?? false
            guard hasExpired || detail.contains("time frame") else { return .wrongSecret }
            guard hasExpired || signature.expiry == nil else {
                return .other(
                    Text("the shared access signature does not hold yet; look at its start time"))
            }
            return .expired(
                signature.expiry.map {
                    Text("the shared access signature (it ran out \($0.formatted(.iso8601)))")
                } ?? Text("the shared access signature"))
        case .token(let token):
            if token.expiry <= (date ?? now) || detail.contains("expired") {
                return .expired(Text("the access token"))
            }
            let words = detail.isEmpty ? message : detail
            return .other(Text("the account does not accept the token: \(words)"))
        }
    }

    /// The service's own words, as a reason.
    fileprivate var reason: StorageFailure.Reason {
        if !message.isEmpty { return .other(.verbatim(message)) }
        return .other(code.isEmpty ? Text("the service answered \(status)") : .verbatim(code))
    }

    /// Whether other credentials of the same kind may be accepted.
    var refusesCredentials: Bool {
        ["AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation"].contains(code)
    }
}

extension AzureCredential.Proof {
    /// The right that an action needs, as it is called where it is granted.
    func missingPermission(for action: StorageFailure.Action) -> StorageFailure.Reason {
        switch self {
        case .key: .noPermission
        case .signature:
            SharedAccessSignature.permission(for: action).map { .signatureWithout($0) } ?? .noPermission
        case .token:
            switch action {
            case .list, .read, .stat, .listContainers: .missingPermission("Storage Blob Data Reader")
            case .put, .delete, .abort, .reach: .missingPermission("Storage Blob Data Contributor")
            }
        }
    }
}
