// The file of profiles: TOML, which people may read and edit. Sluice writes it anew, so comments of theirs do not
// stay, and a key that it does not know is refused instead of lost. Knows no file system.
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import Languages
import TOMLText

extension Profiles {
    /// Longest text that is read, in bytes: a thousand profiles have half of it.
    public static let largestText = 1 << 20

    private static let topKeys = ["default", "profiles"]

    /// Reads the file's text.
    ///
    /// - Parameter file: the name of the file, for the sentences of errors.
    /// - Throws: `TOMLFileError` for the first thing that keeps it from being used.
    public init(reading text: String, file: String) throws(TOMLFileError) {
        let top = try TOMLSection(
            reading: text, file: file, noun: Text("file of profiles"), largest: Self.largestText)
        try top.checkProfileKeys(Self.topKeys)
        var all: [ProfileName: Profile] = [:]
        for (key, section) in try top.sections("profiles", example: "[profiles.acme]") {
            let name: ProfileName
            do { name = try ProfileName(key) } catch { throw section.error(nil, error.text) }
            all[name] = try section.profile()
        }
        let standard = try top.text("default")
        do {
            try self.init(all, standard: standard)
        } catch {
            throw top.error("default", error.text)
        }
    }

    /// The profiles as the file's text, in an order that never changes, with comments in a language.
    public func text(in language: Language) -> String {
        let comments = [
            Text(
                "The profiles of sluice: organisations of Experience Platform, and servers of the same API."),
            Text("No secret is in here. sluice writes this file anew; comments do not stay."),
        ]
        var lines = comments.map { "# " + $0.string(in: language) }
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

extension TOMLSection {
    fileprivate func checkProfileKeys(_ known: [String]) throws(TOMLFileError) {
        // Before anything else, so that no other sentence hides that a secret is in the file.
        if let key = values.keys.sorted().first(where: { $0.meansASecret && !known.contains($0) }) {
            throw error(
                key,
                Text(
                    "“\(key.shownBriefly)” is a secret, which this file never holds: take it out, and give it to sluice login"
                )
            )
        }
        try checkKeys(known)
    }

    fileprivate func profile() throws(TOMLFileError) -> Profile {
        try checkProfileKeys(ProfileField.allCases.map(\.rawValue))
        var profile = Profile(
            organizationID: try required(.organization), organizationName: try text(.organizationName),
            clientID: try required(.clientID), certificateAuthorities: try text(.cacert))
        if let sandbox = try text(.sandbox) { profile.sandboxName = sandbox }
        if let scopes = try scopes() { profile.scopes = scopes }
        if let gateway = try address(.gateway) { profile.gateway = gateway }
        if let identityService = try address(.identityService) { profile.identityService = identityService }
        return profile
    }

    private func text(_ field: ProfileField) throws(TOMLFileError) -> String? {
        guard let text = try text(field.rawValue) else { return nil }
        if let problem = field.problem(in: text) {
            throw error(field.rawValue, Text("\(named(field.rawValue)) \(problem)"))
        }
        return text
    }

    private func required(_ field: ProfileField) throws(TOMLFileError) -> String {
        if let text = try text(field) { return text }
        throw error(field.rawValue, Text("\(named(field.rawValue)) is missing; add \(field.title)"))
    }

    private func address(_ field: ProfileField) throws(TOMLFileError) -> PlatformAddress? {
        try text(field).flatMap { PlatformAddress($0) }
    }

    private func scopes() throws(TOMLFileError) -> [String]? {
        let key = ProfileField.scopes.rawValue
        guard let node = values[key] else { return nil }
        guard case .list(let items) = node else {
            throw wrongType(key, Text("a list of names in quotes"), node)
        }
        var scopes: [String] = []
        for item in items {
            guard case .text(let scope) = item, ProfileField.scopes(scope) == [scope] else {
                throw error(key, Text("\(named(key)) must be a list of names in quotes"))
            }
            scopes.append(scope)
        }
        if scopes.isEmpty { throw error(key, Text("\(named(key)) is empty")) }
        return scopes
    }
}

extension String {
    /// Whether a key would have a password, a key or a token.
    fileprivate var meansASecret: Bool {
        let word = lowercased()
        return ["secret", "password", "token"].contains { word.contains($0) }
    }
}
