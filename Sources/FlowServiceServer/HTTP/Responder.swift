// Between connections and values: a request becomes one, an answer is written, a line is logged.
import ExportDomain
import FlowServiceAPI
import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Answers the requests of all connections.
struct Responder: Sendable {
    let gate: Gate
    let server: Endpoint.Server
    let limits: ServerLimits
    let scheme: String
    let underWay: ConcurrencyLimit
    let log: @Sendable (AccessLogEntry) -> Void

    /// Answers one request.
    func respond(
        to request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        let (time, start) = (Date(), ContinuousClock.now)
        let head = RequestHead(request.head, scheme: scheme)
        let admission = Result { () throws(Refusal) in try gate.admit(head, now: time) }
        var body = ReadBody()
        if head.hasBody {
            let isWanted = admission.isWanted
            if head.fields[.expect]?.lowercased() != "100-continue" {
                body = await request.body.read(isWanted: isWanted, within: limits)
            } else if isWanted {
                try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                body = await request.body.read(isWanted: true, within: limits)
            } else {
                body.isWhole = false
            }
        }
        let answer = await answer(to: admission, body)
        try await write(answer, to: head, writer, channel, keepsConnection: body.isWhole)
        log(
            AccessLogEntry(
                time: time, peer: channel.remoteAddress?.ipAddress ?? "-", method: head.method.rawValue,
                path: head.loggedPath, status: answer.status, bytes: answer.body.count, duration: .now - start
            ))
        if !body.isWhole { channel.close(promise: nil) }
    }

    private func answer(to admission: Result<Gate.Admission, Refusal>, _ body: ReadBody) async -> APIAnswer {
        do throws(Refusal) {
            let admission = try admission.get()
            if let refusal = body.refusal { throw refusal }
            var request = admission.request
            request.body = body.bytes
            return try await answer(request, admission.endpoint)
        } catch {
            return error.answer
        }
    }

    private func answer(_ request: APIRequest, _ endpoint: Endpoint) async throws(Refusal) -> APIAnswer {
        guard underWay.begin() else { throw .busy }
        defer { underWay.end() }
        if [.json, .patch].contains(endpoint.body) {
            if request.body.isEmpty { throw .emptyBody }
            guard Nesting.isWithin(limits.nesting, request.body) else { throw .tooDeep(limits) }
        }
        do {
            return try await endpoint.answer(request, server)
        } catch {
            throw Refusal(error)
        }
    }

    private func write(
        _ answer: APIAnswer, to head: RequestHead, _ writer: consuming ResponseWriter, _ channel: any Channel,
        keepsConnection: Bool
    ) async throws {
        var fields = answer.fields
        if !answer.body.isEmpty, fields[.contentType] == nil {
            fields[.contentType] = "application/json;charset=utf-8"
        }
        fields[.contentLength] = String(answer.body.count)
        if !keepsConnection { fields[.connection] = "close" }
        let response = HTTPResponse(status: HTTPResponse.Status(code: answer.status), headerFields: fields)
        // Whoever does not take the answer does not keep the connection.
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(limits.answerTime)) {
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        if answer.body.isEmpty || head.method == .head {
            try await writer.writeResponse(response)
        } else {
            try await writer.write(
                response: response, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
    }
}

extension Result<Gate.Admission, Refusal> {
    /// Whether the body is looked at.
    fileprivate var isWanted: Bool {
        if case .success(let admission) = self { admission.endpoint.body != .none } else { false }
    }
}

extension RequestHead {
    /// The head of a request as the connection gives it.
    init(_ head: HTTPRequest, scheme: String) {
        self.init(
            method: head.method, target: head.path ?? "", authority: head.authority, scheme: scheme,
            fields: head.headerFields)
    }
}
