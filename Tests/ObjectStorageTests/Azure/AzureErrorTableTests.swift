// Answers of the service that the test server does not give, and what they mean.

import Foundation
import HTTPTypes
import Secrets
import Testing

@testable import ObjectStorage

@Suite struct AzureErrorTableTests {
    private static let signature = SharedAccessSignature(Secret("sp=rwl&se=2026-12-01T00:00:00Z&sig=x"))

    private static func error(
        _ status: Int, _ code: String, _ message: String = "", action: StorageFailure.Action = .put,
        proof: AzureCredential.Proof = .key
    ) -> StorageError {
        StorageError(
            AzureAnswer(status: status, code: code, message: message), action: action,
            location: "https://acme.blob.core.windows.net/exports", key: "a", proof: proof)
    }

    @Test(
        "Refusals say what is to be changed",
        arguments: [
            (403, "AuthorizationFailure", "firewall"),
            (403, "AuthorizationSourceIPMismatch", "this machine's address"),
            (403, "AuthorizationProtocolMismatch", "https only"),
            (403, "KeyBasedAuthenticationNotPermitted", "does not accept its account keys"),
            (403, "AccountIsDisabled", "disabled"), (409, "BlobImmutableDueToPolicy", "immutability policy"),
            (412, "LeaseIdMissing", "lease"), (403, "SomethingNew", "permission denied"),
        ])
    func denied(status: Int, code: String, words: String) {
        let error = Self.error(status, code)
        guard case .denied = error else {
            Issue.record("\(error)")
            return
        }
        #expect("\(error)".contains(words))
        #expect("\(error)".contains("\(status) \(code)"))
    }

    @Test(
        "What may pass is tried again, and what stays is not",
        arguments: [
            (500, "InternalError", true), (500, "OperationTimedOut", true), (503, "ServerBusy", true),
            (429, "", true),
            (502, "", true), (412, "ConditionNotMet", true), (400, "InvalidBlockList", true),
            (400, "Md5Mismatch", true),
            (413, "RequestBodyTooLarge", false), (409, "BlobAlreadyExists", false),
            (409, "PathConflict", false),
            (400, "InvalidResourceName", false), (404, "BlobNotFound", false),
            (404, "ContainerNotFound", false),
            (507, "StorageQuotaExceeded", false),
        ])
    func retryable(status: Int, code: String, isRetryable: Bool) {
        #expect(Self.error(status, code).isRetryable == isRetryable)
    }

    @Test("A right that is missing is named by the letter of the signature, or by the role")
    func rights() throws {
        let signature = AzureCredential.Proof.signature(try #require(Self.signature))
        let token = AzureCredential.Proof.token(AccessToken(text: Secret("t"), expiry: .distantFuture))
        for (action, letter, role) in [
            (StorageFailure.Action.put, "Write (w)", "Storage Blob Data Contributor"),
            (.list, "List (l)", "Storage Blob Data Reader"), (.read, "Read (r)", "Storage Blob Data Reader"),
            (.delete, "Delete (d)", "Storage Blob Data Contributor"),
        ] {
            let code = "AuthorizationPermissionMismatch"
            #expect(
                Self.error(403, code, action: action, proof: signature).failure.reason
                    == .signatureWithout(letter))
            #expect(
                Self.error(403, code, action: action, proof: token).failure.reason == .missingPermission(role)
            )
        }
    }

    @Test("Errors are read from XML, from JSON, and from the field alone")
    func answers() {
        let xml =
            "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed</Code><Message>Server failed.\nRequestId:1</Message><AuthenticationErrorDetail>Signature did not match.</AuthenticationErrorDetail></Error>"
        let read = AzureAnswer(HTTPResponse(status: .forbidden), body: Array(xml.utf8))
        #expect(read.code == "AuthenticationFailed")
        #expect(read.message == "Server failed.")
        #expect(read.detail == "Signature did not match.")
        let json = #"{"error":{"code":"PathNotFound","message":"No path.\nRequestId:1"}}"#
        let path = AzureAnswer(HTTPResponse(status: .notFound), body: Array(json.utf8))
        #expect(path.code == "PathNotFound")
        #expect(path.message == "No path.")
        let head = AzureAnswer(
            HTTPResponse(
                status: .notFound,
                headerFields: [.azureErrorCode: "ContainerNotFound", .azureRequestID: "7", .retryAfter: "3"]),
            body: [])
        #expect(head.summary == "404 ContainerNotFound, request 7")
        #expect(head.retryAfter == .seconds(3))
        #expect(AzureAnswer(HTTPResponse(status: .badGateway), body: Array("<html>".utf8)).summary == "502")
    }
}
