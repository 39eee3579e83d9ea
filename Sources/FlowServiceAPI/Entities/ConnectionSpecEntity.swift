// A kind of connection (`/connectionSpecs`): which forms set it up.
import ExportDomain

/// A connection spec, as the API describes it.
public typealias ConnectionSpecEntity = WireObject<ConnectionSpecShape>

/// The fields of a connection spec.
public struct ConnectionSpecShape: EntityShape {
    /// What a person calls it.
    public static let noun = "connection spec"
    /// The one value of this type.
    public static let shape = Self()

    /// Who provides it; the same for all destinations that take files.
    public let providerId = Field<String>("providerId")
    /// The ways to sign in.
    public let authSpec = Field<[FormEntity]>("authSpec")
    /// The ways to encrypt files.
    public let encryptionSpecs = Field<[FormEntity]>("encryptionSpecs")
    /// The form of location and file options.
    public let targetSpec = Field<FormEntity>("targetSpec")
    /// What else is to be known of it.
    public let attributes = Field<ConnectionSpecAttributes>("attributes")
}

/// A named form.
public typealias FormEntity = WireObject<FormShape>

/// The fields of a named form.
public struct FormShape: ObjectShape {
    /// What a person calls it.
    public static let noun = "form"
    /// The one value of this type.
    public static let shape = Self()

    /// Its name, sent as `auth.specName` where it is a way to sign in.
    public let name = Field<String>("name")
    /// What kind of form it is.
    public let type = Field<String>("type")
    /// JSON Schema of the answers.
    public let spec = Field<JSONObject>("spec")
}

/// What else is to be known of a connection spec.
public typealias ConnectionSpecAttributes = WireObject<ConnectionSpecAttributesShape>

/// The fields of the attributes of a connection spec.
public struct ConnectionSpecAttributesShape: ObjectShape {
    /// What a person calls them.
    public static let noun = "attributes"
    /// The one value of this type.
    public static let shape = Self()

    /// The flow spec that exports datasets with it.
    ///
    /// Experience Platform leaves this to its documentation; other servers of the API may say it.
    public let flowSpecId = Field<String>("flowSpecId")
    /// Whether an account may go without credentials although there are ways to sign in; no word of Experience
    /// Platform's.
    public let isAuthenticationOptional = Field<Bool>("isAuthenticationOptional")
}
