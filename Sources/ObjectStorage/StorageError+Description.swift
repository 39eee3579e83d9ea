// Every sentence that a storage's errors are told with: what failed, on what, why, what to do.

import Transfer

extension StorageError: CustomStringConvertible {
    /// A sentence a person can act on.
    public var description: String {
        switch self {
        case .throttled(let failure, let after):
            return "\(failure): too many requests. Try again \(after?.waitInWords ?? "later")."
        case .transient(let failure):
            return "\(failure): \(failure.cause).\(failure.advice.map { " \($0)" } ?? "") Try again."
        case .notFound(let failure), .denied(let failure), .permanent(let failure):
            let advice = failure.advice.map { " \($0)" } ?? ""
            return "\(failure): \(failure.cause).\(advice)"
        }
    }
}

extension StorageFailure: CustomStringConvertible {
    /// What failed, and on what.
    public var description: String {
        let object = key.map { $0.isEmpty ? "" : "“\($0)” " } ?? ""
        switch action {
        case .put: return "Cannot write \(object)to \(location)"
        case .list: return "Cannot list \(object)in \(location)"
        case .read: return "Cannot read \(object)from \(location)"
        case .stat: return "Cannot look up \(object)in \(location)"
        case .delete: return "Cannot delete \(object)from \(location)"
        case .reach: return "Cannot use \(location)"
        case .listContainers: return "Cannot tell what there is at \(location)"
        case .abort: return "Cannot clear what was left unfinished below \(object)in \(location)"
        }
    }
}

extension StorageFailure {
    /// Why it failed, with the server's own answer.
    fileprivate var cause: String {
        answer.map { "\(reason.cause) (\($0))" } ?? reason.cause
    }

    fileprivate var advice: String? {
        guard action == .listContainers else { return reason.advice }
        switch reason {
        case .noPermission, .missingPermission, .signatureWithout, .noSuchLocation:
            return "Have it granted, or type the name: exports do without it."
        default: return reason.advice
        }
    }
}

extension StorageFailure.Reason {
    fileprivate var cause: String {
        switch self {
        case .noSuchObject: "there is no such object"
        case .noSuchLocation: "the location does not exist"
        case .noPermission: "permission denied"
        case .readOnly: "the file system is read-only"
        case .noSpace: "no space is left, or the quota is used up"
        case .tooLarge: "the object is larger than the storage or the process's file size limit allows"
        case .nameTooLong: "a name in it is too long"
        case .notAFolder: "part of the path is a file, where a folder has to be"
        case .isAFolder: "a folder has this name"
        case .symbolicLink: "part of the path is a symbolic link, and those are not followed"
        case .reservedName: "names of this form are kept for unfinished files"
        case .alreadyExists: "it exists already"
        case .wrongLength(let expected, let found): "\(expected) bytes were announced, but \(found) came"
        case .changedMeanwhile: "files or folders were moved or removed meanwhile"
        case .unknownAccount(let name): "“\(name)” is not known there"
        case .wrongSecret: "the secret does not match the account"
        case .expired(let what): "\(what) has expired"
        case .wrongRegion(let configured, let actual?):
            "it lies in the region \(actual), not in \(configured)"
        case .wrongRegion(let configured, nil): "it does not lie in the region \(configured)"
        case .clockOff(let difference?):
            "this machine's clock is off by \(difference.components.seconds) s, more than the server accepts"
        case .clockOff(nil): "this machine's clock is off by more than the server accepts"
        case .missingPermission(let permission): "the right \(permission) is missing"
        case .signatureWithout(let permission): "the shared access signature does not have \(permission)"
        case .encryptionKey(let words): "the key to encrypt with cannot be used: \(words)"
        case .nameNotResolved(let host): "the name \(host) has no address"
        case .unreachable(let host, let words): "\(host) takes no connection: \(words)"
        case .notTrusted(let host, let words): "the certificate of \(host) is not trusted: \(words)"
        case .hostKeyUnknown(let key):
            "\(key.host) is met for the first time; its \(key.algorithm) key is \(key.fingerprint)"
        case .hostKeyChanged(let key, let known):
            "the host key of \(key.host) has changed: known is \(known), found was \(key.fingerprint)"
        case .hostKeyRevoked(let key, let line):
            "the \(key.algorithm) key \(key.fingerprint) of \(key.host) has been revoked (\(line))"
        case .keyRefused(let user, let fingerprint):
            "the server does not let \(user) in with the key \(fingerprint)"
        case .privateKey(let sentence), .keyPassphrase(let sentence): sentence
        case .interrupted(let words): "the connection was cut: \(words)"
        case .timedOut(let duration): "nothing came for \(duration.components.seconds) s"
        case .wrongChecksum: "what arrived is not what was sent"
        case .other(let words): words
        }
    }

    fileprivate var advice: String? {
        switch self {
        case .noSuchLocation: "Create it, or choose another."
        case .noPermission: "Grant this user the right to read and write there, or choose another folder."
        case .readOnly: "Mount it for writing, or choose another folder."
        case .noSpace: "Free some space, or choose another location."
        case .tooLarge: "Raise the limit (ulimit -f), or choose another location."
        case .nameTooLong: "Shorten the folder path; a name may have at most 255 bytes."
        case .notAFolder: "Choose another folder path, or move that file away."
        case .isAFolder: "Choose another name, or move that folder away."
        case .symbolicLink: "Choose the link's target as the location, or another folder path."
        case .reservedName: "Choose a name that does not end in a code and “.tmp”."
        case .alreadyExists: "Choose another name, or delete it first."
        case .unknownAccount: "Check the account or access key for typing errors and for the right service."
        case .wrongSecret: "Enter the secret again, or make a new one."
        case .expired: "Make a new one and enter it."
        case .wrongRegion(_, let actual?): "Set the region to \(actual)."
        case .wrongRegion(_, nil): "Look up the bucket's region and set it."
        case .clockOff: "Set the clock of this machine, by NTP."
        case .missingPermission: "Have it granted for this folder, or choose another."
        case .signatureWithout(let permission): "Make a new one with \(permission), and enter it."
        case .encryptionKey:
            "Check the key's id and region, whether it is enabled, and whether this user may use it."
        case .nameNotResolved: "Check the name for typing errors, and this machine's DNS."
        case .unreachable: "Check host and port, and whether a firewall or proxy stands between."
        case .notTrusted:
            "Give the certificate authority with --cacert or SSL_CERT_FILE, if the server is yours."
        case .hostKeyUnknown: "Compare the fingerprint with the one its administrator gives, then confirm it."
        case .hostKeyChanged:
            "Ask its administrator whether the key was changed; only then remove the old one from known_hosts."
        case .hostKeyRevoked: "Do not sign in there; ask its administrator for the new key."
        case .keyRefused:
            "Have its public half added to this user's authorized_keys there, or give another key."
        case .noSuchObject, .privateKey, .keyPassphrase, .wrongLength, .changedMeanwhile, .interrupted,
            .timedOut,
            .wrongChecksum, .other:
            nil
        }
    }
}

extension InvalidStorageKey: CustomStringConvertible {
    /// A sentence a person can act on.
    public var description: String {
        "“\(text)” cannot be the name of an object: \(reason)."
    }

    private var reason: String {
        switch fault {
        case .empty: "it is empty"
        case .absolute: "it begins with “/”; give a path relative to the destination"
        case .emptyComponent: "it has an empty part; remove the “//”, or the “/” at its end"
        case .relativeComponent: "“.” and “..” are not allowed in it; write the path out"
        case .controlCharacter: "it has a control character"
        case .tooLong(let maximum): "it has more than \(maximum) bytes; shorten the folder path"
        }
    }
}
