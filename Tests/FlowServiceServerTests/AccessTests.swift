// Who may call: credentials, tokens, the file that knows them.
import ExportDomain
import FlowServiceAPI
import Foundation
import HTTPTypes
import Secrets
import TestFiles
import Testing

@testable import FlowServiceServer

@Suite("Access")
struct AccessTests {
    @Test("The file knows the credentials again, belongs to its owner, and holds none of them")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("access.json")
        #expect(try ServerAccess.read(from: path) == nil)
        let (access, credentials) = ServerAccess.make()
        try access.write(to: path)
        #expect(try ServerAccess.read(from: path) == access)
        #expect(access.isToken(credentials.token) && access.isClientSecret(credentials.clientSecret))
        #expect(!access.isToken(credentials.clientSecret) && !access.isToken(Secret("")))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let search = SecretSearch([credentials.token.reveal(), credentials.clientSecret.reveal()])
        #expect(search.forms(in: Data(try folder.bytes(of: "access.json"))) == [])
        #expect(try folder.everything() == ["access.json"])

        let (renewed, others) = ServerAccess.make(replacing: access)
        try renewed.write(to: path)
        #expect(renewed.clientID == access.clientID && renewed.organizationID == access.organizationID)
        #expect(!renewed.isToken(credentials.token) && renewed.isToken(others.token))
    }

    @Test("A file that others could have written, or that is damaged, is refused with a sentence")
    func unusableFiles() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("{}", to: "access.json")
        chmod(path, 0o644)
        #expect(throws: ServerError.self) { try ServerAccess.read(from: path) }
        chmod(path, 0o600)
        for text in [
            "{}", "", "x",
            #"{"organizationID":"a","clientID":"b","tokenSHA256":"00","clientSecretSHA256":"00"}"#,
        ] {
            try folder.write(text, to: "access.json")
            chmod(path, 0o600)
            let error = #expect(throws: ServerError.self) { try ServerAccess.read(from: path) }
            #expect(error?.description.contains("it is damaged") == true)
        }
        #expect(throws: ServerError.self) { try ServerAccess.read(from: folder.path) }
        #expect(throws: ServerError.self) {
            try ServerAccess.make().0.write(to: folder.file("missing/access.json"))
        }
    }

    @Test("A token for a day holds for a day, and for the server that gave it")
    func tokens() {
        let tokens = AccessTokens()
        let now = Date(timeIntervalSince1970: 1_767_225_600)
        let token = tokens.issue(now: now)
        #expect(tokens.issue(now: now) != token)
        #expect(tokens.accepts(token, now: now))
        #expect(tokens.accepts(token, now: now.addingTimeInterval(AccessTokens.lifetime - 1)))
        #expect(!tokens.accepts(token, now: now.addingTimeInterval(AccessTokens.lifetime + 1)))
        #expect(!AccessTokens().accepts(token, now: now))
        for index in [0, 20, 60, 111] {
            var digits = Array(token.reveal())
            digits[index] = digits[index] == "0" ? "1" : "0"
            #expect(!tokens.accepts(Secret(String(digits)), now: now))
        }
        for text in [
            "", "00", token.reveal() + "00", String(token.reveal().dropLast(2)),
            String(repeating: "é", count: 112),
        ] {
            #expect(!tokens.accepts(Secret(text), now: now))
        }
    }

    @Test("The client's secret gives a token that opens the API")
    func signIn() async throws {
        let server = try await RunningServer()
        let form = ["content-type": "application/x-www-form-urlencoded", "authorization": nil]
        let body =
            "grant_type=client_credentials&client_id=\(server.access.clientID)&client_secret=\(server.credentials.clientSecret.reveal())&scope=openid,AdobeID"
        let reply = try await server.send(.post, "/ims/token/v3", body, form)
        #expect(reply.status == 200 && reply.fields[.cacheControl] == "no-store")
        #expect(reply.json["token_type"] == "bearer" && reply.json["expires_in"]?.int == 86_399)
        let token = try #require(reply.json["access_token"]?.text)
        #expect(try await server.send(.get, "flows", nil, ["authorization": "Bearer \(token)"]).status == 200)
        for (form, body, status, error) in [
            (form, body + "x", 200, nil),
            (form, body.replacing("client_secret=", with: "client_secret=x"), 401, "invalid_client"),
            (form, body.replacing("client_id=", with: "client_id=x"), 401, "invalid_client"),
            (form, body.replacing("client_credentials", with: "password"), 400, "unsupported_grant_type"),
            (form, "grant_type=client_credentials", 400, "invalid_request"),
            (form, "%zz", 400, "invalid_request"),
            (["content-type": "application/json"], "{}", 415, nil),
        ] as [([String: String?], String, Int, String?)] {
            let reply = try await server.send(.post, "/ims/token/v3", body, form)
            #expect(reply.status == status, "\(body.prefix(40)): \(reply.text)")
            if let error { #expect(reply.json["error"]?.text == error) }
        }
        #expect(try await server.send(.get, "/ims/token/v3", nil, ["authorization": nil]).status == 405)
    }
}
