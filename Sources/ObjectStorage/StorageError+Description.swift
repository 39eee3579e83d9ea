// Every sentence that a storage's errors are told with: what failed, on what, why, what to do.

import Languages
import Transfer

extension StorageError: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        switch self {
        case .throttled(let failure, let after):
            return after?.waitText.map { Text("\(failure): too many requests. Try again \($0).") }
                ?? Text("\(failure): too many requests. Try again later.")
        case .transient(let failure):
            return .sentences([failure.sentence, Text("Try again.")])
        case .notFound(let failure), .denied(let failure), .permanent(let failure):
            return failure.sentence
        }
    }
}

extension StorageFailure: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// What failed, and on what.
    public var text: Text {
        if let key, !key.isEmpty { return text(key: key) }
        return switch action {
        case .put: Text("Cannot write to \(location)")
        case .list: Text("Cannot list in \(location)")
        case .read: Text("Cannot read from \(location)")
        case .stat: Text("Cannot look up in \(location)")
        case .delete: Text("Cannot delete from \(location)")
        case .reach: Text("Cannot use \(location)")
        case .listContainers: Text("Cannot tell what there is at \(location)")
        case .abort: Text("Cannot clear what was left unfinished below in \(location)")
        }
    }

    private func text(key: String) -> Text {
        switch action {
        case .put: Text("Cannot write “\(key)” to \(location)")
        case .list: Text("Cannot list “\(key)” in \(location)")
        case .read: Text("Cannot read “\(key)” from \(location)")
        case .stat: Text("Cannot look up “\(key)” in \(location)")
        case .delete: Text("Cannot delete “\(key)” from \(location)")
        case .reach: Text("Cannot use \(location)")
        case .listContainers: Text("Cannot tell what there is at \(location)")
        case .abort: Text("Cannot clear what was left unfinished below “\(key)” in \(location)")
        }
    }
}

extension StorageFailure {
    /// Why it failed, with the server's own answer.
    private var cause: Text {
        answer.map { Text("\(reason.cause) (\($0))") } ?? reason.cause
    }

    /// What failed, why, and what to do.
    fileprivate var sentence: Text {
        advice.map { Text("\(self): \(cause). \($0)") } ?? Text("\(self): \(cause).")
    }

    private var advice: Text? {
        guard action == .listContainers else { return reason.advice }
        switch reason {
        case .noPermission, .missingPermission, .signatureWithout, .noSuchLocation:
            return Text("Have it granted, or type the name: exports do without it.")
        default: return reason.advice
        }
    }
}

extension StorageFailure.Reason {
    fileprivate var cause: Text {
        switch self {
        case .noSuchObject: Text("there is no such object")
        case .noSuchLocation: Text("the location does not exist")
        case .noPermission: Text("permission denied")
        case .readOnly: Text("the file system is read-only")
        case .noSpace: Text("no space is left, or the quota is used up")
        case .tooLarge: Text("the object is larger than the storage or the process's file size limit allows")
        case .nameTooLong: Text("a name in it is too long")
        case .notAFolder: Text("part of the path is a file, where a folder has to be")
        case .isAFolder: Text("a folder has this name")
        case .symbolicLink: Text("part of the path is a symbolic link, and those are not followed")
        case .reservedName: Text("names of this form are kept for unfinished files")
        case .alreadyExists: Text("it exists already")
        case .wrongLength(let expected, let found):
            Text("\(expected) bytes were announced, but \(found) came")
        case .changedMeanwhile: Text("files or folders were moved or removed meanwhile")
        case .unknownAccount(let name): Text("“\(name)” is not known there")
        case .wrongSecret: Text("the secret does not match the account")
        case .expired(let what): Text("\(what) has expired")
        case .wrongRegion(let configured, let actual?):
            Text("it lies in the region \(actual), not in \(configured)")
        case .wrongRegion(let configured, nil): Text("it does not lie in the region \(configured)")
        case .clockOff(let difference?):
            Text(
                "this machine's clock is off by \(difference.components.seconds) s, more than the server accepts"
            )
        case .clockOff(nil): Text("this machine's clock is off by more than the server accepts")
        case .missingPermission(let permission): Text("the right \(permission) is missing")
        case .signatureWithout(let permission):
            Text("the shared access signature does not have \(permission)")
        case .encryptionKey(let words): Text("the key to encrypt with cannot be used: \(words)")
        case .nameNotResolved(let host): Text("the name \(host) has no address")
        case .unreachable(let host, let words): Text("\(host) takes no connection: \(words)")
        case .notTrusted(let host, let words): Text("the certificate of \(host) is not trusted: \(words)")
        case .hostKeyUnknown(let key):
            Text("\(key.host) is met for the first time; its \(key.algorithm) key is \(key.fingerprint)")
        case .hostKeyChanged(let key, let known):
            Text("the host key of \(key.host) has changed: known is \(known), found was \(key.fingerprint)")
        case .hostKeyRevoked(let key, let line):
            Text("the \(key.algorithm) key \(key.fingerprint) of \(key.host) has been revoked (\(line))")
        case .keyRefused(let user, let fingerprint):
            Text("the server does not let \(user) in with the key \(fingerprint)")
        case .privateKey(let sentence), .keyPassphrase(let sentence): sentence
        case .interrupted(let words): Text("the connection was cut: \(words)")
        case .timedOut(let duration): Text("nothing came for \(duration.components.seconds) s")
        case .wrongChecksum: Text("what arrived is not what was sent")
        case .other(let words): words
        }
    }

    fileprivate var advice: Text? {
        switch self {
        case .noSuchLocation: Text("Create it, or choose another.")
        case .noPermission:
            Text("Grant this user the right to read and write there, or choose another folder.")
        case .readOnly: Text("Mount it for writing, or choose another folder.")
        case .noSpace: Text("Free some space, or choose another location.")
        case .tooLarge: Text("Raise the limit (ulimit -f), or choose another location.")
        case .nameTooLong: Text("Shorten the folder path; a name may have at most 255 bytes.")
        case .notAFolder: Text("Choose another folder path, or move that file away.")
        case .isAFolder: Text("Choose another name, or move that folder away.")
        case .symbolicLink: Text("Choose the link's target as the location, or another folder path.")
        case .reservedName: Text("Choose a name that does not end in a code and “.tmp”.")
        case .alreadyExists: Text("Choose another name, or delete it first.")
        case .unknownAccount:
            Text("Check the account or access key for typing errors and for the right service.")
        case .wrongSecret: Text("Enter the secret again, or make a new one.")
        case .expired: Text("Make a new one and enter it.")
        case .wrongRegion(_, let actual?): Text("Set the region to \(actual).")
        case .wrongRegion(_, nil): Text("Look up the bucket's region and set it.")
        case .clockOff: Text("Set the clock of this machine, by NTP.")
        case .missingPermission: Text("Have it granted for this folder, or choose another.")
        case .signatureWithout(let permission): Text("Make a new one with \(permission), and enter it.")
        case .encryptionKey:
            Text("Check the key's id and region, whether it is enabled, and whether this user may use it.")
        case .nameNotResolved: Text("Check the name for typing errors, and this machine's DNS.")
        case .unreachable: Text("Check host and port, and whether a firewall or proxy stands between.")
        case .notTrusted:
            Text("Give the certificate authority with --cacert or SSL_CERT_FILE, if the server is yours.")
        case .hostKeyUnknown:
            Text("Compare the fingerprint with the one its administrator gives, then confirm it.")
        case .hostKeyChanged:
            Text(
                "Ask its administrator whether the key was changed; only then remove the old one from known_hosts."
            )
        case .hostKeyRevoked: Text("Do not sign in there; ask its administrator for the new key.")
        case .keyRefused:
            Text("Have its public half added to this user's authorized_keys there, or give another key.")
        case .noSuchObject, .privateKey, .keyPassphrase, .wrongLength, .changedMeanwhile, .interrupted,
            .timedOut,
            .wrongChecksum, .other:
            nil
        }
    }
}

extension InvalidStorageKey: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        Text("“\(spelling)” cannot be the name of an object: \(reason).")
    }

    private var reason: Text {
        switch fault {
        case .empty: Text("it is empty")
        case .absolute: Text("it begins with “/”; give a path relative to the destination")
        case .emptyComponent: Text("it has an empty part; remove the “//”, or the “/” at its end")
        case .relativeComponent: Text("“.” and “..” are not allowed in it; write the path out")
        case .controlCharacter: Text("it has a control character")
        case .tooLong(let maximum): Text("it has more than \(maximum) bytes; shorten the folder path")
        }
    }
}
