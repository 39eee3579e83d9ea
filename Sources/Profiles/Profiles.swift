// All profiles, and which of them is used where none is named.

/// The profiles of a home folder.
public struct Profiles: Sendable, Hashable {
    /// The profiles by their names.
    public private(set) var all: [ProfileName: Profile]
    /// The profile that is used where none is named; nil for the embedded platform.
    public private(set) var standard: ProfileName?

    /// No profiles: everything is done on the embedded platform.
    public init() { all = [:] }

    /// Takes profiles.
    ///
    /// - Throws: `ProfileError.unknown` for a standard that is none of them.
    init(_ all: [ProfileName: Profile], standard: String?) throws(ProfileError) {
        self.all = all
        if let standard, standard != ProfileName.embeddedWord { self.standard = try name(standard) }
    }

    /// The names, in the order of their letters.
    public var names: [ProfileName] { all.keys.sorted() }

    /// The name of a profile that there is.
    ///
    /// - Throws: `ProfileError.unknown`.
    public func name(_ text: String) throws(ProfileError) -> ProfileName {
        guard let name = all.keys.first(where: { $0.text == text }) else {
            throw .unknown(text, known: names.map(\.text))
        }
        return name
    }

    /// The profile of a name.
    ///
    /// - Throws: `ProfileError.unknown`.
    public func profile(_ text: String) throws(ProfileError) -> (name: ProfileName, profile: Profile) {
        let name = try name(text)
        guard let profile = all[name] else { throw .unknown(text, known: names.map(\.text)) }
        return (name, profile)
    }

    /// Keeps a profile under a name, in the place of one that has it; the first of all becomes the standard.
    public mutating func keep(_ profile: Profile, as name: ProfileName) {
        if all.isEmpty { standard = name }
        all[name] = profile
    }

    /// Makes a profile the standard; nil for the embedded platform.
    ///
    /// - Throws: `ProfileError.unknown`.
    public mutating func use(_ text: String?) throws(ProfileError) {
        if let text { standard = try name(text) } else { standard = nil }
    }

    /// Gives a profile another name.
    ///
    /// - Throws: `ProfileError.unknown`, `.nameTaken`.
    public mutating func rename(_ old: ProfileName, to new: ProfileName) throws(ProfileError) {
        guard let profile = all[old] else { throw .unknown(old.text, known: names.map(\.text)) }
        guard all[new] == nil else { throw .nameTaken(new.text) }
        all[old] = nil
        all[new] = profile
        if standard == old { standard = new }
    }

    /// Removes a profile; without its standard, everything is done on the embedded platform.
    public mutating func remove(_ name: ProfileName) {
        all[name] = nil
        if standard == name { standard = nil }
    }
}
