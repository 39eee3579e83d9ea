// What a field of a destination's form could hold, as its storage has it: a person may ask for the names.

/// What is asked of the storage that a form describes.
public struct SuggestionQuery: Sendable, Hashable {
    /// The names that a field can be given.
    public enum Kind: Sendable, Hashable {
        /// Those of buckets or containers.
        case containers
        /// Those of folders.
        case folders
    }

    /// The key of the field.
    public var field: String
    /// What kind of names it takes.
    public var kind: Kind
    /// Where folders are looked for: a path as the field takes it; nothing is the topmost folder.
    public var folder: String

    /// Asks for what a field could hold.
    public init(field: String, kind: Kind, folder: String = "") {
        self.field = field
        self.kind = kind
        self.folder = folder
    }
}

/// Names that a field could be given.
public struct FieldSuggestions: Sendable, Hashable {
    /// What was asked, as people write it.
    public var place: String
    /// What the field could hold, in order.
    public var values: [String]
    /// Whether these are all; a storage is asked for one page.
    public var isWhole: Bool

    /// Takes what a storage has.
    public init(place: String, values: [String], isWhole: Bool) {
        self.place = place
        self.values = values
        self.isWhole = isWhole
    }
}

extension ConnectionSpec {
    /// The Data Lake Storage Gen2, on every platform, whose container is part of its URL.
    private static let dataLake: Identifier<ConnectionSpec> = "be2c3209-53bc-47e7-ab25-145db8b873e1"

    /// What names a field of this kind of destination takes that its storage can be asked for; nil where it takes none.
    public func suggestions(for field: String) -> SuggestionQuery.Kind? {
        switch field {
        case "bucketName", "container": targetSpec.spec.properties[field] == nil ? nil : .containers
        case "url" where id == Self.dataLake: .containers
        case folderKey: .folders
        default: nil
        }
    }
}

extension SuggestionQuery {
    /// The folder that a path which is being typed is in, and what was typed of the next name.
    public static func parts(of path: String) -> (folder: String, name: String) {
        guard let slash = path.unicodeScalars.lastIndex(of: "/") else { return ("", path) }
        // That of a server's root stays a slash.
        let folder = String(path.unicodeScalars[...slash])
        let trimmed = folder.trimmingSlashes
        let start = folder.hasPrefix("/") ? "/" : ""
        return (start + trimmed, String(path.unicodeScalars[path.unicodeScalars.index(after: slash)...]))
    }

    /// A folder inside another, as the field takes it.
    public static func path(of name: String, in folder: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The folder that a folder is in; nil for the topmost.
    public static func parent(of folder: String) -> String? {
        let trimmed = folder.trimmingSlashes
        guard !trimmed.isEmpty else { return nil }
        return parts(of: (folder.hasPrefix("/") ? "/" : "") + trimmed).folder
    }
}
