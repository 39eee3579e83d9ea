// Sandboxes (`/sandbox-management/`), an API beside Flow Service.
import ExportDomain

/// A sandbox that the caller may use.
public typealias SandboxEntity = WireObject<SandboxShape>

/// The fields of a sandbox.
public struct SandboxShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "sandbox"
    /// The one value of this type.
    public static let shape = Self()

    /// Its name, lowercase, as the header `x-sandbox-name` has it.
    public let name = Field<String>("name")
    /// Its name for people.
    public let title = Field<String>("title")
    /// `active`, `creating`, `failed` or `deleted`.
    public let state = Field<String>("state")
    /// `production` or `development`.
    public let type = Field<String>("type")
    /// Where it is, like `VA7`.
    public let region = Field<String>("region")
    /// Whether it is used where none is named.
    public let isDefault = Field<Bool>("isDefault")
}

/// A page of sandboxes.
public typealias SandboxList = WireObject<SandboxListShape>

/// The fields of a page of sandboxes.
public struct SandboxListShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "list of sandboxes"
    /// The one value of this type.
    public static let shape = Self()

    /// The sandboxes.
    public let sandboxes = Field<[SandboxEntity]>("sandboxes")
    /// Which part of the list this is; a word of this API alone.
    public let page = Field<SandboxPage>("_page")
}

/// Which part of the list of sandboxes a page is.
public typealias SandboxPage = WireObject<SandboxPageShape>

/// The fields of a position in the list of sandboxes.
public struct SandboxPageShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "page"
    /// The one value of this type.
    public static let shape = Self()

    /// At most so many sandboxes a page.
    public let limit = Field<Int>("limit")
    /// So many on this one.
    public let count = Field<Int>("count")
}
