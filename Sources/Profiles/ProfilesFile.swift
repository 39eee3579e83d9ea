// The file of profiles: TOML, which people may read and edit. Sluice writes it anew, so comments of theirs do not
// stay, and a key that it does not know is refused instead of lost. Knows no file system.
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import TOMLText

extension Profiles {
    /// Longest text that is read, in bytes: a thousand profiles have half of it.
    public static let largestText = 1 << 20

    private static let topKeys = ["default", "profiles"]

    /// Reads the file's text.
    ///
    /// - Parameter file: the name of the file, for the sentences of errors.
    /// - Throws: `ProfilesFileError` for the first thing that keeps it from being used.
    public init(reading text: String, file: String) throws(ProfilesFileError) {
        let document: TOMLDocument
        do {
            document = try TOMLDocument(text, largest: Self.largestText)
        } catch {
            throw ProfilesFileError(
                file: file, line: error.line, words: error.problem.words(for: "file of profiles"))
        }
        let top = ProfilesTable(document: document, file: file, path: nil, values: document.root)
        try top.checkKeys(Self.topKeys)
        var all: [ProfileName: Profile] = [:]
        for (key, table) in try top.tables("profiles") {
            let name: ProfileName
            do { name = try ProfileName(key) } catch { throw table.error(nil, "\(error)".withoutStop) }
            all[name] = try table.profile()
        }
        let standard = try top.text("default")
        do {
            try self.init(all, standard: standard)
        } catch {
            throw top.error("default", "\(error)".withoutStop)
        }
    }

    /// The profiles as the file's text, in an order that never changes.
    public var text: String {
        var lines = [
            "# The profiles of sluice: organisations of Experience Platform, and servers of the same API.",
            "# No secret is in here. sluice writes this file anew; comments do not stay.",
        ]
        if let standard { lines.append(TOMLWriting.entry("default", TOMLWriting.text(standard.text))) }
        for (name, profile) in all.sorted(by: { $0.key < $1.key }) {
            lines += ["", "[profiles.\(name)]"] + profile.entries
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Profile {
    fileprivate var entries: [String] {
        var entries: [(ProfileField, String)] = [(.organization, TOMLWriting.text(organizationID))]
        if let organizationName { entries.append((.organizationName, TOMLWriting.text(organizationName))) }
        entries += [
            (.sandbox, TOMLWriting.text(sandboxName)), (.clientID, TOMLWriting.text(clientID)),
            (.scopes, "[\(scopes.map(TOMLWriting.text).joined(separator: ", "))]"),
        ]
        if gateway != .adobe { entries.append((.gateway, TOMLWriting.text(gateway.url))) }
        if identityService != .adobeIdentity {
            entries.append((.identityService, TOMLWriting.text(identityService.url)))
        }
        if let certificateAuthorities {
            entries.append((.cacert, TOMLWriting.text(certificateAuthorities)))
        }
        return entries.map { TOMLWriting.entry($0.rawValue, $1) }
    }
}

/// A table of the file: the top, or a profile.
private struct ProfilesTable {
    let document: TOMLDocument
    let file: String
    /// The dotted path of the table; nil for the top.
    let path: String?
    let values: [String: TOMLNode]

    func error(_ key: String?, _ words: String) -> ProfilesFileError {
        let line =
            key.map { document.line(of: $0, in: path) } ?? path.flatMap { document.line(of: $0, in: nil) }
        return ProfilesFileError(file: file, line: line, words: words)
    }

    func checkKeys(_ known: [String]) throws(ProfilesFileError) {
        let keys = values.keys.sorted()
        // Before anything else, so that no other sentence hides that a secret is in the file.
        if let key = keys.first(where: { $0.meansASecret && !known.contains($0) }) {
            throw error(
                key,
                "“\(key.shown)” is a secret, which this file never holds: take it out, and give it to sluice login"
            )
        }
        guard let key = keys.first(where: { !known.contains($0) }) else { return }
        let hint =
            Suggestion.nearest(to: key, among: known).map { "did you mean “\($0)”?" }
            ?? "there are \(known.joined(separator: ", "))"
        throw error(key, "unknown key “\(key.shown)”\(place); \(hint)")
    }

    private var place: String { path.map { " in [\($0)]" } ?? "" }

    /// The tables in a table, by their names.
    func tables(_ key: String) throws(ProfilesFileError) -> [(String, ProfilesTable)] {
        guard let node = values[key] else { return [] }
        guard case .table(let inner) = node else { throw wrongType(key, "tables like [profiles.acme]", node) }
        var tables: [(String, ProfilesTable)] = []
        for (name, node) in inner.sorted(by: { $0.key < $1.key }) {
            let path = "\(key).\(name)"
            guard case .table(let values) = node else {
                throw ProfilesFileError(
                    file: file, line: document.line(of: name, in: key),
                    words:
                        "“\(name.shown)” in [\(key)] is \(node.kind) and must be a table like [profiles.acme]"
                )
            }
            tables.append((name, ProfilesTable(document: document, file: file, path: path, values: values)))
        }
        return tables
    }

    func profile() throws(ProfilesFileError) -> Profile {
        try checkKeys(ProfileField.allCases.map(\.rawValue))
        var profile = Profile(
            organizationID: try required(.organization), organizationName: try text(.organizationName),
            clientID: try required(.clientID), certificateAuthorities: try text(.cacert))
        if let sandbox = try text(.sandbox) { profile.sandboxName = sandbox }
        if let scopes = try scopes() { profile.scopes = scopes }
        if let gateway = try address(.gateway) { profile.gateway = gateway }
        if let identityService = try address(.identityService) { profile.identityService = identityService }
        return profile
    }

    func text(_ key: String) throws(ProfilesFileError) -> String? {
        switch values[key] {
        case nil: return nil
        case .text(let text)?: return text
        case let node?: throw wrongType(key, "text in quotes", node)
        }
    }

    private func text(_ field: ProfileField) throws(ProfilesFileError) -> String? {
        guard let text = try text(field.rawValue) else { return nil }
        if let problem = field.problem(in: text) {
            throw error(field.rawValue, "“\(field.rawValue)”\(place) \(problem)")
        }
        return text
    }

    private func required(_ field: ProfileField) throws(ProfilesFileError) -> String {
        if let text = try text(field) { return text }
        throw error(field.rawValue, "“\(field.rawValue)”\(place) is missing; add \(field.title)")
    }

    private func address(_ field: ProfileField) throws(ProfilesFileError) -> PlatformAddress? {
        try text(field).flatMap { PlatformAddress($0) }
    }

    private func scopes() throws(ProfilesFileError) -> [String]? {
        let key = ProfileField.scopes.rawValue
        guard let node = values[key] else { return nil }
        guard case .list(let items) = node else { throw wrongType(key, "a list of names in quotes", node) }
        var scopes: [String] = []
        for item in items {
            guard case .text(let scope) = item, ProfileField.scopes(scope) == [scope] else {
                throw error(key, "“\(key)”\(place) must be a list of names in quotes")
            }
            scopes.append(scope)
        }
        if scopes.isEmpty { throw error(key, "“\(key)”\(place) is empty") }
        return scopes
    }

    private func wrongType(_ key: String, _ expected: String, _ node: TOMLNode) -> ProfilesFileError {
        error(key, "“\(key)”\(place) is \(node.kind) and must be \(expected)")
    }
}

extension String {
    fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }

    /// Whether a key would have a password, a key or a token.
    fileprivate var meansASecret: Bool {
        let word = lowercased()
        return ["secret", "password", "token"].contains { word.contains($0) }
    }
}
