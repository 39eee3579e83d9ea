// What each of S3's answers means for a storage: one table, from code and status to error.

import FoundationEssentials
import Languages
import Transfer

extension S3ErrorAnswer {
    /// Where the bucket lies, if the answer says that it is not where it was asked for.
    ///
    /// Amazon's servers are found by the region, and no other is believed to be one. A store that is compatible
    /// may name any server; it is asked by the same scheme.
    func place(insteadOf place: S3Place, of configuration: S3Configuration) -> S3Place? {
        guard pointsElsewhere else { return nil }
        var next = place
        if let endpoint = configuration.endpoint {
            if let region { next.region = region }
            if let named = self.endpoint,
                let origin = HTTPOrigin(scheme: endpoint.scheme, authority: named),
                origin != S3Address(configuration, at: place).origin
            {
                next.origin = origin
            }
        } else if let region = region ?? self.endpoint.flatMap(S3Address.region(ofAmazonHost:)) {
            next.region = region
        }
        return next == place ? nil : next
    }

    /// Whether the answer says that the bucket lies elsewhere than asked.
    var pointsElsewhere: Bool {
        switch code {
        case "PermanentRedirect", "TemporaryRedirect", "Redirect", "AuthorizationHeaderMalformed",
            "IncorrectEndpoint", "IllegalLocationConstraintException":
            true
        case nil: [301, 307, 400].contains(status)
        default: false
        }
    }
}

/// What was tried when an answer came.
struct S3Attempt: Sendable {
    let action: StorageFailure.Action
    let key: String?
    let location: String
    let configuredRegion: String
    let accessKeyID: String
    let rights: S3Dialect.Rights

    func failure(_ reason: StorageFailure.Reason, answer: String? = nil) -> StorageFailure {
        StorageFailure(action: action, location: location, key: key, reason: reason, answer: answer)
    }

    /// The error of a storage for any error on the way to a bucket; others as they are.
    func error(for error: any Error) -> any Error {
        switch error {
        case let answer as S3ErrorAnswer: storageError(for: answer)
        case let error as TransferError:
            StorageError(error, action: action, location: location, key: key)
        case let error as XMLError: StorageError.permanent(failure(.other(error.text)))
        default: error
        }
    }

    private func storageError(for answer: S3ErrorAnswer) -> StorageError {
        func failure(_ reason: StorageFailure.Reason) -> StorageFailure {
            self.failure(reason, answer: answer.summary)
        }
        let missingRight = StorageFailure.Reason.missingPermission(answer.right ?? rights.needed(for: action))
        let words = StorageFailure.Reason.other(
            answer.message.map(Text.verbatim) ?? Text("the server refuses"))
        switch answer.code {
        case "InvalidAccessKeyId", "InvalidClientTokenId":
            return .denied(failure(.unknownAccount(accessKeyID)))
        case "SignatureDoesNotMatch": return .denied(failure(.wrongSecret))
        case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired":
            return .denied(failure(.expired(Text("the session token"))))
        case "RequestTimeTooSkewed", "RequestExpired":
            return .denied(failure(.clockOff(by: answer.clockDifference)))
        case "AccessDenied", "AccessDeniedException": return .denied(failure(missingRight))
        case "AllAccessDisabled", "AccountProblem", "NotSignedUp", "UserProjectAccountProblem":
            return .denied(failure(.noPermission))
        case let code? where code.hasPrefix("KMS."):
            return .permanent(failure(.encryptionKey(answer.message ?? code)))
        case "NoSuchBucket": return .notFound(failure(.noSuchLocation))
        case "NoSuchKey": return .notFound(failure(.noSuchObject))
        case "NoSuchUpload": return .transient(failure(.changedMeanwhile))
        case "PreconditionFailed":
            return action == .put
                ? .permanent(failure(.alreadyExists)) : .transient(failure(.changedMeanwhile))
        case "EntityTooLarge": return .permanent(failure(.tooLarge))
        case "KeyTooLongError", "KeyTooLong": return .permanent(failure(.nameTooLong))
        case "QuotaExceeded", "InsufficientStorage", "XMinioStorageFull": return .permanent(failure(.noSpace))
        case "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch":
            return .transient(failure(.wrongChecksum))
        case "SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "ServiceUnavailable":
            return .throttled(failure(words), after: answer.retryAfter)
        case "InternalError", "RequestTimeout", "OperationAborted", "ConditionalRequestConflict":
            return .transient(failure(words))
        default: break
        }
        if answer.status == 307 { return .transient(failure(words)) }
        if answer.pointsElsewhere && (answer.code != nil || answer.region != nil) {
            return .permanent(failure(.wrongRegion(configured: configuredRegion, actual: answer.region)))
        }
        switch answer.status {
        case 404:
            return .notFound(
                failure(action == .list || action == .listContainers ? .noSuchLocation : .noSuchObject))
        case 401, 403: return .denied(failure(missingRight))
        case 412 where action == .put: return .permanent(failure(.alreadyExists))
        case 412: return .transient(failure(.changedMeanwhile))
        case 413: return .permanent(failure(.tooLarge))
        case 507: return .permanent(failure(.noSpace))
        case 429, 503: return .throttled(failure(words), after: answer.retryAfter)
        case 408, 409, 500...: return .transient(failure(words))
        default: return .permanent(failure(words))
        }
    }
}
