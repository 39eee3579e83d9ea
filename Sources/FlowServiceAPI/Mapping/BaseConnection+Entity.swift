// Accounts as entities, and back. In this file, and in no other of this module, credentials leave their `Secret`s:
// for the bodies that make and change accounts.
import ExportDomain
import Secrets

extension BaseConnectionEntity {
    /// The body that makes an account (`POST /connections`), with its secrets.
    public init(creating draft: BaseConnection.Draft, spec: Identifier<ConnectionSpec>) {
        self.init()
        set(\.name, to: draft.name)
        set(\.connectionSpec, to: SpecReference(id: spec.rawValue))
        set(\.auth, to: draft.authentication.map { AuthObject($0.specName, $0.answers.revealed) })
    }

    /// An account as a platform answers it (`GET /connections/{id}`): secrets that are set are masked.
    public init(_ account: BaseConnection, origin: EntityOrigin) {
        self.init(id: account.id.rawValue, revision: account.revision, origin: origin)
        set(\.name, to: account.draft.name)
        set(\.connectionSpec, to: SpecReference(id: account.connectionSpecID.rawValue))
        set(\.state, to: FlowState.enabled.rawValue)
        guard let authentication = account.draft.authentication else { return }
        var parameters: [String: JSONValue] = [:]
        for (field, answer) in authentication.answers {
            if case .value(let value) = answer { parameters[field] = value }
        }
        for field in authentication.storedSecrets { parameters[field] = .string(Self.mask) }
        set(\.auth, to: AuthObject(authentication.specName, parameters))
    }

    /// What stands for a secret in answers.
    public static let mask = "********"

    /// The account, without any secret, whatever the platform answers.
    ///
    /// - Parameter spec: its kind; where that is not known, every answer is taken for a secret.
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func account(spec: ConnectionSpec?) throws(WireError) -> BaseConnection {
        BaseConnection(
            id: Identifier(try require(\.id)),
            connectionSpecID: Identifier(try require(\.connectionSpec).require(\.id)),
            draft: BaseConnection.Draft(
                name: try self.name ?? "", authentication: try shownAuthentication(spec)),
            revision: try Revision(self))
    }

    /// What is asked for by a body that makes an account, its secrets as `Secret`s.
    ///
    /// - Parameter spec: its kind; where that is not known, every text is taken for a secret.
    /// - Throws: `WireError` for what is missing or cannot be read.
    public func draft(spec: ConnectionSpec?) throws(WireError) -> BaseConnection.Draft {
        var draft = BaseConnection.Draft(name: try require(\.name))
        if let auth = try self.auth {
            let name = try auth.require(\.specName)
            draft.authentication = BaseConnection.Authentication(
                specName: name, answers: try auth.answers(secrets: spec?.secretFields(of: name)))
        }
        return draft
    }

    /// What is asked for by a change of this account, its new secrets as `Secret`s.
    ///
    /// Secrets that the change does not touch are left out, and so stay; those that it takes away have the answer
    /// `null`.
    /// - Throws: `WireError` or `JSONPatchError` where that is nothing that can be done.
    public func draft(changedBy patch: JSONPatch, spec: ConnectionSpec?) throws -> BaseConnection.Draft {
        let changed = BaseConnectionEntity(
            try JSONObject(try patch.applied(to: json), at: object.place))
        var draft = try changed.draft(spec: spec)
        guard var authentication = draft.authentication else { return draft }
        let masked = Set(try self.auth?.params?.members.filter { $0.value.isMask }.map(\.key) ?? [])
        authentication.answers = authentication.answers.filter { !$0.value.isMask }
        if try self.auth?.specName == authentication.specName {
            let present = try changed.auth?.params?.members ?? [:]
            for field in masked where present[field] == nil { authentication.answers[field] = .value(.null) }
        }
        draft.authentication = authentication
        return draft
    }

    /// The changes that make this account what a draft says, with its new secrets.
    ///
    /// The credentials are replaced as a whole where all secrets are given. Where some stay as they are, what they are
    /// is known to the platform alone, and only the other answers are changed.
    /// - Throws: `WireError` where the account cannot be read.
    public func changes(to draft: BaseConnection.Draft, spec: ConnectionSpec?) throws(WireError) -> JSONPatch
    {
        var patch = JSONPatch()
        if try self.name != draft.name { patch.replace("name", with: .string(draft.name)) }
        guard let authentication = draft.authentication else {
            if try self.auth != nil { patch.remove("auth") }
            return patch
        }
        guard let auth = try self.auth, try auth.specName == authentication.specName else {
            patch.add(
                "auth", value: AuthObject(authentication.specName, authentication.answers.revealed).json)
            return patch
        }
        let secrets = spec?.secretFields(of: authentication.specName)
        let current = try auth.params?.members ?? [:]
        let stored = current.keys.filter { current[$0]?.isMask == true || secrets?.contains($0) ?? true }
        if stored.allSatisfy({ authentication.answers[$0] != nil }) {
            let given = authentication.answers.filter { $0.value != .value(.null) }
            if given.contains(where: {
                if case .secret = $0.value { true } else { current[$0.key] != $0.value.json }
            })
                || current.keys.contains(where: { given[$0] == nil })
            {
                patch.replace("auth", "params", with: .object(given.revealed))
            }
            return patch
        }
        for (field, answer) in authentication.answers.sorted(by: { $0.key < $1.key }) {
            if answer == .value(.null) {
                if current[field] != nil { patch.remove("auth", "params", field) }
            } else if let json = answer.json, json == current[field] {
                continue
            } else {
                patch.add("auth", "params", field, value: answer.revealed)
            }
        }
        for field in current.keys.sorted()
        where !stored.contains(field) && authentication.answers[field] == nil {
            patch.remove("auth", "params", field)
        }
        return patch
    }

    private func shownAuthentication(
        _ spec: ConnectionSpec?
    ) throws(WireError) -> BaseConnection.Authentication? {
        guard let auth = try self.auth else { return nil }
        let name = try auth.specName ?? ""
        let secrets = spec?.secretFields(of: name)
        var shown = BaseConnection.Authentication(specName: name, answers: [:])
        for (field, value) in try auth.params?.members ?? [:] where value != .null {
            if field == "authorizedDate" { continue }
            if value.isMask || secrets?.contains(field) ?? true {
                shown.storedSecrets.insert(field)
            } else {
                shown.answers[field] = .value(value)
            }
        }
        return shown
    }
}

extension AuthObject {
    fileprivate init(_ specName: String, _ parameters: [String: JSONValue]) {
        self.init()
        set(\.specName, to: specName)
        set(\.params, to: JSONObject(parameters))
    }

    /// The answers, of which those to `secrets` become `Secret`s; all texts where these are not known.
    fileprivate func answers(secrets: Set<String>?) throws(WireError) -> FormAnswers {
        var answers: FormAnswers = [:]
        for (field, value) in try self.params?.members ?? [:] where value != .null {
            if case .string(let text) = value, secrets?.contains(field) ?? true {
                answers[field] = .secret(Secret(text))
            } else {
                answers[field] = .value(value)
            }
        }
        return answers
    }
}

extension ConnectionSpec {
    /// The fields of a way to sign in that are secrets; nil where there is no such way.
    fileprivate func secretFields(of name: String) -> Set<String>? {
        guard let form = authSpecs.first(where: { $0.name == name })?.spec else { return nil }
        return Set(form.properties.filter { $0.value.format == "password" }.map(\.key))
    }
}

extension JSONValue {
    /// Whether it stands for a secret that is not shown.
    fileprivate var isMask: Bool {
        if case .string(let text) = self {
            text.utf8.count > 2 && text.utf8.allSatisfy { $0 == 0x2A }
        } else {
            false
        }
    }
}

extension FormAnswer {
    /// The answer as JSON; nil for a secret.
    fileprivate var json: JSONValue? { if case .value(let value) = self { value } else { nil } }

    fileprivate var isMask: Bool {
        switch self {
        case .value(let value): value.isMask
        case .secret(let secret): JSONValue.string(secret.reveal()).isMask
        }
    }

    /// The answer as it is sent.
    fileprivate var revealed: JSONValue {
        switch self {
        case .value(let value): value
        case .secret(let secret): .string(secret.reveal())
        }
    }
}

extension FormAnswers {
    /// The answers as they are sent.
    fileprivate var revealed: [String: JSONValue] { mapValues(\.revealed) }
}
