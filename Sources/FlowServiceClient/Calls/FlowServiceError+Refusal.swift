// What a platform refuses, and what keeps a call from being answered, as errors of Flow Service: each sentence says
// what failed, on what, why, and what to do. The request's id is there for Adobe's support.
import ExportDomain
import FlowServiceAPI
import Languages
import Transfer

extension FlowServiceError {
    /// The error of a call that the platform refused.
    init(refused call: PlatformCall, _ answer: PlatformAnswer, _ settings: PlatformSettings) {
        let body = answer.refusal
        if let error = body?.flowServiceError {
            self = error.answering(answer.request)
            return
        }
        let words = RefusalWords(answer, body)
        switch (body?.code, answer.status) {
        case (.unknownSandbox?, _):
            self = .invalid(
                field: "sandbox",
                reason: Text(
                    "There is no sandbox “\(settings.sandboxName)” here, or it is not this credential's\(words.tail)"
                )
            )
        case (.sandboxMissing?, _):
            self = .invalid(field: "sandbox", reason: Text("No sandbox is named\(words.tail)"))
        case (.unknownAuthSpec?, _):
            self = .invalid(
                field: "auth.specName",
                reason: Text("Cannot \(call.doing): \(words.message)\(words.tail)"))
        case (.unknownSpec?, _):
            self = .invalid(
                field: "connectionSpec.id",
                reason: Text("Cannot \(call.doing): \(words.message)\(words.tail)"))
        case (.keyMissing?, _), (.keyInvalid?, _):
            self = .refused(
                field: "clientID",
                reason: Text(
                    "The client id “\(settings.credential.clientID)” is not known to Experience Platform: copy it from the credential's page in the Developer Console\(words.tail)."
                )
            )
        case (.profileMissing?, _):
            self = .refused(
                field: nil,
                reason: Text(
                    "The credential has no product profile of Experience Platform: an administrator adds one in the Developer Console\(words.tail)."
                )
            )
        case (.wrongRegion?, _):
            self = .refused(
                field: "gateway",
                reason: Text(
                    "The organisation lives in another region than \(settings.gateway.origin.host) serves: choose the gateway of its region\(words.tail)."
                )
            )
        case (.organizationMissing?, _), (.organizationUnknown?, _):
            self = .refused(
                field: "organizationID",
                reason: Text(
                    "The organisation “\(settings.organizationID)” is not one of this credential's\(words.tail)."
                )
            )
        // A change that meets another one; some services say so with 409 instead of 412.
        case (.etagStale?, _), (_, 412),
            (_, 409) where call.etag != nil:
            self = .changed(
                what: call.subject?.what ?? "entity", id: call.subject?.id ?? "", request: answer.request)
        case (.connectionInUse?, _):
            self = .inUse(
                what: call.subject?.what ?? "connection", name: call.subject?.id ?? "", by: [],
                request: answer.request)
        case (.notInSettledState?, _), (.wrongState?, _), (.alreadyEnabled?, _), (.alreadyDisabled?, _):
            self = .wrongState(
                what: call.subject?.what ?? "entity", id: call.subject?.id ?? "", state: Self.unsaidState,
                request: answer.request)
        case (.tokenInvalid?, _), (.tokenMissing?, _), (_, 401):
            self = .refused(
                field: "clientSecret",
                reason: Text(
                    "Experience Platform does not accept the token of “\(settings.credential.clientID)”, though it is new: the credential may have been removed, or its organisation is not “\(settings.organizationID)”\(words.tail)."
                )
            )
        case (_, 403):
            self = .refused(field: nil, reason: Self.notAllowed(call, words))
        case (.flowNotFound?, _), (.flowNotFoundEither?, _), (_, 404):
            if let subject = call.subject {
                self = .notFound(what: subject.what, id: subject.id, request: answer.request)
            } else {
                self = .invalid(
                    field: nil,
                    reason: Text("Cannot \(call.doing): \(words.message)\(words.tail)"))
            }
        case (_, 429):
            self = .unavailable(
                doing: call.doing,
                reason: Text(
                    "Experience Platform takes no more calls for now\(words.tail). Try again \(answer.tryAgain)."
                )
            )
        case (_, 500...):
            self = .unavailable(
                doing: call.doing,
                reason: Text(
                    "Experience Platform failed: \(words.message)\(words.tail). Try again \(answer.tryAgain)."
                )
            )
        case (_, 300..<400):
            self = .unavailable(
                doing: call.doing,
                reason: Text(
                    "\(settings.gateway.origin.host) leads elsewhere\(words.tail). Check the gateway's address."
                )
            )
        default:
            self = .invalid(
                field: nil, reason: Text("Cannot \(call.doing): \(words.message)\(words.tail)")
            )
        }
    }

    /// The error of a sign-in that the identity service refused.
    init(signInRefused answer: PlatformAnswer, at host: String) {
        let refusal = try? SignInRefusal(reading: answer.body)
        let word = (try? refusal?.error) ?? nil
        let words = ((try? refusal?.errorDescription) ?? nil) ?? word
        let said =
            words.map { Text.verbatim($0.shown) } ?? Text("the answer is not one of an identity service")
        let tail = RefusalWords(answer, nil).tail
        switch word {
        case "invalid_client":
            self = .refused(
                field: "clientSecret",
                reason: Text(
                    "\(host) does not accept client id and secret: the secret may have expired or been replaced. Make a new one on the credential's page in the Developer Console (\(said))\(tail)."
                )
            )
        case "invalid_scope":
            self = .refused(
                field: "scopes",
                reason: Text(
                    "The credential does not have these scopes: copy them from its page (\(said))\(tail).")
            )
        case _ where answer.status >= 500 || answer.status == 429:
            self = .unavailable(
                doing: Text("sign in"), reason: Text("\(host) failed\(tail). Try again \(answer.tryAgain)."))
        default:
            self = .refused(field: nil, reason: Text("\(host) gives no token: \(said)\(tail)."))
        }
    }

    /// What was thrown while a call was made, or its answer read.
    init(ofCall error: any Error, doing: Text) {
        if let error = error as? WireError {
            self = .unavailable(
                doing: doing, reason: Text("the platform answered something unexpected. \(error)"))
        } else {
            self.init(error, doing: doing)
        }
    }

    /// The refusal as the answer to a request; those whose words name it already are as they were.
    private func answering(_ request: RefusedRequest) -> FlowServiceError {
        switch self {
        case .notFound(let what, let id, _): .notFound(what: what, id: id, request: request)
        case .invalid(let field, let reason, _): .invalid(field: field, reason: reason, request: request)
        case .wrongState(let what, let id, let state, _):
            .wrongState(what: what, id: id, state: state, request: request)
        case .inUse(let what, let name, let users, _):
            .inUse(what: what, name: name, by: users, request: request)
        case .changed(let what, let id, _): .changed(what: what, id: id, request: request)
        case .notOffered, .refused, .unavailable: self
        }
    }

    /// The state of an entity where the platform says only that it forbids what was asked for.
    static let unsaidState = "in another state"

    private static func notAllowed(_ call: PlatformCall, _ words: RefusalWords) -> Text {
        let names = Text.all(of: call.permissions.map { Text("“\($0.rawValue)”") })
        let doing = call.doing
        return switch call.permissions.count {
        case 0: Text("Not allowed to \(doing): \(words.message)\(words.tail).")
        case 1:
            Text(
                "Not allowed to \(doing): the role of this credential needs the permission \(names) in the sandbox (\(words.message))\(words.tail)."
            )
        default:
            Text(
                "Not allowed to \(doing): the role of this credential needs the permissions \(names) in the sandbox (\(words.message))\(words.tail)."
            )
        }
    }
}

extension PlatformAnswer {
    /// The request that this answers, as a sentence names it.
    var request: RefusedRequest { RefusedRequest(id: requestID?.shown) }

    /// When it may be asked again: after what the platform asks for, or else after a while.
    fileprivate var tryAgain: Text { response.retryAfter?.waitText ?? Text("in a few minutes") }
}

/// What a refusal says, as parts of a sentence.
private struct RefusalWords {
    /// The platform's own words, on one line and without an end.
    let message: Text
    /// Status, code and request, in parentheses.
    let tail: Text

    init(_ answer: PlatformAnswer, _ body: ErrorBody?) {
        let said = body.map { body in
            guard let details = body.details, details != body.message else { return body.message }
            return "\(body.message): \(details)"
        }
        message =
            said?.nonEmpty.map { .known($0.shown) } ?? body?.code?.meaning
            ?? Text("the answer has no reason")
        var facts = [Text.verbatim("\(answer.status)")]
        if let code = body?.code { facts.append(Text("code \(code.rawValue.shown)")) }
        if let id = answer.requestID { facts.append(Text("request \(id.shown)")) }
        tail = Text(" (\(Text.list(facts)))")
    }
}

extension String {
    /// The text as a sentence quotes it: one line, its beginning, without control characters and its full stop.
    fileprivate var shown: String {
        let visible = unicodeScalars.prefix(300).filter {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        let text = String(String.UnicodeScalarView(visible))
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
