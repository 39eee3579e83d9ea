// The catalogue of what the API and the gateway before it refuse (Flow Service, “error messages”).
import Languages

/// A code of a refusal, as it travels.
///
/// Codes that are not here are kept as they came. Two are the same whose text is.
public struct ErrorCode: RawRepresentable, Sendable, Hashable {
    /// The code: `1404-412` of Flow Service, `401013` of the gateway.
    public let rawValue: String
    /// What it means, as part of a sentence; nil for a code that is not in the catalogue.
    public let meaning: Text?

    /// Takes a code as it came.
    public init(rawValue: String) { self.init(rawValue, Self.meanings[rawValue] ?? nil) }

    private init(_ rawValue: String, _ meaning: Text?) {
        self.rawValue = rawValue
        self.meaning = meaning
    }

    /// The status of the answers that have it, as the code says itself; nil for one that says none.
    public var status: Int? {
        let digits = rawValue.contains("-") ? rawValue.suffix(3) : rawValue.prefix(3)
        return Int(digits).flatMap { 400..<600 ~= $0 ? $0 : nil }
    }

    /// Compares the codes' texts.
    public static func == (left: ErrorCode, right: ErrorCode) -> Bool { left.rawValue == right.rawValue }

    /// Adds the code's text.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension ErrorCode {
    /// The organisation may not do this.
    public static let notEntitled = ErrorCode("1100-400", Text("the organisation is not entitled to this"))
    /// The provider of a connection does not know what is asked for.
    public static let notFoundAtProvider = ErrorCode(
        "1101-404", Text("the provider of the connection does not know it"))
    /// `limit` and `count` together.
    public static let limitWithCount = ErrorCode("1401-400", Text("limit and count exclude each other"))
    /// A change without `If-Match`.
    public static let etagMissing = ErrorCode(
        "1403-400", Text("a change needs the version that it was made from"))
    /// A change from a version that is not the current one.
    public static let etagStale = ErrorCode("1404-412", Text("it was changed by somebody else meanwhile"))
    /// No body.
    public static let emptyBody = ErrorCode("1405-400", Text("the request has no body"))
    /// `state` in a create.
    public static let stateInCreate = ErrorCode("1410-400", Text("what is made has no state to choose"))
    /// A spec that does not exist.
    public static let unknownSpec = ErrorCode("1413-400", Text("there is no such spec"))
    /// The spec of a connection cannot change.
    public static let specIsFixed = ErrorCode("1414-400", Text("a connection stays of its kind"))
    /// A way to sign in that the spec does not have.
    public static let unknownAuthSpec = ErrorCode("1415-400", Text("the spec has no such way to sign in"))
    /// A change of a dataflow in a state between states.
    public static let notInSettledState = ErrorCode(
        "1416-400", Text("it can be changed only while enabled or disabled"))
    /// A connection that others use.
    public static let connectionInUse = ErrorCode("1418-400", Text("it is used by others"))
    /// An action that the state does not allow.
    public static let wrongState = ErrorCode("1420-400", Text("its state does not allow this"))
    /// Enabling what is enabled.
    public static let alreadyEnabled = ErrorCode(
        "1421-400", Text("its state does not allow this; it may be enabled already"))
    /// Disabling what is disabled.
    public static let alreadyDisabled = ErrorCode(
        "1422-400", Text("its state does not allow this; it may be disabled already"))
    /// No such dataflow.
    public static let flowNotFound = ErrorCode("1430-400", Text("there is no such dataflow"))
    /// No such dataflow, said by another part of the service.
    public static let flowNotFoundEither = ErrorCode("1439-400", Text("there is no such dataflow"))
    /// An order that is none.
    public static let badOrder = ErrorCode("1432-400", Text("the order cannot be read"))
    /// An order that names no property.
    public static let orderWithoutProperty = ErrorCode("1433-400", Text("the order names no property"))
    /// An operation that changes do not have.
    public static let unsupportedPatchOperation = ErrorCode(
        "1434-400", Text("changes can only add, replace and remove"))
    /// A filter that is none.
    public static let badFilter = ErrorCode("1440-400", Text("the filter cannot be read"))
    /// Several values where only `==` takes them.
    public static let filterListNeedsEquality = ErrorCode("1443-400", Text("only == takes several values"))
    /// A filter that cannot be read.
    public static let badFilterValue = ErrorCode("1450-400", Text("the filter cannot be read"))
    /// A filter that cannot be read.
    public static let badFilterPath = ErrorCode("1453-400", Text("the filter cannot be read"))
    /// A dataflow without an id.
    public static let emptyFlowID = ErrorCode("1446-400", Text("the id of the dataflow is empty"))
    /// A change without a path.
    public static let patchPathMissing = ErrorCode("1455-400", Text("a change has no path"))
    /// The sandbox does not exist, or is not the caller's.
    public static let unknownSandbox = ErrorCode("2100-404", Text("there is no such sandbox"))
    /// The header that names the sandbox is missing.
    public static let sandboxMissing = ErrorCode("2105-400", Text("no sandbox is named"))
    /// A sandbox that is named by its id.
    public static let sandboxByID = ErrorCode("2110-400", Text("users name one sandbox by its name"))
    /// All sandboxes at once.
    public static let severalSandboxes = ErrorCode("2111-403", Text("users name one sandbox by its name"))
    /// The header that names the organisation is missing.
    public static let organizationMissing = ErrorCode("2001-401", Text("no organisation is named"))
    /// The organisation is not one of the caller's.
    public static let organizationUnknown = ErrorCode("2002-401", Text("no organisation is named"))
    /// A permission is missing.
    public static let permissionMissing = ErrorCode("2118-403", Text("a permission is missing"))
    /// A permission is missing.
    public static let permissionMissingHere = ErrorCode("2120-403", Text("a permission is missing"))
    /// A permission is missing.
    public static let permissionMissingThere = ErrorCode("2121-403", Text("a permission is missing"))
    /// The gateway does not accept the token.
    public static let tokenInvalid = ErrorCode("401013", Text("the token is not valid"))
    /// The gateway found no token.
    public static let tokenMissing = ErrorCode("403010", Text("the token is missing"))
    /// The gateway found no client id.
    public static let keyMissing = ErrorCode("403000", Text("the client id is missing"))
    /// The gateway does not know the client id.
    public static let keyInvalid = ErrorCode("403003", Text("the client id is not valid"))
    /// The credential has no product profile.
    public static let profileMissing = ErrorCode("403025", Text("the credential has no product profile"))
    /// The organisation lives in another region.
    public static let wrongRegion = ErrorCode("403027", Text("the organisation lives in another region"))
    /// The gateway misses a header.
    public static let headerMissing = ErrorCode("400003", Text("a header is missing"))

    /// All of them.
    public static let catalogue = [
        notEntitled, notFoundAtProvider, limitWithCount, etagMissing, etagStale, emptyBody, stateInCreate,
        unknownSpec, specIsFixed, unknownAuthSpec, notInSettledState, connectionInUse, wrongState,
        alreadyEnabled, alreadyDisabled, flowNotFound, flowNotFoundEither, badOrder, orderWithoutProperty,
        unsupportedPatchOperation, badFilter, filterListNeedsEquality, badFilterValue, badFilterPath,
        emptyFlowID, patchPathMissing, unknownSandbox, sandboxMissing, sandboxByID, severalSandboxes,
        organizationMissing, organizationUnknown, permissionMissing, permissionMissingHere,
        permissionMissingThere, tokenInvalid, tokenMissing, keyMissing, keyInvalid, profileMissing,
        wrongRegion, headerMissing,
    ]

    private static let meanings = Dictionary(
        uniqueKeysWithValues: catalogue.map { ($0.rawValue, $0.meaning) })
}
