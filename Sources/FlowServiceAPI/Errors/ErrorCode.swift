// The catalogue of what the API and the gateway before it refuse (Flow Service, “error messages”).

/// A code of a refusal, as it travels.
///
/// Codes that are not here are kept as they came.
public struct ErrorCode: RawRepresentable, Sendable, Hashable {
    /// The code: `1404-412` of Flow Service, `401013` of the gateway.
    public let rawValue: String

    /// Takes a code as it came.
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension ErrorCode {
    /// An entry of the catalogue.
    public struct Entry: Sendable, Hashable {
        /// The code.
        public let code: ErrorCode
        /// The status of the answer.
        public let status: Int
        /// What it means, as part of a sentence.
        public let meaning: String
    }

    /// The organisation may not do this.
    public static let notEntitled = ErrorCode(rawValue: "1100-400")
    /// The provider of a connection does not know what is asked for.
    public static let notFoundAtProvider = ErrorCode(rawValue: "1101-404")
    /// `limit` and `count` together.
    public static let limitWithCount = ErrorCode(rawValue: "1401-400")
    /// A change without `If-Match`.
    public static let etagMissing = ErrorCode(rawValue: "1403-400")
    /// A change from a version that is not the current one.
    public static let etagStale = ErrorCode(rawValue: "1404-412")
    /// No body.
    public static let emptyBody = ErrorCode(rawValue: "1405-400")
    /// `state` in a create.
    public static let stateInCreate = ErrorCode(rawValue: "1410-400")
    /// A spec that does not exist.
    public static let unknownSpec = ErrorCode(rawValue: "1413-400")
    /// The spec of a connection cannot change.
    public static let specIsFixed = ErrorCode(rawValue: "1414-400")
    /// A way to sign in that the spec does not have.
    public static let unknownAuthSpec = ErrorCode(rawValue: "1415-400")
    /// A change of a dataflow in a state between states.
    public static let notInSettledState = ErrorCode(rawValue: "1416-400")
    /// A connection that others use.
    public static let connectionInUse = ErrorCode(rawValue: "1418-400")
    /// An action that the state does not allow.
    public static let wrongState = ErrorCode(rawValue: "1420-400")
    /// Enabling what is enabled.
    public static let alreadyEnabled = ErrorCode(rawValue: "1421-400")
    /// Disabling what is disabled.
    public static let alreadyDisabled = ErrorCode(rawValue: "1422-400")
    /// No such dataflow.
    public static let flowNotFound = ErrorCode(rawValue: "1430-400")
    /// An order that is none.
    public static let badOrder = ErrorCode(rawValue: "1432-400")
    /// An operation that changes do not have.
    public static let unsupportedPatchOperation = ErrorCode(rawValue: "1434-400")
    /// A filter that is none.
    public static let badFilter = ErrorCode(rawValue: "1440-400")
    /// Several values where only `==` takes them.
    public static let filterListNeedsEquality = ErrorCode(rawValue: "1443-400")
    /// A dataflow without an id.
    public static let emptyFlowID = ErrorCode(rawValue: "1446-400")
    /// A change without a path.
    public static let patchPathMissing = ErrorCode(rawValue: "1455-400")
    /// The sandbox does not exist, or is not the caller's.
    public static let unknownSandbox = ErrorCode(rawValue: "2100-404")
    /// The header that names the sandbox is missing.
    public static let sandboxMissing = ErrorCode(rawValue: "2105-400")
    /// The header that names the organisation is missing.
    public static let organizationMissing = ErrorCode(rawValue: "2001-401")
    /// A permission is missing.
    public static let permissionMissing = ErrorCode(rawValue: "2118-403")
    /// The gateway does not accept the token.
    public static let tokenInvalid = ErrorCode(rawValue: "401013")
    /// The gateway found no token.
    public static let tokenMissing = ErrorCode(rawValue: "403010")
    /// The gateway found no client id.
    public static let keyMissing = ErrorCode(rawValue: "403000")
    /// The gateway does not know the client id.
    public static let keyInvalid = ErrorCode(rawValue: "403003")
    /// The credential has no product profile.
    public static let profileMissing = ErrorCode(rawValue: "403025")
    /// The organisation lives in another region.
    public static let wrongRegion = ErrorCode(rawValue: "403027")
    /// The gateway misses a header.
    public static let headerMissing = ErrorCode(rawValue: "400003")

    /// Everything that is known, by code.
    public static let catalogue: [ErrorCode: Entry] = Dictionary(
        uniqueKeysWithValues: entries.map { ($0.code, $0) })

    /// What is known of the code.
    public var entry: Entry? { Self.catalogue[self] }

    private static let entries: [Entry] = [
        Entry(code: notEntitled, status: 400, meaning: "the organisation is not entitled to this"),
        Entry(
            code: notFoundAtProvider, status: 404, meaning: "the provider of the connection does not know it"),
        Entry(code: limitWithCount, status: 400, meaning: "limit and count exclude each other"),
        Entry(code: etagMissing, status: 400, meaning: "a change needs the version that it was made from"),
        Entry(code: etagStale, status: 412, meaning: "it was changed by somebody else meanwhile"),
        Entry(code: emptyBody, status: 400, meaning: "the request has no body"),
        Entry(code: stateInCreate, status: 400, meaning: "what is made has no state to choose"),
        Entry(code: unknownSpec, status: 400, meaning: "there is no such spec"),
        Entry(code: specIsFixed, status: 400, meaning: "a connection stays of its kind"),
        Entry(code: unknownAuthSpec, status: 400, meaning: "the spec has no such way to sign in"),
        Entry(
            code: notInSettledState, status: 400, meaning: "it can be changed only while enabled or disabled"),
        Entry(code: connectionInUse, status: 400, meaning: "it is used by others"),
        Entry(code: wrongState, status: 400, meaning: "its state does not allow this"),
        Entry(
            code: alreadyEnabled, status: 400,
            meaning: "its state does not allow this; it may be enabled already"),
        Entry(
            code: alreadyDisabled, status: 400,
            meaning: "its state does not allow this; it may be disabled already"),
        Entry(code: flowNotFound, status: 400, meaning: "there is no such dataflow"),
        Entry(code: ErrorCode(rawValue: "1439-400"), status: 400, meaning: "there is no such dataflow"),
        Entry(code: badOrder, status: 400, meaning: "the order cannot be read"),
        Entry(code: ErrorCode(rawValue: "1433-400"), status: 400, meaning: "the order names no property"),
        Entry(
            code: unsupportedPatchOperation, status: 400, meaning: "changes can only add, replace and remove"),
        Entry(code: badFilter, status: 400, meaning: "the filter cannot be read"),
        Entry(code: filterListNeedsEquality, status: 400, meaning: "only == takes several values"),
        Entry(code: ErrorCode(rawValue: "1450-400"), status: 400, meaning: "the filter cannot be read"),
        Entry(code: ErrorCode(rawValue: "1453-400"), status: 400, meaning: "the filter cannot be read"),
        Entry(code: emptyFlowID, status: 400, meaning: "the id of the dataflow is empty"),
        Entry(code: patchPathMissing, status: 400, meaning: "a change has no path"),
        Entry(code: unknownSandbox, status: 404, meaning: "there is no such sandbox"),
        Entry(code: sandboxMissing, status: 400, meaning: "no sandbox is named"),
        Entry(
            code: ErrorCode(rawValue: "2110-400"), status: 400, meaning: "users name one sandbox by its name"),
        Entry(
            code: ErrorCode(rawValue: "2111-403"), status: 403, meaning: "users name one sandbox by its name"),
        Entry(code: organizationMissing, status: 401, meaning: "no organisation is named"),
        Entry(code: ErrorCode(rawValue: "2002-401"), status: 401, meaning: "no organisation is named"),
        Entry(code: permissionMissing, status: 403, meaning: "a permission is missing"),
        Entry(code: ErrorCode(rawValue: "2120-403"), status: 403, meaning: "a permission is missing"),
        Entry(code: ErrorCode(rawValue: "2121-403"), status: 403, meaning: "a permission is missing"),
        Entry(code: tokenInvalid, status: 401, meaning: "the token is not valid"),
        Entry(code: tokenMissing, status: 403, meaning: "the token is missing"),
        Entry(code: keyMissing, status: 403, meaning: "the client id is missing"),
        Entry(code: keyInvalid, status: 403, meaning: "the client id is not valid"),
        Entry(code: profileMissing, status: 403, meaning: "the credential has no product profile"),
        Entry(code: wrongRegion, status: 403, meaning: "the organisation lives in another region"),
        Entry(code: headerMissing, status: 400, meaning: "a header is missing"),
    ]
}
