// Refusals, in all the forms in which they come.
import ExportDomain
import FlowServiceAPI
import Languages
import Testing

@Suite("Refusals")
struct ErrorBodyTests {
    @Test(
        "Each form is read, with its code wherever that is",
        arguments: [
            (
                #"{"error_code":"401013","message":"Oauth token is not valid"}"#, ErrorBody.Form.gateway,
                "401013",
                "Oauth token is not valid"
            ),
            (
                #"{"error_code":403010,"message":"Oauth token is missing."}"#, .gateway, "403010",
                "Oauth token is missing."
            ),
            (
                #"{"errorMessage":"flows not found with id = [ca5c]","errorDetails":"x"}"#, .flowService, nil,
                "flows not found with id = [ca5c]"
            ),
            (
                #"{"errorMessage":"1422-400 State","errorDetails":"x"}"#, .flowService, "1422-400",
                "1422-400 State"
            ),
            (#"{"errorMessage":"State","errorDetails":"(1422-400)"}"#, .flowService, "1422-400", "State"),
            (#"{"code":"1418-400","errorMessage":"In use"}"#, .flowService, "1418-400", "In use"),
            (#"{"message":"Please provide a valid spec id"}"#, .short, nil, "Please provide a valid spec id"),
            (
                #"{"type":"/placeholder/type/uri","status":400,"title":"BadRequestError","detail":"A content-type"}"#,
                .problem, nil, "BadRequestError"
            ),
            (
                #"{"type":"http://ns.adobe.com/aep/errors/SMS-2100-404","title":"No sandbox","status":404}"#,
                .problem,
                "2100-404", "No sandbox"
            ),
            (#"{"error_code":"403027"}"#, .gateway, "403027", "the organisation lives in another region"),
        ] as [(String, ErrorBody.Form, String?, String)])
    func reading(text: String, form: ErrorBody.Form, code: String?, message: String) throws {
        let body = try #require(ErrorBody(reading: utf8(text)))
        #expect(body.form == form && body.code?.rawValue == code && body.message == message)
    }

    @Test(
        "A UUID is no code",
        arguments: ["5b0c1404-4121-4000-9a35-0f6f5f0a2b11", "31404-412", "1404-4123", "x1404-412"])
    func noCode(text: String) {
        #expect(ErrorBody(reading: utf8(#"{"message":"\#(text)"}"#))?.code == nil)
    }

    @Test(
        "What is no refusal is none",
        arguments: ["", "{}", "[]", "<html>", "7", #"{"message":7}"#, #"{"x":"y"}"#])
    func nothing(text: String) {
        #expect(ErrorBody(reading: utf8(text)) == nil)
    }

    @Test("A message without end is cut")
    func long() throws {
        let text = String(repeating: "x", count: 100_000)
        let body = try #require(
            ErrorBody(reading: utf8(#"{"errorMessage":"\#(text)","errorDetails":"\#(text)"}"#)))
        #expect(body.message.count == 2_000 && body.details?.count == 2_000)
    }

    @Test("A refusal is read as it was written", arguments: ErrorBody.Form.allCases)
    func writing(form: ErrorBody.Form) throws {
        let body = ErrorBody(
            form, code: .etagStale, message: "Words",
            details: [.flowService, .problem].contains(form) ? "More" : nil,
            facts: ["id": "x"])
        #expect(ErrorBody(reading: try body.json(status: 412).body(of: "refusal")) == body)
    }

    @Test(
        "What a server of this program refuses is the same to its clients",
        arguments: [
            (FlowServiceError.notFound(what: "flow", id: "x"), 404, nil),
            (.invalid(field: "name", reason: Text("Too long")), 400, nil),
            (.invalid(field: nil, reason: Text("No")), 400, nil),
            (.wrongState(what: "flow", id: "x", state: "disabled"), 400, "1422-400"),
            (.wrongState(what: "flow", id: "x", state: "enabled"), 400, "1421-400"),
            (.wrongState(what: "flow", id: "x", state: "updating"), 400, "1420-400"),
            (.inUse(what: "account", name: "A", by: ["B", "C"]), 400, "1418-400"),
            (.changed(what: "destination", id: "x"), 412, "1404-412"),
            (.notOffered(what: "exports outside of the schedule"), 400, "1100-400"),
            (.refused(field: "s3SecretKey", reason: Text("Wrong")), 400, nil),
            (.unavailable(doing: Text("list the runs"), reason: Text("The disk is full.")), 503, nil),
        ] as [(FlowServiceError, Int, String?)])
    func facts(error: FlowServiceError, status: Int, code: String?) throws {
        let body = ErrorBody(error)
        #expect(error.httpStatus == status && body.code?.rawValue == code)
        let read = try #require(ErrorBody(reading: try body.json(status: status).body(of: "refusal")))
        #expect(read.flowServiceError == error)
    }

    @Test("Every code of the catalogue has its own status and a meaning")
    func catalogue() {
        for code in ErrorCode.catalogue {
            #expect(code.meaning?.english.isEmpty == false && code.meaning?.english.hasSuffix(".") == false)
            #expect(code.status != nil)
            let read = ErrorCode(rawValue: code.rawValue)
            #expect(read == code && read.meaning == code.meaning)
        }
        for (code, status) in [("1404-412", 412), ("2002-401", 401), ("401013", 401), ("403010", 403)] {
            #expect(ErrorCode(rawValue: code).status == status)
        }
        #expect(ErrorCode(rawValue: "9999-400").meaning == nil)
        for code in ["", "x", "9999", "1404-999", "700001"] {
            #expect(ErrorCode(rawValue: code).status == nil)
        }
    }
}
