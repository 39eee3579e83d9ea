// A shared access signature: a signed query that opens a container to whoever holds it, for a while.

import FoundationEssentials
import Secrets
import Transfer

/// A shared access signature (Azure Storage, *Create a service SAS* and *Create an account SAS*).
struct SharedAccessSignature: Sendable, Hashable {
    /// The query as it is appended to a URL, without `?`.
    let query: Secret
    /// When it runs out; nil where a policy on the container says it.
    let expiry: Date?
    /// The letters of what it allows; nil where a policy on the container says it.
    let permissions: String?
    /// The letters of what in the whole account it opens; nil for a signature of one container.
    private let accountResources: String?

    /// Reads a signature; nil where it has none (`sig`).
    init?(_ text: Secret) {
        let query = text.reveal().trimmed.drop { $0 == "?" }
        var values: [Substring: String] = [:]
        for item in query.split(separator: "&") {
            let name = item.prefix { $0 != "=" }
            values[name] = PercentEncoding.decode(item[name.endIndex...].dropFirst())
        }
        guard values["sig"]?.isEmpty == false, query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        self.query = Secret(String(query))
        expiry = values["se"].flatMap(Self.date)
        permissions = values["sp"]
        accountResources = values["srt"]
    }

    /// Whether it may do this; true where that is not known.
    func allows(_ action: StorageFailure.Action) -> Bool {
        // That of one container says nothing of others, and the service takes it for a wrong one.
        if action == .listContainers, accountResources?.contains("s") != true { return false }
        guard let permissions, let needed = Self.permissions(for: action) else { return true }
        return permissions.contains { needed.letters.contains($0) }
    }

    /// The right that an action needs, by its name in Azure.
    static func permission(for action: StorageFailure.Action) -> String? {
        permissions(for: action)?.name
    }

    /// The letters of which one suffices.
    private static func permissions(for action: StorageFailure.Action) -> (letters: String, name: String)? {
        switch action {
        case .put: ("wc", "Write (w)")
        case .read, .stat: ("r", "Read (r)")
        case .list: ("l", "List (l)")
        case .listContainers: ("l", "List (l) for the whole account (srt=s)")
        case .delete: ("d", "Delete (d)")
        case .abort, .reach: nil
        }
    }

    /// `2026-11-25`, and with a time to the minute or to the second.
    private static func date(_ text: String) -> Date? {
        let whole =
            switch text.utf8.count {
            case 10: text + "T00:00:00Z"
            case 17 where text.hasSuffix("Z"): String(text.dropLast()) + ":00Z"
            default: text
            }
        return try? Date(whole, strategy: .iso8601)
    }
}
